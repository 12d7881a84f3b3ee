"""Which files of a project go into a web application, and which are refused."""

import os

import pytest

from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import refusing, stripping, tree

PEM = b"Key:\n-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\n"


@pytest.fixture
def write(tmp_path):
    def written(*names, content=b"x"):
        for name in names:
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    return written


def _names(directory, *args, **kwargs):
    return sorted(tree.files(directory, tree.Selection(*args, **kwargs)))


KEPT = [
    "app.py",
    "é 日/x.html",
    "shop/tests/data.json",
    "shop/build/x.py",
    "shop/key.py",
]
LEFT = [".env", ".git/config", "shop/.hg/x", "shop/__pycache__/a.pyc", "a.pyc"]
LEFT += ["shop/a$py.class", "tests/test_a.py", "test_a.py", "setup.py", "build/x.py"]
LEFT += ["pyproject.toml", "requirements-dev.txt", "x.egg-info/PKG-INFO", "old.war"]
LEFT += ["exploded/WEB-INF/app/x.py", "exploded/a.css"]
LEFT += ["venv/pyvenv.cfg", "venv/lib/x.py", "shop/node_modules/a.js", "a.py~"]


def test_what_is_no_part_of_an_application_is_left_out(write, tmp_path):
    write(*KEPT, *LEFT)
    assert _names(tmp_path) == sorted(KEPT)


def test_patterns_leave_out_and_bring_back(write, tmp_path):
    write(*KEPT, *LEFT)
    bring = ["tests/test_a.py", ".env", "build"]
    names = _names(tmp_path, ["shop", "*.html"], bring)
    assert names == [".env", "app.py", "build/x.py", "tests/test_a.py"]
    # To leave out goes before to bring back.
    assert _names(tmp_path, ["*.py", "shop"], bring) == [".env", "é 日/x.html"]


def test_what_is_something_elses_is_ignored(write, tmp_path):
    write("app.py", "lib/x.py", "out/app.war.d/x.py")
    ignored = [tmp_path / "lib", tmp_path / "app.py", tmp_path / "absent"]
    found = tree.files(tmp_path, tree.Selection(), ignored)
    assert list(found) == ["out/app.war.d/x.py"]


def test_directories_of_a_name_are_found_but_not_within_libraries(write, tmp_path):
    write("templates/a.html", "src/shop/templates/x/templates/b.html")
    write(".venv/lib/flask/templates/c", "env/pyvenv.cfg", "env/templates/d")
    write("node_modules/templates/e", "web/WEB-INF/templates/f")
    found = [p.relative_to(tmp_path) for p in tree.directories(tmp_path, "templates")]
    assert [p.as_posix() for p in found] == ["templates", "src/shop/templates"]


def test_links_are_followed(write, tmp_path):
    write("real/x.py")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "y.py").symlink_to("real/x.py")
    assert _names(tmp_path) == ["link/x.py", "real/x.py", "y.py"]


@pytest.mark.parametrize("target, why", [(".", "link"), ("absent", "link")])
def test_link_that_leads_nowhere_or_round_is_refused(write, tmp_path, target, why):
    write("app/x.py")
    (tmp_path / "app" / "link").symlink_to(target)
    with pytest.raises(ToolError) as refused:
        _names(tmp_path)
    assert refused.value.rule is Rule.FILE_UNREADABLE
    assert why in str(refused.value) and str(tmp_path / "app/link") in str(
        refused.value
    )
    assert _names(tmp_path, ["link"]) == ["app/x.py"]


def test_what_is_no_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ToolError) as refused:
        _names(tmp_path)
    assert refused.value.rule is Rule.FILE_UNREADABLE
    assert "pipe" in str(refused.value) and "regular" in str(refused.value)


PUBLIC = ["index.html", "js/a.js", ".well-known/x", "META-INF/context.xml", "a.pem"]


def test_files_for_browsers_are_taken(write, tmp_path):
    write(*PUBLIC)
    found = tree.files(tmp_path, tree.Selection(usual=(), top=()))
    refusing.check_public(found)
    assert sorted(found) == sorted(PUBLIC)


@pytest.mark.parametrize(
    "name",
    [
        ".env",
        ".git/config",
        "js/.htpasswd",
        "app.py",
        "js/__pycache__/app.pyc",
        "a$py.class",
        "db.sqlite3",
        "WEB-INF/web.xml",
        "web-inf/x",
        "META-INF/MANIFEST.MF",
        "id_rsa",
        "server.key",
        "keys/store.p12",
    ],
)
def test_what_browsers_must_not_have_is_refused_by_name(write, tmp_path, name):
    write(name, "fine.txt")
    found = tree.files(tmp_path, tree.Selection(usual=(), top=()))
    with pytest.raises(ToolError) as refused:
        refusing.check_public(found)
    assert refused.value.rule is Rule.FILE_REFUSED
    assert name in str(refused.value) and "fine" not in str(refused.value)


def test_private_key_is_refused_by_its_content_and_never_shown(write, tmp_path):
    write("etc/server.pem", content=PEM)
    selection = tree.Selection()
    found = tree.files(tmp_path, selection)
    for check in (
        refusing.check_public,
        lambda f: refusing.check_private(f, selection),
    ):
        with pytest.raises(ToolError) as refused:
            check(found)
        assert "etc/server.pem" in str(refused.value)
        assert "private key" in str(refused.value)
        assert "MII" not in str(refused.value)


def test_private_key_that_was_asked_for_is_taken_into_web_inf(write, tmp_path):
    write("etc/server.pem", content=PEM)
    selection = tree.Selection(included=["etc/server.pem"])
    refusing.check_private(tree.files(tmp_path, selection), selection)


def test_libraries_are_stripped_of_what_is_not_run():
    kept = ["a/__init__.py", "tests/__init__.py", "a/test/x.py", "a-1.dist-info/RECORD"]
    dead = ["a/tests/x.py", "a/_speed.so", "a/x.pyi", "bin/a", "a/docs/x.html", "a/x.c"]
    assert list(stripping.stripped(dict.fromkeys(kept + dead))) == kept
