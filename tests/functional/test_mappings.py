"""SCRIPT_NAME and PATH_INFO for each kind of servlet mapping (Servlet spec, 12.2).

The same servlets are mapped in the root context and in a nested one. How the path is
divided, and why, is in docs/decisions/0003-script-name-by-mapping.md.
"""

import pytest

import client
import everywhere
from mounts import APPS
from wars import War
from webxml import Servlet, WebXml

# What the table below calls a mapping, and its patterns.
PATTERNS = {
    "default": ["/"],
    "prefix": ["/prefix/*"],
    "longer": ["/prefix/longer/*"],
    "extension": ["*.ext"],
    "exact": ["/exact"],
    "exact below": ["/exact/be low"],
    "context root": [""],
    "several": ["/one/*", "/two/*", "*.three", "/four"],
    "utf8": ["/gr\u00fc\u00df e/*"],
}


def _war(path):
    servlets = [
        Servlet(
            name,
            patterns,
            {
                "isthmus.app": "environ:application",
                "isthmus.environ.add": "test.mapping: " + name,
            },
        )
        for name, patterns in PATTERNS.items()
    ]
    files = {"WEB-INF/app/environ.py": APPS / "environ.py"}
    return War(path, WebXml(servlets=servlets), files, probe="/exact")


CONTEXTS = ["", "/a/b"]
WARS = [everywhere.WAR] + [_war(path) for path in CONTEXTS]

# Which mapping takes a path below the context; what it adds to SCRIPT_NAME; PATH_INFO.
PATHS = [
    ("/", "context root", "", "/"),
    ("/other", "default", "", "/other"),
    ("/other/", "default", "", "/other/"),
    ("/prefixed", "default", "", "/prefixed"),
    ("/prefix", "prefix", "/prefix", ""),
    ("/prefix/", "prefix", "/prefix", "/"),
    ("/prefix/x/y", "prefix", "/prefix", "/x/y"),
    ("/prefix/x.ext", "prefix", "/prefix", "/x.ext"),
    ("/%70refix/x", "prefix", "/prefix", "/x"),
    ("/other/../prefix/x", "prefix", "/prefix", "/x"),
    ("/prefix/x/../y", "prefix", "/prefix", "/y"),
    ("/prefix/prefix/prefix", "prefix", "/prefix", "/prefix/prefix"),
    ("/prefix/longer", "longer", "/prefix/longer", ""),
    ("/prefix/longer/x", "longer", "/prefix/longer", "/x"),
    ("/prefix/long", "prefix", "/prefix", "/long"),
    ("/x.ext", "extension", "", "/x.ext"),
    ("/deep/x.ext", "extension", "", "/deep/x.ext"),
    ("/x.ext/more", "default", "", "/x.ext/more"),
    ("/exact", "exact", "/exact", ""),
    ("/exact/", "default", "", "/exact/"),
    ("/exact/be%20low", "exact below", "/exact/be low", ""),
    ("/other;p=1/x;q", "default", "", "/other;p=1/x;q"),
    ("/one/x", "several", "/one", "/x"),
    ("/two", "several", "/two", ""),
    ("/x.three", "several", "", "/x.three"),
    ("/four", "several", "/four", ""),
    ("/gr%C3%BC%C3%9F%20e", "utf8", "/gr\xc3\xbc\xc3\x9f e", ""),
    ("/gr%c3%bc%C3%9F%20e/%C3%BC", "utf8", "/gr\xc3\xbc\xc3\x9f e", "/\xc3\xbc"),
]


def _strings(address, target):
    response = client.fetch(address, "GET", target)
    assert response.status == 200, response
    return response.json()["strings"]


@pytest.fixture(params=CONTEXTS, ids=["root", "nested"])
def context(request):
    return request.param


@pytest.mark.parametrize(
    "path, mapping, script, info", PATHS, ids=[p[0] for p in PATHS]
)
def test_path_is_divided_by_its_mapping(server, context, path, mapping, script, info):
    strings = _strings(server.address, context + path)
    found = {k: strings[k] for k in ("test.mapping", "SCRIPT_NAME", "PATH_INFO")}
    assert found == {
        "test.mapping": mapping,
        "SCRIPT_NAME": context + script,
        "PATH_INFO": info,
    }


@pytest.mark.parametrize("path", [path for path, *_ in PATHS])
def test_request_uri_is_as_it_was_sent(server, context, path):
    strings = _strings(server.address, context + path + "?q=%41")
    assert strings["REQUEST_URI"] == context + path + "?q=%41"
    assert strings["QUERY_STRING"] == "q=%41"


@pytest.mark.parametrize(
    "target, path",
    [
        ("/a/b/%6Fne/x", "/x"),
        ("/a/b;a=1/one;b=2/x;c=3", "/x;c=3"),
        ("/a/./b/../b/one/x", "/x"),
        ("/a/b/one/../one/%41", "/A"),
    ],
)
def test_prefix_in_another_spelling_is_the_same_prefix(server, target, path):
    strings = _strings(server.address, target)
    assert (strings["SCRIPT_NAME"], strings["PATH_INFO"]) == ("/a/b/one", path)


def test_empty_segments_in_the_prefix_count_as_the_container_counts(server):
    strings = _strings(server.tuned_address, "//a//b//one//x")
    found = (strings["SCRIPT_NAME"], strings["PATH_INFO"])
    if server.name.startswith("tomcat"):
        assert found == ("/a/b/one", "//x")
    else:
        # Jetty takes them for segments: no context but the root begins with one.
        assert found == ("", "//a//b//one//x")


@pytest.mark.parametrize("path", ["/", "/x", "/x/", "/x.ext", "/x/y%20z"])
def test_pattern_for_all_paths_has_the_context_as_its_script(server, path):
    strings = _strings(server.address, everywhere.PATH + path)
    found = (strings["SCRIPT_NAME"], strings["PATH_INFO"])
    assert found == (everywhere.PATH, path.replace("%20", " "))


# docs/containers.md: Tomcat asks a servlet at "/*", Tomcat 11 one at "" too.
ROOT_ASKED = {
    "tomcat9": [everywhere.PATH],
    "tomcat10": [everywhere.PATH],
    "tomcat11": [everywhere.PATH, "/a/b"],
}


@pytest.mark.parametrize("path", [everywhere.PATH, "/a/b"])
def test_context_without_its_slash_is_redirected_or_has_no_path_info(server, path):
    response = client.fetch(server.address, "GET", path)
    if path in ROOT_ASKED.get(server.name, []):
        strings = response.json()["strings"]
        assert (strings["SCRIPT_NAME"], strings["PATH_INFO"]) == (path, "")
    else:
        assert response.status in (301, 302)
        assert response.header("Location") == path + "/"
