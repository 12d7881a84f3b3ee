"""The locks of Python 3 projects: Isthmus's own, and those of uv and Poetry."""

import errno
import os

import pytest

import packages
import python3_project
from isthmus_cli import project_requirements
from isthmus_cli.cpython import pip, pylock, releases, running
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError

project, wheel = python3_project.project, python3_project.wheel


def test_lock_is_kept_to_and_drift_is_reported(project, isthmus, wheel):
    wheel("one", "1.0")
    (project / "requirements.txt").write_text("one\n")
    locked = isthmus("lock")
    assert locked.code == 0 and "pylock.toml: 1 package" in locked.out, locked
    wheel("one", "1.1")
    assert isthmus("lock", "--check").code == 0
    isthmus("lock")
    assert isthmus("war", "-o", "x.war").code == 0
    assert b"'1.0'" in python3_project.entries("x.war")["WEB-INF/lib-python/one.py"]
    assert "one 1.0 -> 1.1" in isthmus("lock", "--upgrade").err
    (project / "requirements.txt").write_text("one>=1\n")
    assert isthmus("lock", "--check").code == 1
    drifted = isthmus("war")
    assert drifted.code == 3 and "IS0416" in drifted.err


def test_lock_of_another_name_is_installed_as_it_is(project, isthmus, wheel):
    wheel("one", "1.0")
    (project / "requirements.txt").write_text("one\n")
    # Python 2.7 would understand this source, so that only the name tells.
    (project / "app.py").write_text("def application(environ, start_response): pass\n")
    words = ["--engine=cpython", "--output=pylock.prod.toml"]
    assert isthmus("lock", *words).code == 0
    wheel("one", "1.1")
    made = isthmus("war", "-o", "x.war", "-r", "pylock.prod.toml", "--no-check")
    assert made.code == 0 and "pylock.prod.toml is named" in made.err, made
    assert b"'1.0'" in python3_project.entries("x.war")["WEB-INF/lib-python/one.py"]


def test_lock_tells_what_pyproject_toml_leaves_to_a_build(
    project, isthmus, wheel, doctor
):
    wheel("one", "1.0")
    text = '[project]\nname = "x"\nversion = "1"\ndynamic = ["dependencies"]\n'
    (project / "pyproject.toml").write_text(text)
    (project / "reqs").mkdir()
    (project / "reqs" / "prod.in").write_text("one\n")
    words = ["--engine=cpython", "-o", "pylock.toml"]
    assert isthmus("lock", "reqs/prod.in", *words).code == 0
    assert doctor() == {}
    made = isthmus("war", "-o", "x.war", "--no-check")
    assert made.code == 0, made
    assert "WEB-INF/lib-python/one.py" in python3_project.entries("x.war")


@pytest.fixture
def elsewhere(project, wheel):
    """A wheel that only the requirements say where to find."""
    # Of each run, so that it is not in the tool's cache.
    made = wheel("one", "1.0", more={"where.txt": str(project).encode()})
    (project / "my wheels").mkdir()
    (project / "requirements.txt").write_text("--find-links 'my wheels'\none\n")
    return made.rename(project / "my wheels" / made.name)


def test_wheels_come_from_where_the_requirements_say(project, isthmus, elsewhere):
    done = isthmus("war", "-o", "x.war", "--no-check")
    assert done.code == 0, done
    assert "WEB-INF/lib-python/one.py" in python3_project.entries("x.war")


def test_password_of_an_index_is_on_no_command_line(
    project, isthmus, elsewhere, monkeypatch
):
    monkeypatch.setenv("TOKEN", "sesame")
    index = "--%sindex-url https://bee:${TOKEN}@example.org/simple\n"
    file = project / "requirements.txt"
    file.write_text(index % "" + index % "extra-" + file.read_text())
    run, lines = running.run, []

    def noted(words, **options):
        lines.append(" ".join(map(str, words)))
        return run(words, **options)

    monkeypatch.setattr(running, "run", noted)
    done = isthmus("war", "-o", "x.war", "--no-check")
    assert done.code == 0, done
    assert [line for line in lines if " download " in line], lines
    assert [line for line in lines if "sesame" in line] == []


def test_wheels_of_a_named_lock_come_from_its_urls(project, isthmus, elsewhere):
    assert isthmus("lock", "-o", "pylock.prod.toml").code == 0
    words = ["-o", "x.war", "-r", "pylock.prod.toml", "--no-check"]
    done = isthmus("war", *words)
    assert done.code == 0, done
    assert "WEB-INF/lib-python/one.py" in python3_project.entries("x.war")


def test_wheel_that_is_nowhere_is_named(project, isthmus, elsewhere):
    assert isthmus("lock", "-o", "pylock.prod.toml").code == 0
    elsewhere.unlink()
    refused = isthmus("war", "-r", "pylock.prod.toml")
    assert refused.code == 3 and "'one'" in refused.err, refused
    assert "IS0243" in refused.err, refused


@pytest.mark.parametrize("option", ["--extra", "--group"])
def test_named_lock_has_the_extras_it_was_made_with(project, isthmus, wheel, option):
    wheel("one", "1.0")
    table = "[tool.isthmus]\nextra = ['web']\n"
    (project / "pyproject.toml").write_text(PYPROJECT + table)
    assert isthmus("lock", "-o", "pylock.prod.toml").code == 0
    words = ["war", "-o", "x.war", "-r", "pylock.prod.toml"]
    assert isthmus(*words).code == 0
    refused = isthmus(*words, option, "web")
    assert refused.code == 2 and option in refused.err, refused
    assert "'pylock.prod.toml'" in refused.err, refused


def test_lock_has_the_wheels_of_every_platform(project, isthmus, wheel):
    for platform in ("manylinux_2_17_x86_64", "macosx_11_0_arm64"):
        wheel("one", "1.0", "cp313-cp313-" + platform)
    (project / "requirements.txt").write_text("one\n")
    words = ["--platform=linux-x86_64", "--platform=macosx-arm64"]
    locked = isthmus("lock", *words)
    assert locked.code == 0 and "macosx-arm64" in locked.err, locked
    text = (project / "pylock.toml").read_text()
    assert text.count("[[packages]]") == 1 and text.count("[[packages.wheels]]") == 2
    refused = isthmus("war", "--platform=macosx-x86_64")
    assert refused.code == 3 and "IS0417" in refused.err, refused
    assert "one" in refused.err
    assert "`isthmus lock --platform macosx-x86_64`" in refused.err, refused


def test_lock_on_a_read_only_disk_is_a_result_that_cannot_be_written(
    project, isthmus, wheel, monkeypatch
):
    wheel("one", "1.0")
    (project / "requirements.txt").write_text("one\n")

    def refuse(path, *_, **__):
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    # As such a disk refuses them, whether or not there is such a file.
    monkeypatch.setattr(pylock.Path, "write_text", refuse)
    monkeypatch.setattr(pylock.Path, "unlink", refuse)
    refused = isthmus("lock")
    assert refused.code == 3 and "IS0206: 'pylock.toml'" in refused.err, refused


def test_wheel_in_the_project_is_found_in_a_copy_elsewhere(
    project, isthmus, monkeypatch, tmp_path
):
    wheels = packages.Index(project / "whëels", monkeypatch)
    wheels.wheel("one", "1.0", files={"one.py": b"VERSION = 'mine'\n"})
    (project / "requirements.txt").write_text("one\n")
    assert isthmus("lock").code == 0
    text = (project / "pylock.toml").read_text()
    assert "file:" not in text and tmp_path.name not in text, text
    monkeypatch.chdir(project.rename(tmp_path / "copy"))
    monkeypatch.delenv("PIP_FIND_LINKS")
    # Nor is it in the tool's cache.
    monkeypatch.setattr(pip, "kept", lambda wheel: tmp_path / "kept" / wheel.filename)
    made = isthmus("war", "-o", "x.war")
    assert made.code == 0, made
    assert b"'mine'" in python3_project.entries("x.war")["WEB-INF/lib-python/one.py"]


def test_file_that_differs_from_the_lock_is_refused(project, isthmus, wheel):
    wheel("one", "1.0")
    (project / "requirements.txt").write_text("one\n")
    isthmus("lock")
    wheel("one", "1.0", headers=["Summary: another"])
    refused = isthmus("war")
    assert refused.code == 3 and "IS0414" in refused.err, refused


def test_wheel_for_another_platform_is_named_with_what_there_is(
    project, isthmus, wheel
):
    wheel("one", "2.0", "cp313-cp313-win_amd64")
    wheel("one", "1.0")
    (project / "requirements.txt").write_text("one>=2\n")
    refused = isthmus("lock")
    assert refused.code == 3 and "IS0413" in refused.err, refused
    assert "one>=2" in refused.err and "1.0" in refused.err


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a program of a few lines of shell first on PATH."""

    def made(name, lines):
        path = tmp_path / "bin" / name
        path.parent.mkdir()
        path.write_text("#!/bin/sh\n" + lines)
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(path.parent), prepend=os.pathsep)

    return made


PYPROJECT = """
[project]
name = "shop"
version = "1"
requires-python = ">=3.9"
dependencies = ["one"]
optional-dependencies = {web = []}
"""


@pytest.mark.parametrize(
    "name, lock, extra",
    [("uv", "uv.lock", "--extra web"), ("poetry", "poetry.lock", "--extras web")],
)
def test_lock_of_another_program_is_exported_by_it(
    project, isthmus, wheel, program, name, lock, extra
):
    wheel("one", "1.0")
    (project / "pyproject.toml").write_text(PYPROJECT)
    assert isthmus("lock").code == 0
    own = project / "pylock.toml"
    exported = own.rename(project.parent / "exported.toml")
    # Nothing of Isthmus's own.
    exported.write_text(exported.read_text().partition("\n[tool.")[0])
    wheel("one", "1.1")
    (project / lock).touch()
    words = project.parent / "words"
    copies = 'echo "$@" >"%s"\nfor last; do :; done\ncp "%s" "$last"\n'
    program(name, copies % (words, exported))
    made = isthmus("war", "-o", "x.war", "-r", "pyproject.toml", "--extra", "web")
    assert made.code == 0, made
    assert b"'1.0'" in python3_project.entries("x.war")["WEB-INF/lib-python/one.py"]
    assert words.read_text().startswith("export --format pylock.toml ")
    assert extra in words.read_text()
    assert isthmus("lock", "--upgrade").code == 0 and '"1.0"' in own.read_text()


def test_program_that_refuses_to_export_its_lock_is_quoted(
    project, isthmus, wheel, program
):
    (project / "pyproject.toml").write_text(PYPROJECT)
    (project / "uv.lock").touch()
    program("uv", "echo 'error: The lockfile needs to be updated' >&2\nexit 2\n")
    refused = isthmus("war")
    assert refused.code == 3 and "IS0422" in refused.err, refused
    assert "uv.lock" in refused.err and "needs to be updated" in refused.err


def test_program_that_could_export_a_lock_is_named(
    project, isthmus, wheel, monkeypatch
):
    (project / "pyproject.toml").write_text(PYPROJECT)
    (project / "uv.lock").touch()
    monkeypatch.setenv("PATH", str(project))
    refused = isthmus("war")
    assert refused.code == 3 and "IS0421" in refused.err, refused
    assert "`uv export --format pylock.toml " in refused.err


def test_lock_for_another_cpython_names_that_one(project, isthmus):
    (project / "requirements.txt").write_text("one\n")
    other = releases.find("3.12")
    name, url = "one-1.0-py3-none-any.whl", "https://example.org/"
    wheel = pip.Wheel("one", "1.0", name, url + name, "0" * 64)
    digest = project_requirements.read("requirements.txt").digest()
    pylock.write("pylock.toml", other, {releases.here(): [wheel]}, digest)
    refused = isthmus("war")
    assert refused.code == 3 and "IS0417" in refused.err, refused
    assert "--python 3.12.1" in refused.err, refused
    lock = pylock.Lock("pylock.toml")
    assert lock.select(other, releases.here()) == [wheel]
    # That one does not exist for this platform.
    with pytest.raises(ToolError) as unfit:
        lock.select(releases.find("3.13"), "macosx-arm64")
    assert unfit.value.rule is Python3Rule.PYLOCK_UNFIT
    assert "--python" not in str(unfit.value), unfit.value


@pytest.mark.parametrize(
    "said, shown",
    [
        ("directory = {path = 'libs/one'}", "directory 'libs/one'"),
        (
            "vcs = {type = 'git', url = 'https://me:secret@example.org/one.git',"
            " commit-id = '1'}",
            "repository 'https://example.org/one.git'",
        ),
        (
            "sdist = {url = 'https://example.org/one-1.0.tar.gz', hashes = {sha256 ="
            " '%s'}}" % ("0" * 64),
            "sdist 'one-1.0.tar.gz'",
        ),
    ],
)
def test_what_a_lock_has_instead_of_a_wheel_is_reported_with_what_helps(
    project, isthmus, wheel, said, shown
):
    text = "lock-version = '1.0'\ncreated-by = 'uv'\n[[packages]]\nname = 'one'\n"
    (project / "pylock.toml").write_text(text + said)
    refused = isthmus("war", "--engine=cpython")
    assert refused.code == 3 and "IS0431" in refused.err, refused
    assert shown in refused.err and "PIP_FIND_LINKS" in refused.err, refused
    # As it says.
    wheel("one", "1.0")
    (project / "requirements.txt").write_text("one==1.0\n")
    assert isthmus("lock", "requirements.txt", "--engine=cpython").code == 0
    made = isthmus("war", "-o", "x.war")
    assert made.code == 0, made
    assert b"'1.0'" in python3_project.entries("x.war")["WEB-INF/lib-python/one.py"]


def test_lock_whose_wheels_are_for_another_cpython_names_that_one(project, isthmus):
    hashes = "hashes = {sha256 = '%s'}}" % ("0" * 64)
    text = "lock-version = '1.0'\ncreated-by = 'uv'\n[[packages]]\nname = 'one'\n"
    text += "sdist = {url = 'https://example.org/one-1.0.tar.gz', %s\n" % hashes
    name = "one-1.0-cp312-cp312-manylinux_2_17_x86_64.whl"
    text += "wheels = [{url = 'https://example.org/%s', %s]\n" % (name, hashes)
    (project / "pylock.toml").write_text(text)
    refused = isthmus("war", "--engine=cpython", "--platform=linux-x86_64")
    assert refused.code == 3 and "IS0417" in refused.err, refused
    assert "--python 3.12.1" in refused.err, refused
