"""The same sources give the same archives, to the octet: built elsewhere, later."""

import hashlib
import os
import shutil
import subprocess
import zipfile

import pytest

import archives
import executable_war

AGAIN = archives.TARGET / "packaged" / "again"
LIMIT = 600.0


def _sources():
    """What git would commit of this directory."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=archives.ROOT, stdout=subprocess.PIPE)
    listed.check_returncode()
    names = listed.stdout.decode().split("\0")
    # What is deleted but not committed is listed too; so is the empty end.
    return [name for name in names if (archives.ROOT / name).is_file()]


def _copy():
    shutil.rmtree(AGAIN, ignore_errors=True)
    for name in _sources():
        target = AGAIN / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(archives.ROOT / name, target)


def _maven():
    """Maven as the build in progress runs it; by hand, that of the PATH."""
    home = os.environ.get("MAVEN_HOME")
    command = [os.path.join(home, "bin", "mvn") if home else "mvn", "-q", "-B", "-o"]
    repository = os.environ.get("MAVEN_REPOSITORY")
    if repository:
        command.append("-Dmaven.repo.local=" + repository)
    # What has been fetched is used, whichever mirror it came from.
    return [*command, "-Dmaven.legacyLocalRepo=true"]


def _build():
    # Tests, style and Error Prone, of which the first build has been seen to pass, are
    # no part of the archives; javac has this option anyway.
    options = ["-DskipTests", "-Dmaven.test.skip", "-Dspotless.check.skip"]
    options += ["-Djavac.checks=-Xdiags:compact"]
    # Another place, time and time zone: none may be seen in an archive.
    built = subprocess.run(
        [*_maven(), *options, "package"],
        cwd=AGAIN,
        env=dict(os.environ, TZ="Pacific/Chatham"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=LIMIT,
    )
    assert built.returncode == 0, built.stdout.decode(errors="replace")


@pytest.fixture(scope="module")
def second_target():
    """The target directory of a second build."""
    _copy()
    _build()
    yield AGAIN / "target"
    shutil.rmtree(AGAIN)


@pytest.mark.parametrize("archive", [archives.jar, archives.war])
def test_second_build_is_identical(archive, namespace, second_target):
    first, second = archive(namespace), archive(namespace, second_target)
    assert _digest(first) == _digest(second), _differences(first, second)


def test_second_launcher_is_identical(second_target):
    first = executable_war.launcher()
    second = second_target / first.name
    assert _digest(first) == _digest(second), _differences(first, second)


def test_second_starter_is_identical(second_target):
    first, second = archives.starter(), archives.starter(second_target)
    assert _digest(first) == _digest(second), _differences(first, second)


def test_second_wheel_is_identical(second_target):
    first, second = archives.wheel(), archives.wheel(second_target)
    assert _digest(first) == _digest(second), _differences(first, second)


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _differences(first, second):
    one, two = _entries(first), _entries(second)
    names = sorted(name for name in {*one, *two} if one.get(name) != two.get(name))
    return "%s: differs in %s; are the sources newer?" % (first.name, names or "order")


def _entries(archive):
    with zipfile.ZipFile(archive) as opened:
        return {
            entry.filename: (entry.CRC, entry.date_time, entry.external_attr)
            for entry in opened.infolist()
        }
