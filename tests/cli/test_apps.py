"""The application is the one that was named, or else the one that convention says."""

import pytest

from isthmus_cli import apps
from isthmus_cli.rules import Rule, ToolError

APPLICATION = "def application(environ, start_response):\n    pass\n"
DEPLOY = "[DEFAULT]\nx = 1\n\n[composite:main]\nuse = egg:Paste#urlmap\n"


class Project:
    """A directory of sources."""

    def __init__(self, directory):
        self.directory = directory

    def write(self, name, text=APPLICATION):
        file = self.directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def found(self, named=None):
        app = apps.find(named, self.directory)
        return app.spec, app.root.relative_to(self.directory).as_posix()

    def refused(self, named=None):
        with pytest.raises(ToolError) as refused:
            apps.find(named, self.directory)
        return refused.value


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        APPLICATION,
        "# coding: latin-1\napplication = get_wsgi_application()\n",
        "class application(object):\n    pass\n",
        "from shop.web import main as application\n",
        # As editors on Windows mark UTF-8.
        "\ufeff" + APPLICATION,
        "import x\nfrom shop import application, other\n",
    ],
)
def test_each_way_to_bind_the_name_is_seen(project, text):
    project.write("wsgi.py", text)
    assert project.found() == ("wsgi:application", ".")


FACTORY = "def create_app(config=None):\n    pass\n"


@pytest.mark.parametrize(
    "source, named, words",
    [
        (FACTORY, "shop.web:create_app", ["'shop.web:create_app()'"]),
        ("def make():\n    pass\n", "shop.web:make", ["'shop.web:make()'"]),
        (
            "def create_app(a=1, b=2):\n    pass\n",
            "shop.web:create_app",
            ["'shop.web:create_app()'"],
        ),
        ("def app(environ):\n    pass\n", "shop.web:app", ["start_response"]),
        (
            "def app(e, s, *, key):\n    pass\n",
            "src/shop/web.py:app",
            ["start_response"],
        ),
        ("def make(config):\n    pass\n", "shop.web:make()", ["'config'"]),
        ("def make(*, key):\n    pass\n", "shop.web:make()", ["'key'"]),
        (FACTORY, "shop.web:create_app('x')", ["create_app('x')", "arguments"]),
        (FACTORY, "shop.web.create_app()", ["'shop.web:create_app()'"]),
        (FACTORY, "shop.web.create_app", ["'shop.web:create_app'"]),
        (FACTORY, "shop.web", ["'shop.web:create_app()'"]),
        (FACTORY, "shop.web.creat_app", ["ASCII"]),
        (FACTORY, "shop.w\xe9b", ["ASCII"]),
    ],
)
def test_name_that_can_never_work_is_reported_with_the_right_one(
    project, source, named, words
):
    project.write("src/shop/__init__.py", "")
    project.write("src/shop/web.py", source)
    refused = project.refused(named)
    assert refused.rule is Rule.APP_UNKNOWN, refused
    assert [word for word in words if word not in str(refused)] == [], refused
    assert "2.7" not in str(refused)


@pytest.mark.parametrize(
    "source, named",
    [
        ("def app(*args):\n    pass\n", "shop:app"),
        ("def app(a, b, c=3):\n    pass\n", "shop:app"),
        # Decorated, it may be anything.
        ("@wsgi\ndef app(request):\n    pass\n", "shop:app"),
        ("def app(r):\n    pass\napp = wsgi(app)\n", "shop:app"),
        ("@command\ndef make(x):\n    pass\n", "shop:make()"),
        ("class App:\n    def __call__(self, e, s):\n        pass\n", "shop:App()"),
        ("def app(e):\n    print 1\n", "shop:app"),
        # What the name stands for in the end does not show in a statement.
        ("def app(r):\n    pass\nglobals()['app'] = wsgi(app)\n", "shop:app"),
        (
            "def app(r):\n    pass\nsetattr(sys.modules[__name__], 'app', wsgi)\n",
            "shop:app",
        ),
        (
            "def app(r):\n    pass\ntry:\n    f()\nexcept E as app:\n    pass\n",
            "shop:app",
        ),
    ],
)
def test_name_that_may_work_is_taken(project, source, named):
    project.write("shop.py", source)
    assert project.found(named) == (named, ".")


@pytest.mark.parametrize(
    "source, call",
    [
        ("app = Flask(__name__)\n\napp.run(debug=True)\n", "app.run()"),
        ("app = 1\nimport waitress\nwaitress.serve(app, port=1)\n", "serve()"),
        ("app = 1\nfrom waitress import serve as go\ngo(app)\n", "go()"),
        (
            "import werkzeug.serving as s\napp = 1\ns.run_simple('', 1, app)\n",
            "run_simple()",
        ),
        ("app = 1\n\nmake_server('', 1, app).serve_forever()\n", "serve_forever()"),
        (
            "app = 1\nhttpd = make_server('', 1, app)\nhttpd.serve_forever()\n",
            "httpd.serve_forever()",
        ),
    ],
)
def test_import_that_serves_by_itself_is_refused(project, source, call):
    project.write("app.py", source)
    refused = project.refused()
    assert refused.rule is Rule.APP_SERVES_ITSELF
    assert "Line 3" in str(refused) and call in str(refused), refused


@pytest.mark.parametrize(
    "lines",
    [
        "def serve(app):\n    return app\nserve(application)\n",
        "import metrics\nmetrics.serve(application)\n",
        "app = Celery()\napp.run()\n",
        "class Queue:\n    def serve_forever(self): pass\nQueue().serve_forever()\n",
    ],
)
def test_call_that_may_return_is_no_server(project, lines):
    project.write("shop.py", APPLICATION + lines)
    assert project.found("shop:application") == ("shop:application", ".")


def test_package_goes_before_the_module_beside_it_as_in_python(project):
    project.write("app.py", "create_app = application = print\n")
    project.write("app/__init__.py", FACTORY)
    assert "'app:create_app()'" in str(project.refused("app:create_app"))


def test_name_that_ends_with_a_dot_is_no_hint(project):
    project.write("shop.py")
    assert "Did you mean" not in str(project.refused("shop."))


def test_program_that_serves_only_as_such_is_taken(project):
    guarded = "if __name__ == '__main__':\n    app.run()\n"
    others = "import asyncio, subprocess\nsubprocess.run(['x'])\nasyncio.run(main())\n"
    project.write("app.py", "app = Flask(__name__)\n" + others + guarded)
    assert project.found() == ("app:app", ".")


@pytest.mark.parametrize(
    "text", ["print('application')\n", "def f():\n    application = 1\n", "apps = 1\n"]
)
def test_other_mentions_of_the_name_are_not_taken(project, text):
    project.write("wsgi.py", text)
    assert project.refused().rule is Rule.APP_ABSENT


@pytest.mark.parametrize(
    "name, text, spec",
    [
        ("app.py", "def create_app():\n    pass\n", "app:create_app()"),
        ("wsgi.py", "def make_app(a=1, *, b=2):\n    pass\n", "wsgi:make_app()"),
        ("app.py", "print 1\ndef create_app():\n    pass\n", "app:create_app()"),
        (
            "flaskr/__init__.py",
            "def create_app(test_config: dict[str, int] | None = None):\n    pass\n",
            "flaskr:create_app()",
        ),
        ("shop/__init__.py", "app = Flask(__name__)\n", "shop:app"),
        ("src/shop/__init__.py", "def create_app(): pass\n", "shop:create_app()"),
    ],
)
def test_factory_is_found_if_it_needs_no_argument(project, name, text, spec):
    project.write(name, text)
    assert project.found()[0] == spec


@pytest.mark.parametrize(
    "text", ["def create_app(config):\n    pass\n", "def create_app(*, a):\n    pass\n"]
)
def test_factory_that_needs_an_argument_is_not_taken(project, text):
    project.write("app.py", text)
    assert project.refused().rule is Rule.APP_ABSENT


def test_command_is_named_for_what_lies_elsewhere(project):
    project.write("shop/main.py", "def create_app():\n    pass\n")
    assert "isthmus war 'shop.main:create_app()'" in str(project.refused())


def test_convention_takes_wsgi_then_app_then_hello(project):
    for name, text, spec in [
        ("hello.py", APPLICATION, "hello:application"),
        ("app.py", "app = Flask(__name__)\n", "app:app"),
        ("wsgi.py", APPLICATION + "app = application\n", "wsgi:application"),
    ]:
        project.write(name, text)
        assert project.found()[0] == spec


def test_convention_finds_djangos_wsgi_then_a_configuration(project):
    project.write("development.ini", DEPLOY)
    project.write("logging.ini", "[loggers]\nkeys = root\n")
    assert project.found() == ("config:development.ini", ".")
    project.write("mysite/wsgi.py", "application = get_wsgi_application()\n")
    assert project.found() == ("mysite.wsgi:application", ".")
    (project.directory / "mysite").rename(project.directory / "my-site")
    assert project.found() == ("app/my-site/wsgi.py:application", ".")


def test_two_that_might_be_meant_are_both_named(project):
    project.write("a/wsgi.py")
    project.write("b/wsgi.py")
    message = str(project.refused())
    assert "a.wsgi:application, b.wsgi:application" in message


def test_name_of_a_callable_is_taken_as_it_is(project):
    for spec in ("shop.web:make_app()", "shop:App().serve", "hello:application"):
        assert project.found(spec) == (spec, ".")


def test_file_is_imported_from_outside_of_its_packages(project):
    project.write("src/shop/__init__.py", "")
    project.write("src/shop/web.py")
    assert project.found("src/shop/web.py:main") == ("shop.web:main", "src")
    assert project.found("src/shop/web.py") == ("shop.web:application", "src")
    project.write("plain/é x/serve.py")
    assert project.found("plain/é x/serve.py:f")[1] == "plain/é x"


def test_file_that_no_import_could_name_is_named_by_its_path(project):
    for name in ("my-app.py", "日本.py", "2app.py"):
        project.write(name)
        spec = "app/%s:application" % name
        assert (
            project.found(name) == project.found(name + ":application") == (spec, ".")
        )
    project.write("sub/café.py")
    assert project.found("sub.café:f") == ("app/café.py:f", "sub")
    project.write("shop/__init__.py", "")
    project.write("shop/web-ui.py")
    app = apps.find("shop/web-ui.py:main()", project.directory)
    assert (app.spec, app.file) == ("app/shop/web-ui.py:main()", "shop/web-ui.py")
    place = project.directory.resolve() / "shop" / "web-ui.py"
    assert app.in_place() == "%s:main()" % place


def test_directory_is_looked_through_by_convention(project):
    project.write("deep/app.py")
    assert project.found("deep") == ("app:application", "deep")


def test_configuration_keeps_its_section_and_place(project):
    project.write("etc/production.ini", DEPLOY)
    assert project.found("etc/production.ini#shop") == (
        "config:etc/production.ini#shop",
        ".",
    )
    absolute = str(project.directory / "etc" / "production.ini")
    assert project.found(absolute) == ("config:production.ini", "etc")


@pytest.mark.parametrize("named", [None, "production.ini", "production.ini#main"])
def test_factories_of_a_configuration_may_be_where_packages_are(project, named):
    project.write("production.ini", DEPLOY)
    assert apps.find(named, project.directory).further == ()
    project.write("src/shop/web.py")
    src = project.directory / "src"
    assert apps.find(named, project.directory).further == (src,)
    absolute = str(project.directory / "production.ini")
    assert apps.find(absolute, project.directory).further == (src,)


@pytest.mark.parametrize(
    "named, why",
    [
        ("helo.py:app", "Did you mean 'hello.py'?"),
        ("absent.ini", "absent.ini"),
        ("empty.py", "application"),
        ("shop", "module:callable"),
        ("shop:", "module:callable"),
        (":app", "module:callable"),
        ("a b:c", "module:callable"),
        ("café:app", "ASCII letters"),
        ("hello:naïve", "ASCII letters"),
        ("sub/hello:app", "module:callable"),
        ("hello.py:naïve", "ASCII letters"),
        ("hello:1st", "ASCII letters"),
    ],
)
def test_what_names_nothing_is_refused(project, named, why):
    project.write("hello.py")
    project.write("empty.py", "")
    error = project.refused(named)
    assert error.rule is Rule.APP_UNKNOWN
    assert why in str(error) and "'%s'" % named in str(error)


def test_without_any_the_message_has_the_convention(project):
    error = project.refused()
    assert error.rule is Rule.APP_ABSENT
    assert all(name in str(error) for name in ("wsgi.py", "app.py", "hello.py"))


SETUPTOOLS = '[tool.setuptools]\npackage-dir = {"" = "lib", "other.pkg" = "x/pkg"}\n'
FIND = '[tool.setuptools.packages.find]\nwhere = ["lib"]\n'
HATCH = '[tool.hatch.build.targets.wheel]\npackages = ["lib/notebook"]\n'
SOURCES = '[tool.hatch.build]\nsources = ["lib"]\n'
POETRY = '[[tool.poetry.packages]]\ninclude = "notebook"\nfrom = "lib"\n'
PDM = '[tool.pdm.build]\npackage-dir = "lib"\n'
UV = '[tool.uv.build-backend]\nmodule-root = "lib"\n'
CFG = "[options]\npackage_dir =\n    = lib\n"


@pytest.mark.parametrize(
    "file, text, root",
    [("pyproject.toml", "", "src")]
    + [(".", None, "src"), ("setup.cfg", CFG, "lib")]
    + [
        ("pyproject.toml", text, "lib")
        for text in (SETUPTOOLS, FIND, HATCH, SOURCES, POETRY, PDM, UV)
    ],
)
def test_packages_are_where_the_build_has_them(project, file, text, root):
    if text is not None:
        project.write(file, text)
    project.write(root + "/notebook/__init__.py", "def create_app():\n    pass\n")
    project.write(root + "/notebook/views.py")
    # What only has the name is not taken for it.
    (project.directory / "notebook").mkdir()
    for named in ("notebook:create_app()", "notebook.views:application"):
        assert project.found(named) == (named, root)
    project.write(root + "/wsgi.py")
    assert project.found() == ("wsgi:application", root)


@pytest.mark.parametrize(
    "text",
    [
        "tool = 1\n",
        "[tool]\nsetuptools = 1\npoetry = {packages = 1}\n",
        '[tool.setuptools]\npackage-dir = {"" = "../out"}\npackages = ["x"]\n',
        '[tool.hatch.build.targets.wheel]\npackages = ["/notebook", 1]\n',
    ],
)
def test_odd_descriptions_of_a_build_are_no_layout(project, text):
    project.write("pyproject.toml", text)
    project.write("notebook.py")
    assert project.found("notebook:application") == ("notebook:application", ".")
