"""One boot per container and JDK, with all WARs in it; tests run on each of them.

Modules that name a BOOT have one of that name to themselves, with other WARs. A test
that takes `server` runs once per container and JDK; one that takes `mount` runs for
each of these as servlet and as filter. Tests of one boot run together: the next
container starts when the last one has stopped.
"""

import pytest

import containers
import mounts
import paths
from browser import Browser
from containers import jdks

# Of Java, by boot.
OPTIONS = {"examples": ["-Xmx3g"]}


def pytest_addoption(parser):
    group = parser.getgroup("isthmus", "what to run the functional suite on")
    group.addoption(
        "--container", action="append", choices=list(containers.KINDS), default=[]
    )
    group.addoption(
        "--jdk", action="append", default=[], help="a major version, or `first`"
    )
    group.addoption("--entry", action="append", choices=mounts.ENTRIES, default=[])


def pytest_configure(config):
    config.jdks = jdks.discover()


def pytest_sessionfinish():
    paths.remove_scratches()


def pytest_report_header(config):
    found = ", ".join("%r at %s" % (jdk, jdk.home) for jdk in config.jdks)
    return "containers: %s; JDKs: %s" % (", ".join(_containers(config)), found)


def pytest_generate_tests(metafunc):
    if "server" in metafunc.fixturenames:
        jdks = _jdks(metafunc.config)
        if getattr(metafunc.module, "ONE_JDK", False):
            jdks = jdks[:1]
        name = _boot(metafunc.module)
        boots = [(c, j, name) for c in _containers(metafunc.config) for j in jdks]
        ids = ["%s-%r" % boot[:2] for boot in boots]
        metafunc.parametrize("server", boots, ids=ids, indirect=True, scope="session")
    if "mount" in metafunc.fixturenames:
        entries = metafunc.config.getoption("entry") or mounts.ENTRIES
        metafunc.parametrize("entry", entries)


def pytest_collection_modifyitems(config, items):
    """Leave out the containers that a module, or the WAR of a test, does without."""
    kept = [item for item in items if _is_wanted(item)]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[i for i in items if i not in kept])
        items[:] = kept


def _is_wanted(item):
    params = item.callspec.params if hasattr(item, "callspec") else {}
    if "server" not in params:
        return True
    wanted = [getattr(getattr(item, "module", None), "CONTAINERS", None)]
    wanted.append(getattr(params.get("war"), "containers", None))
    return all(not names or params["server"][0] in names for names in wanted)


def _containers(config):
    return config.getoption("container") or list(containers.KINDS)


def _jdks(config):
    wanted = config.getoption("jdk")
    known = {str(jdk.major): jdk for jdk in config.jdks}
    known["first"] = config.jdks[0]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise pytest.UsageError("--jdk=%s is not among %s" % (unknown[0], [*known]))
    return [known[name] for name in wanted] or config.jdks


def _entry(item):
    return item.callspec.params.get("entry") if hasattr(item, "callspec") else None


def _boot(module):
    return getattr(module, "BOOT", "")


def _is_of(item, boot):
    # Other suites mean other things by the same names of parameters.
    is_here = "server" in item.fixturenames
    return is_here and _boot(item.module) == boot


def _wars(session, boot):
    """All WARs of this boot: the two of apps/ and those the modules declare."""
    items = [item for item in session.items if _is_of(item, boot)]
    modules = {item.module for item in items}
    modules = sorted(modules, key=lambda module: module.__name__)
    extra = [mount for m in modules for mount in getattr(m, "MOUNTS", [])]
    # Modules may share one War: deployed once.
    declared = [war for m in modules for war in getattr(m, "WARS", [])]
    declared = list({id(war): war for war in declared}.values())
    paths = [war.path for war in declared]
    if len(paths) != len(set(paths)):
        raise pytest.UsageError("two WARs have the same path: %s" % sorted(paths))
    # Only the entries that a test of this session asks for.
    entries = {_entry(item) for item in items} - {None}
    base = mounts.base_wars(mounts.default_mounts() + extra)
    return [base[entry] for entry in sorted(entries)] + declared


@pytest.fixture(scope="session")
def server(request):
    """A running container that holds all WARs of its boot."""
    name, jdk, boot = request.param
    wars = _wars(request.session, boot)
    if jdk is not _jdks(request.config)[0]:
        wars = [war for war in wars if not war.one_jdk]
    wars = [war for war in wars if not war.containers or name in war.containers]
    server = containers.create(
        name,
        jdk,
        compiler=request.config.jdks[0],
        base=paths.RUNS / "-".join(filter(None, [name, repr(jdk), boot])),
        options=OPTIONS.get(boot, ()),
        http2=boot == "http2",
    )
    try:
        server.start(wars)
    except AssertionError as failure:
        # Once is enough: every test on this server would say the same.
        request.session.shouldfail = "%s-%r did not start" % (name, jdk)
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
