"""`java -jar app.war`: a server of its own, its options and its end."""

import contextlib
import json
import os
import pathlib
import re
import signal
import zipfile

import pytest

import certificates
import client
import launched
from containers import jdks
from launched_app import FILES
from paths import TARGET


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A directory for --static, with what browsers may have and what they may not."""
    directory = tmp_path_factory.mktemp("files é")
    names = ("a.css", ".secret", "app.py", "a.jsp", "with/index.html", "without/b.txt")
    for name in names:
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_text("the file " + name)
    return directory


@pytest.fixture(scope="module")
def serving(archive, work, files):
    """A server with as many options as one can have, on the newest JDK."""
    arguments = ["--context-path=/shop/now", "--host", "127.0.0.1", "--threads", "20"]
    arguments += ["--access-log", "short", "--workdir", str(work), "--forwarded"]
    arguments += ["--static", "%s=/files" % files, "--static", str(files / "without")]
    options = ["-Disthmus.log.level=WARNING"]
    jdk = jdks.discover()[-1]
    with launched.Launched(
        archive, *arguments, jdk=jdk, options=options, PORT="0"
    ) as program:
        yield program


def test_application_answers_where_it_is_mounted(serving):
    # The variable PORT was 0: any free one, which the program tells.
    response = serving.get("/shop/now/x%20y?q")
    host = "127.0.0.1:%d" % serving.address[1]
    answer = ["/shop/now", "/x y", "http", "127.0.0.1", host]
    assert (response.status, response.json()) == (200, answer)
    assert serving.path == "/shop/now/"
    assert serving.get("/").status == 404


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/files/a.css", "a.css"),
        ("/files/with/", "with/index.html"),
        ("/files/without/b.txt", "without/b.txt"),
        ("/b.txt", "without/b.txt"),
    ],
)
def test_file_of_a_directory_comes_first(serving, path, name):
    response = serving.get("/shop/now" + path)
    assert (response.status, response.body) == (200, b"the file " + name.encode())


@pytest.mark.parametrize(
    "path",
    ["/files/.secret", "/files/app.py", "/files/without/", "/files/%2e%2e/x", "/a.css"],
)
def test_what_browsers_must_not_have_is_left_to_the_application(serving, path):
    response = serving.get("/shop/now" + path)
    assert b"the file" not in response.body
    if "%2e" not in path:
        assert response.json()[:2] == ["/shop/now", path]


@pytest.mark.parametrize("path", ["/files/a.jsp", "/files/%61.jsp;x=1"])
def test_source_of_a_jsp_is_refused(serving, path):
    response = serving.get("/shop/now" + path)
    assert (response.status, b"the file" in response.body) == (500, False)
    logged = launched.until(lambda: "IS0172: '/a.jsp'" in serving.logged())
    assert logged, serving.output()
    # One that there is not may be a page of the application's.
    assert serving.get("/shop/now/files/b.jsp").json()[1] == "/files/b.jsp"


def test_forwarded_fields_are_believed_if_asked_for(serving):
    fields = [("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "192.0.2.7")]
    answer = serving.get("/shop/now/", fields).json()
    assert answer[2:4] == ["https", "192.0.2.7"]


def test_each_request_is_a_line(serving):
    serving.get("/shop/now/a/line?x=%1b[0m")
    line = r"\d\d:\d\d:\d\d GET /shop/now/a/line\?x=%1b\[0m 200 \d+ bytes \d+ ms"
    assert launched.until(lambda: launched.re.search(line, serving.printed()))


def test_traceback_is_for_the_log_and_not_for_the_client(serving):
    response = serving.get("/shop/now/?broken")
    assert response.status == 500
    assert b"ValueError" not in response.body
    assert b"Jetty" not in response.body
    assert response.header("Server") is None
    logged = launched.until(lambda: "ValueError: broken" in serving.logged())
    assert logged, serving.output()


def test_second_process_shares_what_the_first_has_extracted(serving, archive, work):
    (extracted,) = work.glob("app-*/WEB-INF")
    before = {path: path.stat().st_mtime_ns for path in extracted.rglob("*")}
    done = launched.run(archive, "--workdir", str(work), "run", "-c", "print(42)")
    assert (done.returncode, done.stdout.split()) == (0, [b"42"]), done.stderr
    assert list(work.glob("app-*/WEB-INF")) == [extracted]
    assert {path: path.stat().st_mtime_ns for path in extracted.rglob("*")} == before


@pytest.mark.parametrize(
    ("namespace", "by"), [("jakarta", signal.SIGTERM), ("javax", signal.SIGINT)]
)
def test_running_request_ends_before_the_program(namespace, by, work, tmp_path):
    archive = launched.build(namespace, FILES, "%s-%d.war" % (namespace, by))
    arguments = ["--port", "0", "--workdir", str(work)]
    note = tmp_path / "note"
    with launched.Launched(archive, *arguments) as program:
        with client.Connection(("127.0.0.1", program.address[1])) as connection:
            connection.request("GET", "/?wait=%s" % note)
            assert launched.until(note.with_suffix(".began").exists), program.output()
            program.terminate(by)
            assert launched.until(program.refuses), program.output()
            assert program.process.poll() is None
            note.touch()
            response = connection.receive()
        assert (response.status, response.complete) == (200, True)
        assert program.status() == 0, program.output()
    assert re.search(r"application / .*ended", program.logged())
    # What it had for itself is gone; what was extracted stays for the next start.
    assert list(work.glob(archive.stem + "-run-*")) == []
    assert list(work.glob(archive.stem + "-*/WEB-INF"))


def test_upload_that_pauses_ends_before_the_program(archive, work, tmp_path):
    """And the log record of a request leaves no thread that the end waits for."""
    note = tmp_path / "note"
    with launched.Launched(archive, "--port", "0", "--workdir", str(work)) as program:
        with client.Connection(("127.0.0.1", program.address[1])) as connection:
            length = [("Content-Length", "10")]
            connection.request("POST", "/?upload=%s" % note, length, b"begun")
            assert launched.until(note.exists), program.output()
            program.terminate()
            assert launched.until(program.refuses), program.output()
            assert connection.silent_for(2.5), program.output()
            connection.send(b"ended")
            response = connection.receive()
        assert (response.status, response.body) == (200, b"10 octets")
        assert program.status() == 0, program.output()
    assert re.search(r"application / .*ended", program.logged())
    # The logger's name once, although the text of other containers' records has it.
    assert "org.isthmus.python.shop: an upload" in program.logged()
    # Which comes once ten seconds have been waited for a thread.
    assert "IS0062" not in program.logged()


def test_os_exit_is_refused_and_its_place_named(serving):
    assert serving.get("/shop/now/?exit").status == 500
    place = r"IS0140: os\._exit\(7\) .*wsgi\.py:\d+, in application"
    assert launched.until(lambda: re.search(place, serving.logged())), serving.output()
    assert serving.get("/shop/now/").status == 200


def test_os_exit_is_for_who_wants_it(archive, work):
    arguments = ["--port", "0", "--workdir", str(work)]
    with launched.Launched(
        archive, *arguments, options=["-Disthmus.exit=allow"]
    ) as program:
        with client.Connection(("127.0.0.1", program.address[1])) as connection:
            connection.request("GET", "/?exit")
            assert program.status() == 7, program.output()
    assert "IS0140" not in program.logged()


def test_tls(archive, work, tmp_path):
    keys = tmp_path / "keys"
    certificates.write(keys, jdks.discover()[0])
    (tmp_path / "password").write_text(certificates.PASSWORD + "\n")
    arguments = ["--port=0", "--workdir", str(work)]
    arguments += ["--tls-keystore", str(keys / "server.p12")]
    with launched.Launched(
        archive, *arguments, "--tls-password=file:%s" % (tmp_path / "password")
    ) as program:
        assert program.scheme == "https"
        assert program.get("/").json()[2] == "https"
        program.terminate()
        assert program.status() == 0, program.output()
    done = launched.run(archive, *arguments, "--tls-password=env:WORD", WORD="wrong")
    _refused(done, 1, "IS0164", "'%s/server.p12'" % keys)
    done = launched.run(archive, *arguments, "--tls-password=env:NO_SUCH_NAME")
    _refused(done, 2, "IS0161", "--tls-password", "'env:NO_SUCH_NAME'")
    (keys / "none.p12").write_text("no key store")
    arguments[-1] = str(keys / "none.p12")
    done = launched.run(archive, *arguments)
    _refused(done, 1, "IS0164", "'%s/none.p12'" % keys)


@pytest.mark.parametrize(
    "namespace, name",
    [("jakarta", "a b?c%20d[e j\u00fcrgen"), ("javax", "a#b%zzc!d;e j\u00fcrgen")],
)
def test_any_directory_works(namespace, name, work, files, tmp_path):
    """As that of the archive and of temporary files, and as the user's name."""
    files = {**FILES, "WEB-INF/lib/fragment.jar": _fragment(tmp_path)}
    built = launched.build(namespace, files, "odd.war")
    odd = tmp_path / name
    odd.mkdir()
    archive = odd / (name + ".war")
    archive.write_bytes(built.read_bytes())
    (odd / "static").mkdir()
    (odd / "static" / "a.css").write_text("the file")
    options = ["-Djava.io.tmpdir=%s" % odd, "-Duser.name=%s" % name.replace("a", "?")]
    arguments = ["--port=0", "--static", str(odd / "static")]
    with launched.Launched(
        archive, *arguments, options=options, LC_ALL="C.UTF-8"
    ) as program:
        assert program.get("/x").json()[1] == "/x"
        assert program.get("/a.css").body == b"the file"
        program.terminate()
        assert program.status() == 0, program.output()
    (own,) = odd.glob("isthmus-*")
    assert own.name == "isthmus-%d" % os.geteuid()


def _fragment(directory):
    """A jar that Jetty looks into if it looks for fragments."""
    jar = directory / "fragment.jar"
    with zipfile.ZipFile(jar, "w") as archive:
        archive.writestr("META-INF/resources/in-jar.txt", "in a jar")
    return jar.read_bytes()


def test_path_that_the_locale_lacks_is_named(archive):
    done = launched.run(archive, "--workdir", "j\u00fcrgen", LC_ALL="C")
    _refused(done, 2, "IS0161", "--workdir", "LC_ALL=C.UTF-8")


def test_user_without_a_name_has_a_directory_by_number(archive, tmp_path):
    # As OpenShift's have none: Java's user.name is "?", and HOME is not set.
    options = ["-Djava.io.tmpdir=%s" % tmp_path, "-Duser.name=?", "-Duser.home=?"]
    done = launched.run(archive, "run", "-c", "print(1)", options=options)
    assert (done.returncode, done.stdout) == (0, b"1\n"), done.stderr
    assert (tmp_path / ("isthmus-%d" % os.geteuid())).is_dir()


def test_image_runs_as_anybody_in_a_read_only_tree(archive, tmp_path):
    """The commands of the Dockerfile, with other directories."""
    page = (TARGET.parent / "docs" / "deploy" / "docker.md").read_text()
    page = page[page.index("FROM eclipse-temurin") :].partition("```")[0]
    page = page.replace("/opt/shop.war", str(archive)).replace("/opt", str(tmp_path))
    (build,) = re.findall("^RUN java -jar (.*)$", page, re.MULTILINE)
    (start,) = re.findall("^ENTRYPOINT (.*)$", page, re.MULTILINE)
    java, *options = json.loads(start)
    jar = options.index("-jar")
    assert java == "java"
    done = launched.run(*build.split())
    assert done.returncode == 0, done.stderr
    filled, temporary = tmp_path / "shop", tmp_path / "temporary"
    before = sorted(filled.rglob("*"))
    temporary.mkdir()
    with _read_only(filled, temporary) as user:
        with launched.Launched(
            pathlib.Path(options[jar + 1]),
            *["--port=0", *options[jar + 2 :]],
            options=[*options[:jar], "-Djava.io.tmpdir=%s" % temporary],
            user=user,
        ) as program:
            assert program.get("/x").json()[1] == "/x"
            program.terminate()
            assert program.status() == 0, program.output()
    assert sorted(filled.rglob("*")) == before


@contextlib.contextmanager
def _read_only(directory, writable):
    """Nobody may write there; the UID to try it with, which root has to change."""
    modes = {path: path.stat().st_mode for path in directory.rglob("*")}
    closed = {path: path.stat().st_mode | 0o55 for path in directory.parents}
    before = {path: path.stat().st_mode for path in [directory, writable, *closed]}
    for path, mode in {**modes, directory: before[directory]}.items():
        path.chmod(mode & ~0o222)
    for path, mode in {**closed, writable: 0o1777}.items():
        if path.stat().st_mode != mode:
            path.chmod(mode)
    try:
        yield 54321 if os.geteuid() == 0 else None
    finally:
        for path, mode in {**before, **modes}.items():
            if path.stat().st_mode != mode:
                path.chmod(mode)


def _refused(done, status, code, *parts):
    message = done.stderr.decode()
    assert (done.returncode, code + ": " in message) == (status, True), message
    assert [part for part in parts if part not in message] == [], message
    # A message, and no stack of Java's below it.
    assert "\tat " not in message.rpartition("IS01")[2]
