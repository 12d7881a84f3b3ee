"""What the options of `isthmus war` say about web.xml."""

import click

from isthmus_cli import engines
from isthmus_cli.war import web_xml

# What belongs in web.xml: with --web-xml, the file itself must have it.
_WRITTEN = ("context_params", "jndi", "resource_refs", "distributable", "name")
_WRITTEN += ("login", "secured")


def of(context, found, options, name):
    """The web_xml.Description that the options give, or the user's file in octets.

    :param context: of `isthmus war`, whose options' names the messages show.
    :param found: the application, an apps.App.
    :param options: {parameter: value}.
    :param name: of the web application, in the container's lists.
    :raises click.UsageError: if options contradict each other.
    """
    if options["web_xml"]:
        given = [name for name in _WRITTEN if options[name]]
        if given:
            names = {p.name: max(p.opts, key=len) for p in context.command.params}
            unused = ", ".join(names[name] for name in given)
            raise click.UsageError("%s: write it into your --web-xml." % unused)
        content = web_xml.read(options["web_xml"])
        if options["cpython"]:
            web_xml.check_engine(options["web_xml"], content, engines.CPYTHON)
        return content
    engine = {web_xml.ENGINE: engines.CPYTHON} if options["cpython"] else {}
    sources = dict.fromkeys(options["jndi"], web_xml.DATA_SOURCE)
    return web_xml.Description(
        name=name,
        app=found.spec,
        has_files=bool(options["static"]),
        context_params={**engine, **options["context_params"]},
        resources={**sources, **options["resource_refs"]},
        distributable=options["distributable"],
        has_status=options["has_status"],
        login=_login(options),
        secured=options["secured"],
    )


def _login(options):
    """The value of --login, if the other options fit it."""
    login = options["login"]
    if options["secured"] and login is None:
        raise click.UsageError("--secure: say by --login how users log in.")
    if login and options["static"]:
        # The filter handles requests of clients, but no forwards.
        for page in login.pages:
            if not any(_is_file(page, *pair) for pair in options["static"]):
                why = "--login: '%s' is not among the files of --static." % page
                raise click.UsageError(why)
    return login


def _is_file(page, directory, place):
    place = place.strip("/")
    prefix = "/%s/" % place if place else "/"
    name = page.partition("?")[0]
    return name.startswith(prefix) and (directory / name[len(prefix) :]).is_file()
