"""`java -jar app.war`: what keeps it from starting, and `run`."""

import socket
import zipfile

import pytest

import launched
from launched_app import FILES
from webxml import LISTENER


def test_port_in_use(archive, work):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        arguments = ["--workdir", str(work), "--host=127.0.0.1", "--port", port]
        done = launched.run(archive, *arguments)
    _refused(done, 1, "IS0162", port, "127.0.0.1")
    # It was found before the application was started.
    assert b"started in" not in done.stderr


def test_address_of_another_machine(archive, work):
    done = launched.run(archive, "--workdir", str(work), "--host=192.0.2.1")
    _refused(done, 1, "IS0163", "192.0.2.1", "8080")


def test_work_directory_that_is_none(archive, tmp_path):
    file = tmp_path / "file"
    file.touch()
    done = launched.run(archive, "--workdir", str(file))
    _refused(done, 1, "IS0165", "'%s'" % file)


def test_work_directory_that_others_could_write_to(archive, tmp_path):
    properties = ["-Djava.io.tmpdir=%s" % tmp_path, "-Duser.name=somebody"]
    mine = tmp_path / "isthmus-somebody"
    mine.mkdir()
    mine.chmod(0o777)
    done = launched.run(archive, options=properties)
    _refused(done, 1, "IS0165", "'%s'" % mine)
    assert list(mine.iterdir()) == []


@pytest.mark.parametrize("listeners", [[], [LISTENER]], ids=["servlet", "listener"])
def test_application_that_does_not_start(work, listeners):
    files = {"WEB-INF/app/wsgi.py": "import absent_library\n"}
    archive = launched.build("jakarta", files, "failing.war", listeners=listeners)
    done = launched.run(archive, "--port=0", "--workdir", str(work))
    _refused(done, 1, "IS0170", "IS0065")
    output = done.stderr.decode()
    assert "IS0080" in output and "`.." not in output
    # No frame but those of Python, and no record of Jetty's own.
    assert "\tat " not in output and "WebAppContext" not in output, output
    assert done.stdout == b""
    assert list(work.glob("failing-run-*")) == []


@pytest.mark.parametrize("namespace", ["jakarta", "javax"])
def test_users_of_the_container_are_refused_for_it_has_none(work, namespace):
    archive = launched.build(namespace, FILES, "members.war", members={"/*": "member"})
    done = launched.run(archive, "--port=0", "--workdir", str(work))
    _refused(done, 1, "IS0171", "<login-config>")
    assert b"\tat " not in done.stderr, done.stderr
    assert done.stdout == b""


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        # OptionsTest has more of them.
        (["--prot", "1"], ["IS0160", "'--prot'", "did you mean --port?"]),
        (["--tls-password=secret", "--tls-keystore=x"], ["IS0161", "--tls-password"]),
        (["run"], ["IS0169"]),
        # Whether there is such a code is asked when the archive is read.
        (["explain", "IS9999"], ["IS0161", "explain", "'IS9999'"]),
    ],
)
def test_misuse_is_reported_and_ends_with_2(archive, arguments, output):
    done = launched.run(archive, *arguments)
    assert b"secret" not in done.stderr
    _refused(done, 2, *output)


def test_port_of_the_environment_is_checked_too(archive):
    done = launched.run(archive, PORT="70000")
    _refused(done, 2, "IS0161", "environment variable PORT", "'70000'")


def test_help_and_version(archive):
    done = launched.run(archive, "--help")
    assert done.returncode == 0
    for option in ["--port", "--tls-keystore", "run FILE.py"]:
        assert option in done.stdout.decode()
    done = launched.run(archive, "--version")
    assert done.stdout.startswith(b"Isthmus 0.1.0 on Java ")


def test_code_is_explained(archive, tmp_path):
    with zipfile.ZipFile(archive) as files:
        files.extractall(tmp_path)
    for options in [], ["--war", str(tmp_path)]:
        done = launched.run(archive, *options, "explain", "is0162")
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(b"## IS0162\n") and b"Remedy" in done.stdout
        assert done.stdout.count(b"## IS") == 1


def _refused(done, status, code, *parts):
    output = done.stderr.decode()
    assert (done.returncode, code + ": " in output) == (status, True), output
    assert [part for part in parts if part not in output] == [], output
    # A message, and no stack of Java's below it.
    assert "\tat " not in output.rpartition("IS01")[2]


@pytest.mark.parametrize("status", [0, 3])
def test_command_has_the_path_streams_and_status_of_python(archive, work, status):
    command = ["--workdir", str(work), "run", "manage.py", str(status)]
    done = launched.run(archive, *command, given=b"line\n")
    frames = ["['%d'] __main__" % status, "line", "inside"]
    assert done.stdout.decode().splitlines() == frames, done.stderr
    assert done.returncode == status
    assert done.stderr.decode().splitlines() == ["an error"]


def test_module_and_code_are_commands_too(archive, work):
    def run(*command):
        return launched.run(archive, "--workdir", str(work), "run", *command)

    assert run("inside").stdout == b"inside\n"
    assert run("-m", "json.tool", "/dev/null").returncode == 1
    done = run("-c", "import sys; print(sys.argv); {}['lost']", "a b")
    assert (done.returncode, done.stdout) == (1, b"['-c', 'a b']\n")
    assert done.stderr.decode().splitlines()[-1] == "KeyError: 'lost'"
    assert "isthmus/command" not in done.stderr.decode()


def test_command_that_is_not_there_is_named(archive, work):
    def refused(*command):
        done = launched.run(archive, "--workdir", str(work), "run", *command)
        frames = done.stderr.decode()
        assert done.returncode == 1 and "Traceback" not in frames, frames
        return frames

    output = refused("mange.py", "migrate")
    assert output.startswith("IS0194: ") and "'mange.py'" in output, output
    assert "did you mean 'manage.py'?" in output, output
    # Each ends in ".py", which says nothing; manage.py comes first.
    assert "did you mean 'wsgi.py'?" in refused("wsgy.py")
    assert "No module named nosuch" in refused("nosuch").replace("'", "")
    assert "No module named no" in refused("-m", "no.such").replace("'", "")


def test_command_has_the_repairs_of_the_engine(archive, work):
    """Jython alone parses no XML without Xerces, and ends in a Java exception here."""
    code = (
        "from xml.etree import ElementTree; import ast; names = lambda n: n.body[::-1]"
    )
    code += "; print(ElementTree.fromstring('<a/>').tag, len(names(ast.parse('b'))))"
    done = launched.run(archive, "--workdir", str(work), "run", "-c", code)
    assert done.stdout == b"('a', 1)\n", done.stderr


def test_archive_that_changes_is_extracted_anew(work):
    def run(text):
        files = {"WEB-INF/app/say.py": "print(%r)\n" % text}
        archive = launched.build("jakarta", files, "changing.war")
        return launched.run(archive, "--workdir", str(work), "run", "say.py").stdout

    assert run("one") == b"one\n"
    (first,) = work.glob("changing-*/")
    assert run("two") == b"two\n"
    (second,) = work.glob("changing-*/")
    assert first != second
    # Whoever tidies up temporary files may take some.
    (second / "WEB-INF" / "app" / "say.py").unlink()
    assert run("two") == b"two\n"
