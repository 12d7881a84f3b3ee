"""Dispatch: which application, and how the path is divided."""

import pytest

from isthmus.middleware.dispatch import (
    Patterns,
    Prefixes,
    make_composite,
    make_patterns,
)

TEXT = [("Content-Type", "text/plain")]


def telling(name):
    def application(environ, start_response):
        start_response("200 OK", list(TEXT))
        args = environ.get("wsgiorg.routing_args", "")
        text = "%s %s|%s %s" % (
            name,
            environ["SCRIPT_NAME"],
            environ["PATH_INFO"],
            args,
        )
        return [text.rstrip().encode("latin-1")]

    return application


PREFIXES = Prefixes(
    {
        "/": telling("root"),
        "/blog": telling("blog"),
        "/blog/deep": telling("deep"),
        "/shop/": telling("shop"),
        "/caf\u00e9": telling("cafe"),
    }
)


@pytest.mark.parametrize(
    "path, body",
    [
        ("/blog", "blog /m/blog|"),
        ("/blog/", "blog /m/blog|/"),
        ("/blog/x", "blog /m/blog|/x"),
        ("/blog/deep/x", "deep /m/blog/deep|/x"),
        ("/blogs", "root /m|/blogs"),
        ("/blog/deeper", "blog /m/blog|/deeper"),
        ("/shop", "shop /m/shop|"),
        ("/", "root /m|/"),
        ("", "root /m|"),
        ("/caf\u00c3\u00a9/x", "cafe /m/caf\u00c3\u00a9|/x"),
    ],
)
def test_longest_prefix_decides_and_moves(ask, path, body):
    answer = ask(PREFIXES, path, SCRIPT_NAME="/m")
    assert answer.body == body.encode("latin-1")


def test_what_has_no_prefix_is_not_found(ask):
    answer = ask(Prefixes({"/a": telling("a")}), "/b")
    assert answer.status == "404 Not Found"


def test_default_is_asked_instead(ask):
    answer = ask(Prefixes({"/a": telling("a")}, telling("rest")), "/b")
    assert answer.body == b"rest |/b"


def test_prefix_must_begin_with_a_slash():
    with pytest.raises(ValueError, match="'blog' .*slash"):
        Prefixes({"blog": None})


PATTERNS = Patterns(
    [
        (r"/(?P<year>\d{4})/(\w+)", telling("archive")),
        (r"/\d+", telling("number")),
    ]
)


@pytest.mark.parametrize(
    "path, body",
    [
        ("/2005/wsgi/x", "archive /2005/wsgi|/x (('wsgi',), {'year': '2005'})"),
        ("/17", "number /17| ((), {})"),
    ],
)
def test_first_pattern_decides_and_what_it_matched_moves(ask, path, body):
    assert ask(PATTERNS, path).body == body.encode()


@pytest.mark.parametrize("path", ["/17x", "/x/17", "", "/2005"[:1]])
def test_pattern_must_match_whole_segments_from_the_beginning(ask, path):
    assert ask(PATTERNS, path).status == "404 Not Found"


def test_groups_of_the_outer_one_are_kept(ask):
    inner = Patterns([(r"/(?P<b>b)", telling("in"))])
    answer = ask(Patterns([(r"/(?P<a>a)", inner)]), "/a/b")
    assert answer.body == b"in /a/b| ((), {'a': 'a', 'b': 'b'})"


def test_paste_deploy_gives_names(ask):
    class Loader:
        def get_app(self, name, global_conf):
            return telling(name)

    app = make_composite(Loader(), {}, **{"/blog": "b", "default": "d"})
    assert ask(app, "/blog/x").body == b"b /blog|/x"
    assert ask(app, "/x").body == b"d |/x"


def test_paste_deploy_gives_expressions(ask):
    class Loader:
        def get_app(self, name, global_conf):
            return telling(name)

    lines = r"""
        /(?P<year>\d{4})  blog
        /a shop           shop
    """
    app = make_patterns(Loader(), {}, lines, "front")
    assert ask(app, "/2005/x").body == b"blog /2005|/x ((), {'year': '2005'})"
    assert ask(app, "/a shop").body.startswith(b"shop ")
    assert ask(app, "/x").body == b"front |/x"
    assert ask(make_patterns(Loader(), {}, lines), "/x").status == "404 Not Found"
    with pytest.raises(ValueError, match="'/alone'"):
        make_patterns(Loader(), {}, "/alone")
