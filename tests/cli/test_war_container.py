"""What a WAR asks of its container: jars, login, roles, status; what it will lack."""

import json
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest

from isthmus_cli import artifacts, exit_codes, plain

HELLO = "def application(environ, start_response):\n    return []\n"
POM = "groupId=org.example\nartifactId=driver\nversion=1.2\n"
# Of a class that asks for the other side's Servlet API.
JAVAX = b"\xca\xfe\xba\xbe javax/servlet/http/HttpServlet"


@pytest.fixture
def war(tmp_path, monkeypatch, isthmus):
    """Make x.war; returns how the tool ended, and the files in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hello.py").write_text(HELLO)

    def made(*words):
        ended = isthmus("war", "--jython=none", "-o", "x.war", *words)
        if not (tmp_path / "x.war").exists():
            return ended, {}
        with zipfile.ZipFile(tmp_path / "x.war") as opened:
            return ended, {name: opened.read(name) for name in opened.namelist()}

    return made


def _jar(path, **entries):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as jar:
        for name, content in entries.items():
            jar.writestr(name.replace("__", "/"), content)
    return path


def _driver(directory):
    path = directory / "driver-1.2.jar"
    _jar(path, org__example__Driver=b"x")
    with zipfile.ZipFile(path, "a") as jar:
        jar.writestr("META-INF/maven/org.example/driver/pom.properties", POM)
    return path


def _texts(files, path):
    root = ElementTree.fromstring(files["WEB-INF/web.xml"])
    steps = "/".join("{*}" + step for step in path.split("/"))
    return [element.text for element in root.findall(steps)]


def test_jars_are_in_the_library_and_the_bill_of_materials(war, tmp_path):
    driver = _driver(tmp_path / "a")
    _jar(tmp_path / "b" / "plain-3.jar", x=b"1")
    ended, files = war("--java-lib", driver, "--java-lib", "b")
    assert (ended.code, ended.err) == (0, ""), ended
    assert files["WEB-INF/lib/driver-1.2.jar"] == driver.read_bytes()
    assert "WEB-INF/lib/plain-3.jar" in files
    bill = json.loads(files["META-INF/sbom/application.cdx.json"])
    known = {part["purl"] for part in bill["components"]}
    assert "pkg:maven/org.example/driver@1.2" in known
    assert "pkg:maven/unknown/plain@3" in known


def test_what_is_no_jar_for_the_library_is_refused(war, tmp_path):
    (tmp_path / "no.jar").write_text("no")
    (tmp_path / "empty").mkdir()
    driver = _driver(tmp_path / "a")
    other = _jar(tmp_path / "b" / driver.name, x=b"2")
    named = _jar(tmp_path / "driver.zip", x=b"3")
    for words, code in [
        (["no.jar"], "IS0222"),
        (["empty"], "IS0222"),
        ([named], "IS0222"),
        ([driver, other], "IS0223"),
    ]:
        options = [word for jar in words for word in ("--java-lib", jar)]
        ended, files = war(*options)
        assert ended.code == exit_codes.BROKEN_RULE and not files, ended
        assert ended.err.startswith(code + ": ") and str(words[-1]) in ended.err


def test_coordinates_come_from_the_local_repository_and_then_from_the_cache(
    war, tmp_path, monkeypatch
):
    repository, cache = tmp_path / "repository", tmp_path / "cache"
    # With Jython in the cache, for Maven to fetch nothing.
    for path in artifacts.jython():
        kept = cache / path.relative_to(artifacts.cache())
        kept.parent.mkdir(parents=True, exist_ok=True)
        plain.link(path, kept)
    jar = _driver(repository / "org" / "example" / "driver" / "1.2")
    monkeypatch.setenv("MAVEN_ARGS", "-Dmaven.repo.local=%s" % repository)
    monkeypatch.setenv("ISTHMUS_CACHE", str(cache))
    content = jar.read_bytes()
    named = ("--java-lib", "org.example:driver:1.2")
    ended, files = war(*named)
    assert (ended.code, ended.err) == (0, ""), ended
    assert files["WEB-INF/lib/driver-1.2.jar"] == content
    # A damaged file is replaced, a whole one is enough.
    (kept,) = cache.rglob("driver-1.2.jar")
    kept.write_bytes(b"damaged")
    _, files = war(*named)
    assert files["WEB-INF/lib/driver-1.2.jar"] == content
    jar.unlink()
    _, files = war(*named)
    assert files["WEB-INF/lib/driver-1.2.jar"] == content


def test_coordinates_without_maven_are_refused(war, tmp_path, monkeypatch):
    monkeypatch.setenv("MAVEN_ARGS", "-Dmaven.repo.local=%s" % (tmp_path / "none"))
    monkeypatch.setenv("PATH", str(tmp_path))
    ended, files = war("--java-lib", "org.example:absent:1")
    assert ended.code == exit_codes.BROKEN_RULE and not files
    assert ended.err.startswith("IS0222: ")
    assert "org.example:absent:1" in ended.err and "mvn" in ended.err


def test_jar_of_the_other_side_is_reported(war, tmp_path):
    _jar(tmp_path / "old.jar", A=b"")
    with zipfile.ZipFile(tmp_path / "old.jar", "a") as jar:
        jar.writestr("org/example/Old.class", JAVAX)
    ended, files = war("--java-lib", "old.jar")
    assert ended.code == exit_codes.FINDINGS and "IS0276" in ended.err
    assert files
    ended, _ = war("--java-lib", "old.jar", "--servlet=javax")
    assert (ended.code, ended.err) == (0, "")


def test_login_and_roles(war):
    words = ["--login=basic", "--secure", "/admin/*=admin,owner", "--secure", "/x=*"]
    ended, files = war(*words)
    assert (ended.code, ended.err) == (0, "")
    assert _texts(files, "login-config/auth-method") == ["BASIC"]
    constraint = "security-constraint/"
    patterns = _texts(files, constraint + "web-resource-collection/url-pattern")
    assert patterns == ["/admin/*", "/x"]
    roles = _texts(files, constraint + "auth-constraint/role-name")
    assert roles == ["admin", "owner", "*"]


def test_login_by_a_form_of_the_static_files(war, tmp_path):
    words = ["--login=form", "--static=public"]
    (tmp_path / "public").mkdir()
    ended, files = war(*words)
    assert ended.code == exit_codes.USAGE and "/login.html" in ended.err
    for name in ("login.html", "login-failed.html"):
        (tmp_path / "public" / name).write_text("<form>")
    ended, files = war(*words)
    assert (ended.code, ended.err) == (0, "")
    pages = "login-config/form-login-config/form-login-page"
    assert _texts(files, pages) == ["/login.html"]


@pytest.mark.parametrize(
    "words, message",
    [
        (["--login=bsic"], "basic"),
        (["--login=basic=/a,/b"], "basic"),
        (["--login=form=/a"], "/login.html"),
        (["--login=form=a,b"], "/login.html"),
        (["--secure=/admin/*=admin"], "--login"),
        (["--login=basic", "--secure=admin=admin"], "'admin=admin'"),
        (["--login=basic", "--secure=/a"], "'/a'"),
        (["--login=basic", "--secure=/a/*.html=x"], "PATTERN=ROLE"),
    ],
)
def test_what_no_web_xml_could_say(war, words, message):
    ended, files = war(*words)
    assert ended.code == exit_codes.USAGE and message in ended.err, ended
    assert not files


def test_status_servlet_is_there_unless_it_is_not_wanted(war):
    _, files = war()
    assert "org.isthmus.StatusServlet" in _texts(files, "servlet/servlet-class")
    _, files = war("--no-status")
    assert _texts(files, "servlet/servlet-class") == ["org.isthmus.WsgiServlet"]


def test_what_java_jar_will_lack_is_reported_when_the_war_is_made(war):
    asked = ["--jndi=jdbc/shop", "--resource-ref=mail/x=jakarta.mail.Session"]
    ended, _ = war(*asked, "--login=basic")
    assert (ended.code, ended.err) == (0, "")
    ended, _ = war(*asked, "--login=basic", "--executable", "--verbose")
    lines = ended.err.splitlines()
    # A data source is for whoever starts it to provide.
    assert ended.code == 0 and len(lines) == 2, ended
    assert all(line.startswith("warning IS0300: ") for line in lines)
    named = ("mail/x", "login service")
    assert all(name in line for name, line in zip(named, lines))
    ended, _ = war(*asked, "--executable", "--strict")
    assert ended.code == exit_codes.FINDINGS


def test_directory_beside_an_older_war_has_nothing_that_was_written(war, tmp_path):
    war()
    (tmp_path / "more.py").write_text("x = 1\n")
    ended, _ = war("--exploded", "-o", "x", "--strict")
    assert (ended.code, ended.out, ended.err) == (0, "x\n", "")
