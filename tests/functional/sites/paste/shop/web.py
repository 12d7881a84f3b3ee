"""Factories of applications and filters, as a distribution's entry points name them."""
import os


def make_app(global_conf, title="untitled", note=None, **local_conf):
    """An application that says what it was made of, and where it is."""
    lines = [title, os.path.basename(global_conf.get("here", "nowhere"))]
    if note:
        with open(note) as opened:
            lines.append(opened.read().strip())
    lines += ["%s=%s" % pair for pair in sorted(local_conf.items())]
    lines += ["%s=%s" % (key, global_conf[key]) for key in global_conf if key == "mode"]

    def application(environ, start_response):
        place = "%(SCRIPT_NAME)s+%(PATH_INFO)s" % environ
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [("|".join(lines + [place])).encode("utf-8")]

    return application


def make_shouting(global_conf, mark="!"):
    """A filter that answers in capitals."""

    def shouting(app):
        def filtered(environ, start_response):
            for block in app(environ, start_response):
                yield block.upper() + mark.encode("utf-8")

        return filtered

    return shouting


def make_failing(global_conf):
    raise ValueError("told to fail")
