"""`isthmus war` refuses a wrong command line, and what it cannot write or read."""

import pytest

from isthmus_cli import exit_codes
from packages import Index
from war_project import HELLO, contents, make


@pytest.fixture
def project(tmp_path, monkeypatch, isthmus):
    return make(tmp_path, monkeypatch, isthmus)


@pytest.mark.parametrize(
    "options, code, message",
    [
        (["shop:app"], "IS0211", "'shop'"),
        (["helo:app"], "IS0211", "Did you mean 'hello'?"),
        (["hello:aplication"], "IS0211", "'application'?"),
        (["hello.py:app"], "IS0211", "'app'"),
        (["hello.py", "--exclude=he*"], "IS0211", "'hello'"),
        (["--context-param", "isthmus.slo=1"], "IS0220", "mean 'isthmus.slow'?"),
        (["-o", "absent/x.war"], "IS0206", "'absent'"),
        (["-o", "absent/"], "IS0206", "no such directory"),
        (["-o", ""], "IS0206", "''"),
        (["-o", "taken.war"], "IS0206", "directory"),
        (["--exploded", "-o", "."], "IS0206", "été 日本'"),
        (["--exploded", "-o", ".."], "IS0206", "été 日本'"),
        (["--exploded", "-o", "../été 日本.war"], "IS0206", "été 日本'"),
        (["--exploded", "-o", "/"], "IS0206", "'/'"),
        (["--exploded", "-o", "public"], "IS0206", "'public'"),
        (["--web-xml", "public/index.html"], "IS0216", "index.html"),
        (["--static", "public", "--static", "."], "IS0213", "hello.py"),
    ],
)
def test_what_is_wrong_has_a_code_and_leaves_nothing(project, options, code, message):
    project.write("hello.py")
    project.write("public/index.html", "<p")
    project.write("taken.war/index.html")
    # Even of a web application, what one stands in is not replaced.
    project.write("WEB-INF/web.xml")
    output = project.refused(*options)
    assert output.startswith(code + ": ") and message in output


@pytest.fixture
def index(tmp_path, monkeypatch):
    """An index without any library."""
    return Index(tmp_path / "index", monkeypatch)


@pytest.mark.parametrize(
    "named, message",
    [
        ("hello:aplication", "Did you mean 'application'?"),
        ("hello.py:aplication", "Did you mean 'application'?"),
        ("helo:application", "Did you mean 'hello'?"),
    ],
)
def test_name_is_checked_before_anything_is_looked_for(
    project, isthmus, index, named, message
):
    project.write("hello.py")
    project.write("requirements.txt", "nowhere==1\n")
    for engine in ("jython", "cpython"):
        output = project.refused(named, "--engine=" + engine)
        assert output.startswith("IS0211: ") and message in output, output
        assert "pyproject.toml" not in output
    started = isthmus("serve", named)
    assert started.code == exit_codes.BROKEN_RULE, started
    assert started.err.startswith("IS0211: ") and message in started.err, started
    project.write("pyproject.toml", '[tool.isthmus]\napp = "%s"\n' % named)
    output = project.refused()
    assert output.startswith("IS0211: ") and message in output, output
    assert "`app` in [tool.isthmus] of pyproject.toml" in output, output


@pytest.mark.parametrize("named", ["nowhere.web:app", "elsewhere:app", "lent:app"])
def test_module_that_a_library_may_have_is_looked_for(project, index, named):
    project.write("nowhere_.py")
    project.write("lent_.py")
    project.write("lib/lent.py", HELLO.replace("application", "app"))
    words = [named, "--jython=none"]
    if named == "lent:app":
        (war,) = project.war(*words, "--lib=lib", "-o", "x.war")
        assert "WEB-INF/lib-python/lent.py" in contents(war)
    else:
        project.write("requirements.txt", "nowhere==1\n")
        # What it stops at is the requirement.
        assert not project.refused(*words).startswith("IS0211: ")


@pytest.mark.parametrize(
    "place, written",
    [
        ("out", "out/été 日本.war"),
        ("out/", "out/été 日本.war"),
        ("out/..", "out/../été 日本.war"),
        (".", "été 日本.war"),
        ("shop", "shop.war"),
        ("out/shop.war", "out/shop.war"),
        ("out.d", "out.d.war"),
    ],
)
def test_file_goes_into_a_directory_that_is_there(project, place, written):
    project.write("hello.py")
    project.write("out/mine.txt")
    (war,) = project.war("-o", place, "--jython=none", "--no-precompile")
    assert war == project.directory / written and war.is_file()
    before = sorted(project.directory.rglob("*"))
    # It is no part of what it is made of.
    assert project.war("-o", place, "--jython=none", "--no-precompile") == [war]
    assert sorted(project.directory.rglob("*")) == before
    assert not [name for name in contents(war) if name.endswith(".war")]


@pytest.mark.parametrize("named", ["shop.wbe:app", "shpo.web:app"])
def test_module_of_a_src_layout_is_suggested_as_it_is_imported(project, named):
    project.write("src/shop/__init__.py")
    project.write("src/shop/web.py")
    assert "Did you mean 'shop.web'?" in project.refused(named)


def test_directory_of_both_namespaces_and_of_a_web_application(project):
    project.write("hello.py")
    (project.directory / "out").mkdir()
    options = ["--servlet=both", "--jython=none", "--no-precompile"]
    made = project.war("-o", "out", *options)
    assert [war.name for war in made] == ["été 日本.war", "été 日本-javax.war"]
    assert {war.parent for war in made} == {project.directory / "out"}
    for _ in "12":
        made = project.war("-o", "out/shop/", "--exploded", *options)
        assert [war.name for war in made] == ["shop", "shop-javax"]


@pytest.mark.parametrize(
    "options, message",
    [
        (["--context-param", "x"], "NAME=VALUE"),
        (["--static", "absent"], "'absent'"),
        (["--lib", "absent"], "absent"),
        (["--exploded", "--executable"], "--executable"),
        (["--web-xml", "own.xml", "--jndi", "a", "--distributable"], "--jndi"),
    ],
)
def test_wrong_command_line_is_reported(project, options, message):
    project.write("hello.py")
    project.write(
        "own.xml", "<w><filter-class>org.isthmus.WsgiFilter</filter-class></w>"
    )
    output = project.refused(*options, code=exit_codes.USAGE)
    assert message in output


def test_static_directory_that_pyproject_names_in_vain_is_reported(project):
    project.write("hello.py")
    project.write("pyproject.toml", '[tool.isthmus]\nstatic = ["collected"]\n')
    output = project.refused(code=exit_codes.USAGE)
    assert "'collected'" in output and "pyproject.toml" in output, output
    assert "collectstatic" in output, output


def test_jython_that_fails_is_reported_with_its_last_lines(
    project, tmp_path, monkeypatch
):
    project.write("hello.py", HELLO + "# never compiled\n")
    java = tmp_path / "jdk" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(
        "#!/bin/sh\ncase $1 in -version) echo 'version \"17\"' >&2;;\n"
        "*) echo 'Out of memory' >&2; exit 3;; esac\n"
    )
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    output = project.refused()
    assert output.startswith("IS0215: ") and " 3: Out of memory" in output
