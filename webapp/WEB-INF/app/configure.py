"""Puts the programs together; web.xml names what comes out.

An application is a callable and a middleware makes one out of another, so configuring
is calling: the glue of the paper's title.
"""
import sys

import authorize
import class_app
import contents
import download
import environ_table
import frame
import front
import function_app
import highlight
import login
import members
import mounted
import multipart
import not_found
import rest
import stream
import upload


def page(name, application, modules, **options):
    """Return an application that answers with a whole page."""
    return frame.Frame(application, contents.page(name), modules, **options)


function_page = page("function", function_app.application, [function_app])
class_page = page("class", class_app.Application, [class_app])
mounted_page = page(
    "first", mounted.application, [mounted], servlets=["first", "second"]
)
members_page = page(
    "members",
    authorize.Authorize(members.application, allowed=["alice"]),
    [authorize, members],
)
login_page = page("login", login.application, [login])
environ_page = page("environ", environ_table.application, [environ_table])
stream_page = page("stream", stream.every(0.4), [stream])
upload_page = page("upload", upload.application, [upload, multipart])
download_page = page("download", download.application, [download])
front_page = page(
    "front",
    front.application,
    [front, sys.modules[__name__], frame, highlight, rest],
    segments=0,
    introduce=False,
    servlets=["rest"],
)
not_found_page = page(
    "not-found", not_found.application, [], segments=0, introduce=False
)
rest_pages = rest.Rest(front_page, not_found_page)
