"""isthmus.app as a URI of Paste Deploy's: exploded and packed, shared and isolated.

What each URI means, and what is said of wrong ones, is in tests/packaged for both
releases; here real containers serve what comes out.
"""

import re

import pytest

import client
from paths import HERE, TARGET
from wars import War
from webxml import Servlet, WebXml

LIBRARIES = TARGET / "libraries"
NEEDED = ("paste", "pkg_resources", "six.py", "Paste*", "setuptools-*", "six-*")
ENTRY_POINTS = """[paste.app_factory]
main = %(package)s.web:make_app
[paste.filter_factory]
loud = %(package)s.web:make_shouting
"""

# isthmus.app and a path, and what it answers; {S} is SCRIPT_NAME.
ANSWERS = {
    ("config:app.ini", "/x"): "main|WEB-INF|a note|mode=testing|{S}+/x",
    ("config:app.ini#blog", "/x"): "blog|WEB-INF|a note|mode=blogging|{S}+/x",
    ("config:app.ini#site", "/x"): "main|WEB-INF|a note|mode=testing|{S}+/x",
    ("config:app.ini#site", "/blog/x"): "blog|WEB-INF|a note|mode=blogging|{S}/blog+/x",
    # "here" of the first file is global; %(here)s is each file's own.
    ("config:app.ini#site", "/blog/deep/x"): "deep|WEB-INF|a note|mode=testing"
    "|{S}/blog/deep+/x",
    ("config:app.ini#loudly", "/x"): "BLOG|WEB-INF|A NOTE|MODE=BLOGGING|{S}+/X?",
    ("config:app.ini#louder", "/x"): "BLOG|WEB-INF|A NOTE|MODE=BLOGGING|{S}+/X?!",
    ("config:app.ini#pasted", "/x"): "blog|WEB-INF|a note|mode=blogging|{S}+/x",
    ("config:app.ini#with", "/x"): "WITH|WEB-INF|MODE=TESTING|{S}+/X?",
    ("config:conf/other.ini#deep", "/x"): "deep|conf|a note|{S}+/x",
    ("egg:Shop#main", "/x"): "untitled|nowhere|{S}+/x",
}
APPS = list(dict.fromkeys(uri for uri, _ in ANSWERS))

FAILING = {
    "config:app.ini#failing": ("IS0129", "[app:failing] in ", "app.ini'")
    + ("ValueError: told to fail",),
    "config:app.ini#misspelt": ("IS0123", "'/blog' of [composite:misspelt] in ")
    + ("[app:blgo]", "did you mean 'blog'?"),
    "egg:Shopp": ("IS0126", "isthmus.app", "'egg:Shopp#main'", "did you mean 'Shop'?"),
}

# Servlets with interpreters of their own, and other releases of one distribution.
OWN = {"left": "1.0", "right": "2.0"}


def _distribution(name, version, package):
    directory = "%s-%s.dist-info/" % (name, version)
    metadata = "Metadata-Version: 2.1\nName: %s\nVersion: %s\n" % (name, version)
    return {
        directory + "METADATA": metadata,
        directory + "entry_points.txt": ENTRY_POINTS % {"package": package},
    }


def _files():
    files = {
        "WEB-INF/app.ini": HERE / "sites" / "paste" / "app.ini",
        "WEB-INF/conf": HERE / "sites" / "paste" / "conf",
        "WEB-INF/app/shop": HERE / "sites" / "paste" / "shop",
    }
    for pattern in NEEDED:
        for path in LIBRARIES.glob(pattern):
            files["WEB-INF/lib-python/" + path.name] = path
    for name, text in _distribution("Shop", "3.0", "shop").items():
        files["WEB-INF/lib-python/" + name] = text
    for place, version in OWN.items():
        for name, text in _distribution("Twin", version, "twin").items():
            files["WEB-INF/%s/%s" % (place, name)] = text
        source = "from shop.web import make_app as made\n\n\ndef make_app(conf):\n"
        source += "    return made(conf, title=%r)\n" % version
        files["WEB-INF/%s/twin/web.py" % place] = source
        files["WEB-INF/%s/twin/__init__.py" % place] = ""
    return files


def _servlet(app, params=None, name=None):
    name = name or re.sub(r"\W+", "-", app)
    params = {"isthmus.app": app, "isthmus.init.error": "503", **(params or {})}
    return Servlet(name, ["/%s/*" % name], params)


def _own():
    for place in OWN:
        params = {"isthmus.interpreter": "own", "isthmus.python.path": place}
        yield _servlet("egg:Twin", params, place)


def _war(path, servlets, **layout):
    return War(path, WebXml(servlets=servlets), _files(), **layout)


SERVED = [_servlet(app) for app in APPS]
WARS = [
    _war("/paste-packed", SERVED, layout="packed"),
    _war(
        "/paste-exploded",
        SERVED + [_servlet(app) for app in FAILING] + list(_own()),
        writable=False,
    ),
]
LAYOUTS = [war.path for war in WARS]


@pytest.mark.parametrize("uri, path", ANSWERS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_uri_is_served(server, layout, uri, path):
    script = layout + "/" + re.sub(r"\W+", "-", uri)
    response = client.fetch(server.address, "GET", script + path)
    wanted = ANSWERS[uri, path]
    shown = script.upper() if wanted[:4].isupper() else script
    wanted = wanted.replace("{S}", shown)
    if layout == "/paste-packed":
        # The copy of a packed one has a name of its own.
        wanted = re.sub("(?i)WEB-INF", "*", wanted, count=1)
        message = response.body.decode().split("|")
        wanted = "|".join(
            a if b == "*" else b for a, b in zip(message, wanted.split("|"))
        )
    assert (response.status, response.body.decode()) == (200, wanted)


@pytest.mark.parametrize("place", OWN)
def test_each_interpreter_has_distributions_of_its_own(server, place):
    response = client.fetch(server.address, "GET", "/paste-exploded/%s/x" % place)
    wanted = "%s|nowhere|/paste-exploded/%s+/x" % (OWN[place], place)
    assert (response.status, response.body.decode()) == (200, wanted)


@pytest.mark.parametrize("uri", FAILING)
def test_what_is_wrong_is_in_the_log_and_not_in_the_answer(server, uri):
    target = "/paste-exploded/" + re.sub(r"\W+", "-", uri) + "/"
    response = client.fetch(server.address, "GET", target)
    assert response.status == 503
    assert b"IS0" not in response.body and b"WEB-INF" not in response.body
    texts = [r.text for r in server.log.records() if "/paste-exploded" in r.text]
    assert any(all(p in text for p in FAILING[uri]) for text in texts), texts
