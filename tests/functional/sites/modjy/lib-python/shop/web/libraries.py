"""Answers with what lib-python, its archives and its .pth files bring."""

import sys


def application(environ, start_response):
    import extra.tools
    import inner
    import zipped

    names = [extra.tools.NAME, inner.NAME, zipped.NAME]
    names.append("executed" if "executed_by_pth" in sys.modules else "not executed")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [" ".join(names).encode("ascii")]
