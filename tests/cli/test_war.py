"""`isthmus war` makes web applications of what Jython compiles, and of nothing else."""

import hashlib
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest

from isthmus_cli import artifacts, exit_codes, jdk
from isthmus_cli.war import compiling
from paths import TARGET
from war_project import HELLO, LARGE, contents, make

JAR = "WEB-INF/lib/%s"


@pytest.fixture
def project(tmp_path, monkeypatch, isthmus):
    return make(tmp_path, monkeypatch, isthmus)


def _texts(descriptor, tag):
    root = ElementTree.fromstring(descriptor)
    return [e.text for e in root.iter() if e.tag.endswith("}" + tag)]


def test_hello_becomes_a_web_application(project):
    source = project.write("hello.py")
    project.write(".env", "SECRET=1")
    (war,) = project.war()
    assert war.name == "été 日本.war"
    files = contents(war)
    jython = {"WEB-INF/jython/" + j.name for j in (TARGET / "jython").iterdir()}
    assert jython < set(files)
    assert set(files) - jython == {
        "META-INF/MANIFEST.MF",
        "META-INF/sbom/application.cdx.json",
        "WEB-INF/app/hello$py.class",
        "WEB-INF/app/hello.py",
        JAR % artifacts.isthmus("jakarta").name,
        "WEB-INF/web.xml",
    }
    assert files["WEB-INF/app/hello.py"] == source.read_bytes()
    assert files["WEB-INF/app/hello$py.class"][:4] == b"\xca\xfe\xba\xbe"
    assert _texts(files["WEB-INF/web.xml"], "param-value") == ["hello:application"]
    assert _texts(files["WEB-INF/web.xml"], "display-name") == ["été 日本"]
    bill = json.loads(files["META-INF/sbom/application.cdx.json"])
    assert bill["metadata"]["component"]["name"] == "été 日本"
    assert len(bill["components"]) == len(jython) + 1
    with zipfile.ZipFile(war) as archive:
        stored = {e.filename for e in archive.infolist() if not e.compress_type}
    assert stored == {name for name in files if name.endswith(".jar")}
    # Not even its own name leads to where it will be mounted.
    assert _texts(files["WEB-INF/web.xml"], "url-pattern") == ["/*", "/isthmus/*"]


def test_same_sources_give_the_same_octets_wherever_they_are(
    project, tmp_path, monkeypatch
):
    project.write("hello.py")
    (first,) = project.war("-o", "a.war", "--jython=none")
    monkeypatch.setenv(artifacts.CACHE, str(tmp_path / "another cache"))
    monkeypatch.setenv("TZ", "Pacific/Chatham")
    (second,) = project.war("-o", "b.war", "--jython=none")
    digests = [hashlib.sha256(w.read_bytes()).hexdigest() for w in (first, second)]
    assert digests[0] == digests[1]
    (named,) = project.war("-o", "c.war", "--name", "c", "--jython=none")
    assert _texts(contents(named)["WEB-INF/web.xml"], "display-name") == ["c"]


def test_data_are_left_out_and_told_of(project, isthmus):
    project.write("hello.py")
    names = ["instance/shop.txt", "instance/more/a.txt", "shop.db", "in/b.sqlite3-wal"]
    for name in names:
        project.write(name, "data")
    ended = isthmus("war", "--jython=none", "-o", "a.war")
    assert ended.code == 0, ended
    (line,) = ended.err.splitlines()
    for word in ("instance/", "shop.db", "in/b.sqlite3-wal", "--include"):
        assert word in line
    app = {n for n in contents(project.directory / "a.war") if "/app/" in n}
    assert app == {"WEB-INF/app/hello.py", "WEB-INF/app/hello$py.class"}
    words = ["--include=instance", "--include=*.db", "--exclude=*.sqlite3-wal"]
    ended = isthmus("war", "--jython=none", "-o", "a.war", *words)
    assert "Left out" not in ended.err
    app = {n for n in contents(project.directory / "a.war") if "/app/" in n}
    assert {"WEB-INF/app/shop.db", "WEB-INF/app/instance/more/a.txt"} < app


def test_data_beside_packages_are_left_out_and_told_of(project, isthmus):
    project.write("shop.ini", "[app:main]\npaste.app_factory = shop:make\n")
    project.write("src/shop/__init__.py", "def make(config):\n    return config\n")
    # Where Flask has it for a package in src/; and of MLflow. The others are sources.
    data = ["src/instance/uploads/a.txt", "mlruns/0/meta.yaml", "mlartifacts/0/a"]
    own = ["src/shop/instance/a.txt", "src/shop/mlruns/a.txt", "src/build/a.txt"]
    for name in data + own:
        project.write(name, "x")
    ended = isthmus("war", "shop.ini", "--jython=none", "-o", "a.war")
    (line,) = [x for x in ended.err.splitlines() if x.startswith("Left out")]
    for word in ("src/instance/", "mlruns/", "mlartifacts/"):
        assert " %s" % word in line, line
    app = {n for n in contents(project.directory / "a.war") if n.endswith(".txt")}
    assert app == {"WEB-INF/app/" + name for name in own}


def test_package_with_a_name_of_data_is_code(project, isthmus):
    project.write("hello.py")
    for name in ("instance/__init__.py", "instance/page.html", "mlruns/a/x.yaml"):
        project.write(name, "")
    ended = isthmus("war", "--jython=none", "-o", "a.war")
    assert "Left out as data: mlruns/." in ended.err, ended
    app = {n for n in contents(project.directory / "a.war") if "/app/instance/" in n}
    assert {"WEB-INF/app/instance/" + n for n in ("__init__.py", "page.html")} <= app
    assert "IS0301" not in ended.err
    ended = isthmus("war", "--jython=none", "-o", "a.war", "--exclude=instance")
    assert not [n for n in contents(project.directory / "a.war") if "/instance/" in n]


def test_file_whose_name_is_no_modules_is_named_by_its_path(project):
    project.write("日-本.py")
    (war,) = project.war("日-本.py", "--jython=none")
    files = contents(war)
    spec = "app/日-本.py:application"
    assert _texts(files["WEB-INF/web.xml"], "param-value") == [spec]
    assert "WEB-INF/app/日-本.py" in files


def test_configuration_may_have_its_factories_in_src(project):
    project.write("production.ini", "[app:main]\npaste.app_factory = shop.web:make\n")
    project.write("src/shop/__init__.py", "")
    project.write("src/shop/web.py", "def make(conf):\n    return conf.get\n")
    for pattern in ("paste", "pkg_resources", "PasteDeploy-*", "setuptools-*"):
        for path in (TARGET / "libraries").glob(pattern):
            target = project.directory / "lib" / path.name
            (shutil.copytree if path.is_dir() else shutil.copy)(path, target)
    # Nothing is said: Jython has imported it.
    (war,) = project.war("--lib", "lib")
    files = contents(war)
    assert files["WEB-INF/lib-python/isthmus-project.pth"] == b"../app/src\n"
    assert "WEB-INF/app/src/shop/web.py" in files


def test_both_namespaces_differ_in_the_jar_alone(project):
    project.write("hello.py")
    jakarta, javax = project.war("-o", "x.war", "--servlet=both", "--jython=none")
    assert (jakarta.name, javax.name) == ("x.war", "x-javax.war")
    one, two = contents(jakarta), contents(javax)
    jars = [JAR % artifacts.isthmus(n).name for n in ("jakarta", "javax")]
    for files, name in zip((one, two), jars):
        jar = (TARGET / name.rpartition("/")[2]).read_bytes()
        assert files.pop(name) == jar
    assert one == two
    (alone,) = project.war("-o", "y.war", "--servlet=javax", "--jython=none")
    assert alone.name == "y.war" and jars[1] in contents(alone)


def test_options_of_the_command_line_reach_the_web_application(project):
    project.write("shop/__init__.py", "")
    project.write("shop/web.py", "def main():\n    pass\n")
    project.write("public/index.html", "<p>")
    project.write("media/a.png", "png")
    project.write("lib/bottle.py", "x = 1\n")
    project.write("lib/bottle-0.12.dist-info/METADATA", "Name: bottle\n")
    project.write("lib/pkg/tests/test_x.py", "x = 1\n")
    options = ["--static", "public", "--static", "media=/m/", "--lib", "lib", "--strip"]
    options += ["--context-param", "isthmus.slow=5", "--jndi", "jdbc/shop"]
    options += ["--resource-ref", "mail/x=jakarta.mail.Session", "--distributable"]
    options += ["--name", "Shop & é", "--no-precompile", "--jython", "none"]
    (war,) = project.war("shop.web:main()", "-o", "shop.war", *options)
    files = contents(war)
    assert sorted(name for name in files if not name.endswith(".jar")) == [
        "META-INF/MANIFEST.MF",
        "META-INF/sbom/application.cdx.json",
        "WEB-INF/app/shop/__init__.py",
        "WEB-INF/app/shop/web.py",
        "WEB-INF/lib-python/bottle-0.12.dist-info/METADATA",
        "WEB-INF/lib-python/bottle.py",
        "WEB-INF/web.xml",
        "index.html",
        "m/a.png",
    ]
    descriptor = files["WEB-INF/web.xml"]
    assert _texts(descriptor, "display-name") == ["Shop & é"]
    assert _texts(descriptor, "param-value") == ["5", "shop.web:main()"]
    assert _texts(descriptor, "res-ref-name") == ["jdbc/shop", "mail/x"]
    assert _texts(descriptor, "filter-class") == ["org.isthmus.WsgiFilter"]


def test_project_says_what_the_command_line_does_not(project):
    project.write("site/app.py", "app = 1\n")
    project.write(
        "own.xml", "<w><filter-class>org.isthmus.WsgiFilter</filter-class></w>"
    )
    project.write(
        "pyproject.toml",
        "[project]\nname = 'shop'\n[tool.isthmus]\napp = 'site'\nweb-xml = 'own.xml'\n"
        "jython = 'none'\nexploded = true\n",
    )
    (directory,) = project.war()
    assert directory.name == "shop"
    assert (directory / "WEB-INF" / "web.xml").read_bytes().startswith(b"<w>")
    assert (directory / "WEB-INF" / "app" / "app.py").is_file()
    # Once more: it is replaced, and not packed into itself.
    project.war()
    assert not (directory / "WEB-INF" / "app" / "shop").exists()


def test_executable_has_the_launcher_and_jetty_of_its_namespace(project):
    project.write("hello.py")
    options = ["--executable", "--servlet=both", "--jython=none", "-o", "x.war"]
    for war, own, other in zip(project.war(*options), ("ee10", "ee8"), ("ee8", "ee10")):
        files = contents(war)
        assert "META-INF/versions/11/org/isthmus/launcher/Main.class" in files
        assert (
            b"\r\nMain-Class: org.isthmus.launcher.Main\r\n"
            in files["META-INF/MANIFEST.MF"]
        )
        jetty = [n for n in files if n.startswith("WEB-INF/launcher/jetty-")]
        assert [n for n in jetty if own in n] and not [n for n in jetty if other in n]
        bill = json.loads(files["META-INF/sbom/application.cdx.json"])
        named = {component["name"] for component in bill["components"]}
        assert {"jetty-server", "jetty-%s-webapp" % own} <= named


def test_list_writes_nothing(project):
    project.write("hello.py")
    lines = [line.split(None, 1) for line in _listed(project, "war", "--list")]
    sizes = {name: int(size) for size, name in lines}
    assert sizes["WEB-INF/app/hello.py"] == len(HELLO)
    jar = "jython-standalone-2.7.4.jar"
    assert not [name for name in sizes if name.endswith(jar)]
    standalone = _listed(project, "war", "--list", "--jython=standalone")
    assert [line for line in standalone if line.endswith("WEB-INF/jython/" + jar)]


def _listed(project, *args):
    before = sorted(project.directory.rglob("*"))
    ended = project._isthmus(*args)
    assert ended.code == 0 and sorted(project.directory.rglob("*")) == before
    return ended.out.splitlines()


def test_each_file_that_jython_cannot_compile_is_reported_with_the_reason(project):
    project.write("hello.py")
    project.write("shop/three.py", "x = 1\ndef f(a: int):\n    return f'{a}'\n")
    project.write("shop/é.py", "# coding: utf-8\nx = 'é' 1\n")
    project.write("shop/large.py", LARGE)
    project.write("shop/half.py", 'x = 1\ny = u"""a\n\\ud834"""\n')
    for number, blank in enumerate(["  ", "\n\t", "  \n\n  ", "# no more\n  "]):
        # Python 2.7 compiles all of them.
        project.write("shop/blank%d.py" % number, blank)
    output = project.refused()
    assert "blank" not in output
    assert output.startswith("IS0214: ") and "Traceback" not in output
    for name, *parts in (
        ("shop/three.py", "line 2", "annotation", "Python 3", "'def f("),
        ("shop/é.py", "line 2", "Python 2.7", "'x = 'é' 1'"),
        ("shop/large.py", "64 KiB"),
        ("shop/half.py", "line 3 has '\\ud834'", "cannot decode"),
    ):
        (line,) = [line for line in output.splitlines() if name + ": " in line]
        assert [part for part in parts if part not in line] == [], line
    project.war("--exclude", "shop", "--jython=none")


def test_every_construct_of_python_3_in_a_file_is_reported_at_once(project):
    lines = ["import sys", "x = f'{1}'", "nonlocal_ = 1", "y: int = 2", "z = f'{y}'"]
    lines += ["print(1, file=sys.stderr)", "def f(*, a): pass", "w = [*x]"]
    project.write("hello.py", "\n".join(lines) + "\n" + HELLO)
    project.write("future.py", "from __future__ import print_function\nx = b'é'\n")
    output = project.refused()
    assert "an f-string in lines 2, 5;" in output
    assert "an annotation in line 4" in output
    assert "print as a function in line 6" in output
    assert "keyword-only arguments in line 7" in output
    assert "unpacking with * in line 8" in output
    # Which is of Python 2.7, too.
    assert "future.py" in output and output.count("print as a function") == 1


def test_file_of_a_library_that_jython_cannot_compile_is_reported(project, isthmus):
    project.write("hello.py")
    project.write("lib/jinja2/__init__.py", "")
    project.write("lib/jinja2/asyncsupport.py", "async def f():\n    pass\n")
    project.write("lib/jinja2/_identifier.py", "x = r'%s'\n" % ("·̀" * 99))
    words = ["war", "--lib", "lib", "--jython=none", "-o", "x.war"]
    ended = isthmus(*words, "--strict")
    assert ended.code == 0
    assert "2 files of libraries" in ended.err, ended.err
    assert "import" in ended.err and ended.err.count("\n") == 1
    ended = isthmus(*words, "--verbose")
    assert re.search(r"lib-python/jinja2/asyncsupport\.py: .*async", ended.err)
    lines = ended.err.splitlines()
    assert len(lines) == 3 and "import" in lines[-1]
    (quoting,) = [line for line in lines[:-1] if "_identifier.py" in line]
    assert "'x = r'\\xb7\\u0300\\xb7" in quoting and len(quoting) < 250
    assert quoting.isascii() and quoting.endswith("...'")
    bytecode = [n for n in contents(project.directory / "x.war") if "$py" in n]
    assert sorted(bytecode) == [
        "WEB-INF/app/hello$py.class",
        "WEB-INF/lib-python/jinja2/__init__$py.class",
    ]


def test_what_the_doctor_finds_in_the_sources_is_reported(project, isthmus):
    project.write("hello.py", "import urllib.request\nimport nosuch\n" + HELLO)
    options = ["--context-param", "isthmus.slow=soon", "--context-param", "mine=1"]
    options.append("--engine=jython")
    ended = isthmus("war", "-o", "x.war", *options)
    assert (ended.code, ended.out) == (exit_codes.FINDINGS, "x.war\n")
    codes = [line.split(":")[0] for line in ended.err.splitlines()]
    assert codes == ["error IS0281", "error IS0288", "error IS0287"]


def test_warnings_are_one_line_and_decide_where_they_should(project, isthmus):
    project.write("hello.py")
    for number in range(3):
        project.write("lib/spam/_spam%d.so" % number, b"ELF")
    words = ["war", "--lib", "lib", "--jython=none", "-o", "x.war"]
    ended = isthmus(*words)
    assert (ended.code, ended.out) == (0, "x.war\n")
    assert ended.err.startswith("warning IS0290: ") and ended.err.count("\n") == 1
    assert "2 more" in ended.err and "--verbose" in ended.err
    strict = isthmus(*words, "--strict")
    assert (strict.code, strict.out) == (exit_codes.FINDINGS, "x.war\n")
    verbose = isthmus(*words, "--verbose")
    assert verbose.code == 0
    for ended in (strict, verbose):
        codes = [line.split(":")[0] for line in ended.err.splitlines()]
        assert codes == ["warning IS0290"] * 3


def test_unchanged_sources_need_no_java(project, monkeypatch):
    project.write("hello.py")
    project.war("-o", "a.war", "--jython=none")
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    project.war("-o", "a.war", "--jython=none")
    project.write("hello.py", HELLO + "# changed\n")
    assert "IS0204" in project.refused("-o", "a.war", "--jython=none")


def test_library_that_jython_cannot_compile_is_remembered(
    project, isthmus, monkeypatch
):
    project.write("hello.py")
    project.write("lib/three.py", "async def f():\n    return 'é'\n")
    war = ("war", "--lib", "lib", "--jython=none", "--verbose", "-o", "x.war")
    before = isthmus(*war)
    assert before.code == 0 and re.search(r"three\.py: .*line 2\b", before.err)
    # As for what is compiled: the second time needs no Java.
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    assert isthmus(*war) == before


def test_damaged_bytecode_in_the_cache_is_made_anew(project, tmp_path, monkeypatch):
    monkeypatch.setenv(artifacts.CACHE, str(tmp_path / "cache"))
    project.write("hello.py")
    (war,) = project.war("-o", "a.war", "--jython=none")
    before = war.read_bytes()
    (kept,) = (p for p in (tmp_path / "cache/bytecode").rglob("*") if p.is_file())
    kept.write_bytes(kept.read_bytes()[:-1])
    (jar,) = (tmp_path / "cache/artifacts").rglob("guava-*.jar")
    jar.write_bytes(b"damaged")
    project.war("-o", "a.war", "--jython=none")
    assert war.read_bytes() == before


def test_precompile_passes_over_what_is_too_large(project):
    # The module that WARs of other builds are compiled by.
    project.write("app/large.py", LARGE)
    project.write("app/hello.py")
    jars = [artifacts.isthmus("jakarta"), *artifacts.jython()]
    command = [jdk.find().java, *compiling.OPTIONS, "-cp", ":".join(map(str, jars))]
    command += ["org.python.util.jython", "-m", "isthmus.precompile", "app"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^1 compiled, 1 ", done.stdout, re.M)
    assert (project.directory / "app" / "hello$py.class").is_file()
