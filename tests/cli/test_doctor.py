"""`isthmus doctor` finds what is wrong with a web application, and only that."""

from codecs import BOM_UTF8

import pytest

import containers
from isthmus_cli.cpython import releases
from isthmus_cli.doctor import container
from loopback import Site
from paths import TARGET
from web_application import HELLO, JAKARTA, JAVAX, PARAM, jython


def test_good_web_application_has_no_findings_packed_or_not(web, doctor):
    assert doctor(web.write()) == {}
    assert doctor(web.unpack()) == {}


@pytest.mark.parametrize("name", ["isthmus-example.war", "isthmus-example-javax.war"])
def test_example_has_no_findings(doctor, name):
    assert doctor(TARGET / name) == {}


CHANGES = {
    "IS0270": ({"WEB-INF/lib/isthmus.jar": None}, "Isthmus"),
    "IS0271": ({"WEB-INF/lib/i2.jar": JAVAX.read_bytes()}, "i2.jar (javax)"),
    "IS0272": ({"WEB-INF/jython/jython.jar": None}, "WEB-INF/jython"),
    "IS0278": ({"WEB-INF/web.xml": b"<web-app>\n<servlet>"}, "line 2"),
    "IS0282": ({"WEB-INF/app/hello.py": None}, "WEB-INF/app"),
    "IS0283": ({"hello.py": b""}, "'hello.py'"),
    "IS0284": ({".git/config": b"", ".git/HEAD": b""}, "'.git'"),
    "IS0285": ({"WEB-INF/app/new.py": b"\nx = f''\n"}, "WEB-INF/app/new.py"),
    "IS0286": ({"WEB-INF/app/bad.py": b"def f(:\n"}, "WEB-INF/app/bad.py"),
    "IS0287": ({"WEB-INF/app/a.py": b"import sixx\n"}, "Did you mean 'six'"),
    # With the mark that editors on Windows put before UTF-8.
    "IS0288": ({"WEB-INF/app/a.py": BOM_UTF8 + b"import urllib.parse\n"}, "urllib"),
    "IS0289": ({"WEB-INF/app/a.py": b"from lxml import etree\n"}, "lxml"),
    "IS0290": ({"WEB-INF/lib-python/a/_c.so": b""}, "a/_c.so"),
}


@pytest.mark.parametrize("code", CHANGES)
def test_each_sign_is_found_alone(web, doctor, code):
    changes, says = CHANGES[code]
    for name, octets in changes.items():
        web.files.pop(name, None)
        if octets is not None:
            web.files[name] = octets
    findings = doctor(web.write())
    assert list(findings) == [code], findings
    assert says in findings[code]


def test_library_for_python_3_is_found_if_the_application_imports_it(web, doctor):
    web.files["WEB-INF/lib-python/six.py"] = b"def f(a: int): pass\n"
    web.files["WEB-INF/lib-python/unused.py"] = b"def f(a: int): pass\n"
    findings = doctor(web.write())
    assert list(findings) == ["IS0285"]
    assert "WEB-INF/lib-python/six.py" in findings["IS0285"]
    assert "annotation" in findings["IS0285"]


def test_imports_are_followed_into_the_libraries(web, doctor):
    lib = "WEB-INF/lib-python/"
    web.files[lib + "six.py"] = b"from form import core\n"
    web.files[lib + "form/__init__.py"] = b""
    web.files[lib + "form/core.py"] = b"import pkg_resources, unknown\n"
    web.files[lib + "form/unused.py"] = b"import absent\n"
    # Nothing that can be seen in the text says that it is not for 2.7.
    web.files[lib + "unknown.py"] = "'’'\n".encode()
    findings = doctor(web.write())
    assert sorted(findings) == ["IS0286", "IS0287"]
    assert lib + "unknown.py: line 1" in findings["IS0286"]
    assert lib + "form/core.py imports 'pkg_resources'" in findings["IS0287"]
    assert "setuptools" in findings["IS0287"] and "44.1.1" in findings["IS0287"]


def test_imports_of_packages_in_src_are_followed(web, doctor):
    web.files["WEB-INF/lib-python/isthmus-project.pth"] = b"../app/src\n"
    web.files["WEB-INF/app/src/shop/__init__.py"] = b"import nosuch, shop.web, web\n"
    web.files["WEB-INF/app/src/shop/web.py"] = b"from . import web\n"
    findings = doctor(web.write())
    assert list(findings) == ["IS0287"]
    assert "'nosuch'" in findings["IS0287"]


def test_what_isthmus_compat_lends_is_not_called_absent(web, doctor):
    web.files["WEB-INF/lib-python/six.py"] = b"from _warnings import warn\n"
    assert list(doctor(web.write())) == ["IS0289"]
    web.files["WEB-INF/app/hello.py"] = b"import isthmus.compat.warnings\n" + HELLO
    assert doctor(web.write()) == {}


def test_second_jython_and_one_in_lib(web, doctor):
    web.files["WEB-INF/lib/other.jar"] = web.files["WEB-INF/jython/jython.jar"]
    assert list(doctor(web.write())) == ["IS0273"]
    del web.files["WEB-INF/jython/jython.jar"]
    assert list(doctor(web.write())) == ["IS0274"]


def test_servlet_api_and_another_side(web, doctor):
    web.jar("WEB-INF/lib/api.jar", jakarta__servlet__Servlet=b"jakarta/servlet/Servlet")
    assert list(doctor(web.write())) == ["IS0275"]
    del web.files["WEB-INF/lib/api.jar"]
    web.jar("WEB-INF/lib/old.jar", a__Old=b"..javax/servlet/http/HttpServlet..")
    findings = doctor(web.write())
    assert list(findings) == ["IS0276"]
    assert "old.jar" in findings["IS0276"]
    assert "javax.servlet" in findings["IS0276"]


def test_settings_are_those_of_this_version(web, doctor):
    web.servlet({"isthmus.app": "hello:application", "isthmus.multi_thread": "true"})
    findings = doctor(web.write())
    assert list(findings) == ["IS0280"]
    assert "init-param" in findings["IS0280"] and "'s'" in findings["IS0280"]
    assert "Did you mean 'isthmus.multithread'?" in findings["IS0280"]
    tag = "context-param"
    context = PARAM % (tag, "isthmus.request.max_body", "10 MB", tag)
    app = {"isthmus.app": "hello:application", "isthmus.slow": "${slow}", "other": "x"}
    web.servlet(app, context=context)
    findings = doctor(web.write())
    assert list(findings) == ["IS0281"]
    assert "context-param" in findings["IS0281"] and "'10 MB'" in findings["IS0281"]


def test_class_that_is_not_there(web, doctor):
    web.servlet({}, "org.isthmus.WsgiServelt")
    findings = doctor(web.write())
    assert list(findings) == ["IS0279"]
    assert "Did you mean 'org.isthmus.WsgiServlet'?" in findings["IS0279"]


def test_file_of_paste_deploys_is_looked_for(web, doctor):
    web.servlet({"isthmus.app": "config:shop.ini#main"})
    assert "shop.ini" in doctor(web.write())["IS0282"]
    web.files["WEB-INF/app/shop.ini"] = b"[app:main]\n"
    assert doctor(web.write()) == {}
    web.servlet({"isthmus.app": "egg:Shop#main"})
    assert doctor(web.write()) == {}


def test_application_that_cannot_be_loaded(web, doctor):
    web.files["WEB-INF/app/my-app.py"] = b"def app(environ, start_response): pass\n"
    for spec, says in {
        "my-app:app": ("package.module:callable", "file.py:callable"),
        "café:app": ("package.module:callable", "file.py:callable"),
        "hello:nosuch": ("WEB-INF/app/hello.py", "'nosuch'"),
        "app/my-app.py:main()": ("WEB-INF/app/my-app.py", "'main'"),
        "app/myapp.py:app": ("app/myapp.py", "WEB-INF/app"),
    }.items():
        web.servlet({"isthmus.app": spec})
        findings = doctor(web.write())
        assert list(findings) == ["IS0282"], spec
        assert all(part in findings["IS0282"] for part in says), findings
    for spec in ("app/my-app.py:app", "helpers:text.os", "${app}", "/srv/app.py:app"):
        web.servlet({"isthmus.app": spec})
        assert doctor(web.write()) == {}


def test_further_entries_of_the_path_are_not_called_absent(web, doctor):
    web.files["WEB-INF/app/a.py"] = b"import elsewhere\n"
    web.servlet({"isthmus.app": "hello:application", "isthmus.python.path": "/opt/py"})
    assert doctor(web.write()) == {}


@pytest.mark.parametrize("name, side", [("tomcat9", "javax"), ("tomcat11", "jakarta")])
def test_real_tomcat_runs_its_own_side_only(web, doctor, name, side):
    home = containers.home(name)
    findings = doctor(web.write(), "--container", home)
    assert findings.keys() <= {"IS0277"}
    assert bool(findings) == (side == "javax")
    web.files["WEB-INF/lib/isthmus.jar"] = JAVAX.read_bytes()
    assert bool(doctor(web.write(), "--container", home)) == (side == "jakarta")


def test_real_jetty_12_runs_both_sides():
    known = container.recognize(containers.home("jetty-ee10"))
    assert known.name.startswith("Jetty 12.")
    assert known.namespaces == {"javax", "jakarta"}


def test_container_with_faults(web, doctor, tmp_path):
    home, real = tmp_path / "tomcat", containers.home("tomcat11")
    (home / "lib").mkdir(parents=True)
    (home / "bin").mkdir()
    catalina = (real / "lib" / "catalina.jar").read_bytes()
    (home / "lib" / "catalina.jar").write_bytes(catalina)
    (home / "lib" / "jython.jar").write_bytes(jython())
    (home / "lib" / "isthmus.jar").write_bytes(JAKARTA.read_bytes())
    setenv = '# -Xint\nCATALINA_OPTS="-XX:TieredStopAtLevel=1"\n'
    (home / "bin" / "setenv.sh").write_text(setenv)
    (home / "logs").mkdir()
    findings = doctor(web.write(), "--container", home)
    assert sorted(findings) == ["IS0291", "IS0292", "IS0293", "IS0294"]
    assert str(home / "temp") in findings["IS0293"]
    assert "-XX:TieredStopAtLevel=1" in findings["IS0294"]


def test_cpython_for_other_machines_only(web, doctor, isthmus, monkeypatch):
    home = containers.home("tomcat11")
    engine = PARAM % ("context-param", "isthmus.engine", "cpython", "context-param")
    web.servlet({"isthmus.app": "hello:application"}, context=engine)
    web.files["WEB-INF/app/hello.py"] = b"application = 1\n"
    web.files["WEB-INF/cpython/solaris-sparc.zip"] = b""
    # The container may be on such a machine.
    assert doctor(web.write()) == {}
    assert "CPython for solaris-sparc" in isthmus("doctor", web.path).out
    findings = doctor(web.path, "--container", home)
    assert list(findings) == ["IS0309"]
    assert all(n in findings["IS0309"] for n in ("solaris-sparc", releases.here()))
    result = isthmus("doctor", web.path, "--container", home)
    # The server's environment, which the doctor cannot see, may name a Python.
    assert result.code == 0 and "ISTHMUS_PYTHON_EXECUTABLE" in result.out, result
    with monkeypatch.context() as patch:
        patch.setattr(releases, "here", lambda: "windows-x86_64")
        result = isthmus("doctor", web.path, "--container", home).out
    assert "IS0309" in result and "--platform" not in result, result
    web.files["WEB-INF/cpython/%s.zip" % releases.here()] = b""
    assert doctor(web.write(), "--container", home) == {}
    del web.files["WEB-INF/cpython/%s.zip" % releases.here()]
    path = ("context-param", "isthmus.python.executable", "python3", "context-param")
    web.servlet({"isthmus.app": "hello:application"}, context=engine + PARAM % path)
    assert doctor(web.write(), "--container", home) == {}


@pytest.mark.parametrize("what", ["gone.war", "text.war", "."])
def test_what_is_no_web_application_is_an_error(isthmus, tmp_path, monkeypatch, what):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.war").write_text("no zip")
    ended = isthmus("doctor", what)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("IS0257: ")


def test_what_is_no_container_is_an_error(isthmus, web, tmp_path):
    ended = isthmus("doctor", web.write(), "--container", tmp_path)
    assert ended.code == 3 and ended.err.startswith("IS0258: ")


def test_findings_for_people_have_severity_code_remedy_and_link(isthmus, web):
    web.files["hello.py"] = b""
    ended = isthmus("doctor", web.write())
    assert ended.code == 1
    lines = ended.out.splitlines()
    assert lines[1].startswith("error IS0283: ") and "'hello.py'" in lines[1]
    assert "WEB-INF/app" in lines[1] and "`isthmus explain IS0283`" in lines[1]
    assert lines[-1] == "1 error, 0 warnings"


TOMCAT = "<h3>Apache Tomcat/9.0.117</h3>"


@pytest.mark.parametrize(
    "field, page, codes",
    [
        ("", TOMCAT, ["IS0277"]),
        ("Jetty(11.0.2)", "", []),
        ("Jetty(10.0.2)", "", ["IS0277"]),
        ("Jetty(12.1.8)", "", []),
        ("nginx", "", ["IS0296"]),
    ],
)
def test_container_is_told_by_its_url_where_it_names_itself(
    doctor, web, field, page, codes
):
    class Anything(dict):
        def get(self, _path, _default):
            return 404, page

    with Site(Anything(), server=field) as site:
        assert list(doctor(web.write(), "--container", site.url)) == codes


def test_module_below_a_directory_that_a_library_may_add_is_not_called_absent(
    web, doctor
):
    name = "WEB-INF/lib-python/six/webkit/Fake/WebKit/%s.py"
    web.files[name % "__init__"] = web.files[name % "Page"] = b""
    web.files["WEB-INF/app/a.py"] = b"from WebKit.Page import Page\n"
    assert doctor(web.write()) == {}
