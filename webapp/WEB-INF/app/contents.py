"""The pages of this demonstration: what menu and front page are made from."""
from collections import namedtuple

# name: the page's place below the web application, and its servlet's name in web.xml
Page = namedtuple("Page", "name short title teaser")

PAGES = [
    Page(
        "function",
        u"Function",
        u"A function",
        u"The simplest application there is: a callable that takes two arguments"
        u" and returns blocks of bytes.",
    ),
    Page(
        "class",
        u"Class",
        u"A class",
        u"The class is the application; each call makes an instance, and the instance"
        u" is the answer, for it can be iterated.",
    ),
    Page(
        "first",
        u"Twice",
        u"One program, two names",
        u"The same application mounted at two places of one WAR: ``SCRIPT_NAME`` tells"
        u" it where it was reached, ``PATH_INFO`` what is left.",
    ),
    Page(
        "members",
        u"Login",
        u"Who may come in",
        u"The container asks for the password. A middleware decides what the user may"
        u" see, and gives 403 to others.",
    ),
    Page(
        "environ",
        u"Environ",
        u"Everything a program is told",
        u"``environ`` as it arrives: a real ``dict``, with native strings, straight"
        u" from the servlet container.",
    ),
    Page(
        "stream",
        u"Stream",
        u"A page in pieces",
        u"A generator lays a causeway stone by stone. Each block is on the wire before"
        u" the next is asked for, so you can watch.",
    ),
    Page(
        "upload",
        u"Upload",
        u"A file on its way in",
        u"Send a file and get its size and SHA-256 back. However large it is, only one"
        u" block of it is in memory.",
    ),
    Page(
        "download",
        u"Download",
        u"A file on its way out",
        u"``wsgi.file_wrapper`` hands an open file to the server, and the transfer"
        u" happens in Java.",
    ),
]

# Pages that are reached from others and not from the menu.
ELSEWHERE = [
    Page("front", u"Isthmus", u"Isthmus", u""),
    Page("login", u"Log in", u"Who are you?", u""),
    Page("not-found", u"Not found", u"Nothing here", u""),
]


def page(name):
    """Return the page of this name."""
    (found,) = [page for page in PAGES + ELSEWHERE if page.name == name]
    return found
