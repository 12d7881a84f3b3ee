"""One boot per container, JDK and engine, with all WARs; tests run on each of them.

Which module runs on which of them is the table of where.py. Modules that name a BOOT
have one of that name to themselves, with other WARs. A test that takes `server` runs
once per boot; one that takes `mount`, as servlet or filter. Tests of one
boot run together: the next container starts when the last one has stopped.
"""

import functools
from typing import NamedTuple

import pytest

import containers
import databases
import engines
import mounts
import paths
import where
from browser import Browser
from containers import jdks
from wars import War

# The whole heap at once, and room for the classes and the code of sixty Jythons:
# whenever one of these was full, the JVM collected all garbage, a sixth of the CPU of a
# boot.
LARGE = ["-Xms2g", "-Xmx2g", "-XX:MetaspaceSize=1g", "-XX:ReservedCodeCacheSize=240m"]
# Of Java, by boot.
OPTIONS = {"examples": ["-Xmx3g"]}


class Boot(NamedTuple):
    """One run of a container: the parameter of `server`."""

    container: str
    jdk: object
    engine: str
    name: str

    def __str__(self):
        parts = [self.container, repr(self.jdk), self.name]
        if self.engine != where.JYTHON:
            parts.insert(2, self.engine)
        return "-".join(filter(None, parts))


def pytest_addoption(parser):
    group = parser.getgroup("isthmus", "what to run the functional suite on")
    group.addoption(
        "--quick", action="store_true", help="only what scripts/check takes"
    )
    group.addoption(
        "--container", action="append", choices=list(containers.KINDS), default=[]
    )
    group.addoption(
        "--jdk", action="append", default=[], help="a major version, or `first`"
    )
    group.addoption("--entry", action="append", choices=where.ENTRIES, default=[])
    group.addoption("--engine", action="append", choices=where.ENGINES, default=[])


def pytest_configure(config):
    config.jdks = jdks.discover()


def pytest_sessionfinish():
    databases.stop()


def pytest_report_header(config):
    chosen = "the product" if _is_product(config) else "as in mvn verify"
    found = ", ".join("%r at %s" % (jdk, jdk.home) for jdk in config.jdks)
    return "containers: %s; JDKs: %s" % (chosen, found)


def pytest_generate_tests(metafunc):
    if "server" in metafunc.fixturenames:
        name = _boot(metafunc.module)
        places = _places(metafunc.config, metafunc.module)
        boots = [Boot(*place[:3], name) for place in places]
        # An empty set would be a skip: this one is left out below.
        jdk = metafunc.config.jdks[0]
        boots = boots or [Boot(where.ALL[0], jdk, where.JYTHON, name)]
        ids = [str(boot._replace(name="")) for boot in boots]
        metafunc.parametrize("server", boots, ids=ids, indirect=True, scope="session")
    if "mount" in metafunc.fixturenames:
        entries = metafunc.config.getoption("entry") or where.ENTRIES
        metafunc.parametrize("entry", entries)


# First: pytest orders, and tests/conftest.py groups, those that are left alone.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Leave out what where.py, or the WAR of a test, does not run there."""
    kept = [item for item in items if _is_wanted(config, item)]
    if len(kept) < len(items):
        left = set(kept)
        config.hook.pytest_deselected(items=[i for i in items if i not in left])
        items[:] = kept


def _is_wanted(config, item):
    if not _is_here(item.path):
        return True
    if config.getoption("quick") and not _row(item.module).quick:
        return False
    params = item.callspec.params if hasattr(item, "callspec") else {}
    if "server" not in params:
        return True
    boot = params["server"]
    entries = _entries(config, item.module).get(boot[:3], ())
    if not entries or params.get("entry", entries[0]) not in entries:
        return False
    others = [engine for engine in where.ENGINES if engine != boot.engine]
    if any(item.get_closest_marker(engine) for engine in others):
        return False
    war = params.get("war")
    return not isinstance(war, War) or _is_deployed(config, war, boot)


@functools.cache
def _is_here(path):
    # Other suites mean other things by the same names of parameters.
    return paths.HERE in path.parents


def _row(module):
    name = paths.HERE / module.__file__
    name = name.relative_to(paths.HERE).with_suffix("").as_posix()
    if name not in where.TABLE:
        raise pytest.UsageError("tests/functional/where.py has no row for %s" % name)
    return where.TABLE[name]


@functools.cache
def _places(config, module):
    """Where the tests of a module run in this session."""
    row = _row(module)
    if not _is_product(config):
        return where.verified(row, config.jdks)
    names = config.getoption("container") or where.ALL
    entries = tuple(config.getoption("entry") or where.ENTRIES)
    engines = tuple(config.getoption("engine") or where.ENGINES)
    if config.getoption("jdk") or config.getoption("matrix"):
        return where.product(row, names, _jdks(config), entries, engines)
    return [
        place
        for name in names
        for jdk in [where.paired(name, config.jdks)]
        for place in where.product(row, [name], [jdk], entries, engines)
    ]


@functools.cache
def _entries(config, module):
    """{container, JDK and engine: the entries there} of a module in this session."""
    found = {}
    for place in _places(config, module):
        found[place[:3]] = found.get(place[:3], ()) + tuple(place.entries)
    return found


def _is_product(config):
    """Whether this is scripts/matrix, or a part of it that somebody has named."""
    options = ("matrix", "container", "jdk", "entry", "engine")
    return any(config.getoption(name) for name in options)


def _jdks(config):
    wanted = config.getoption("jdk")
    known = {str(jdk.major): jdk for jdk in config.jdks}
    known["first"] = config.jdks[0]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise pytest.UsageError("--jdk=%s is not among %s" % (unknown[0], [*known]))
    return [known[name] for name in wanted] or config.jdks


def _boot(module):
    return getattr(module, "BOOT", "")


def _wars(session, boot):
    """All WARs of this boot: the two of apps/ and those its modules declare."""
    items = [i for i in session.items if hasattr(i, "callspec") and _is_here(i.path)]
    items = [i for i in items if i.callspec.params.get("server") == boot]
    modules = {item.module for item in items}
    modules = sorted(modules, key=lambda module: module.__name__)
    # Modules may share one War: deployed once.
    declared = [war for m in modules for war in getattr(m, "WARS", [])]
    declared = list({id(war): war for war in declared}.values())
    known = [war.path for war in declared]
    if len(known) != len(set(known)):
        raise pytest.UsageError("two WARs have the same path: %s" % sorted(known))
    # Only the entries that a test of this boot asks for.
    entries = {}
    for item in items:
        entries.setdefault(item.callspec.params.get("entry"), set()).add(item.module)
    entries.pop(None, None)
    extra = [mount for m in modules for mount in getattr(m, "MOUNTS", [])]
    engine = engines.KINDS[boot.engine]
    every = mounts.default_mounts(engine) + extra
    base = [
        mounts.base_war(entry, mounts.asked(every, asking), engine)
        for entry, asking in sorted(entries.items())
    ]
    wars = base + declared
    return [war for war in wars if _is_deployed(session.config, war, boot)]


def _is_deployed(config, war, boot):
    return war.runs_on(boot.container, boot.engine, config.getoption("matrix"))


@pytest.fixture(scope="session")
def server(request):
    """A running container that holds all WARs of its boot."""
    boot = request.param
    wars = _wars(request.session, boot)
    server = containers.create(
        boot.container,
        boot.jdk,
        compiler=request.config.jdks[0],
        base=paths.RUNS / str(boot),
        options=[
            *LARGE,
            *OPTIONS.get(boot.name, ()),
            *where.options(boot.container),
        ],
        http2=boot.name == "few",
        engine=boot.engine,
    )
    try:
        server.start(wars)
    except AssertionError as failure:
        # Once is enough: every test on this server would say the same.
        request.session.shouldfail = "%s did not start" % str(boot)
        pytest.fail(str(failure), pytrace=False)
    yield server
    server.stop()


@pytest.fixture
def mount(server, entry):
    """mount("name") is the app of that name on this server, servlet or filter."""

    def mounted(name):
        return mounts.Mounted(server, entry, name)

    return mounted


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    browser = Browser(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture
def browser(chromium):
    """A clean slate in the one Chromium of all tests."""
    chromium.forget()
    return chromium
