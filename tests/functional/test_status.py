"""What StatusServlet and JMX tell of a web application."""

import re
import time
import uuid

import pytest
from prometheus_client.openmetrics import parser as openmetrics

import client
import watched

WARS = [watched.WAR]


@pytest.fixture
def ask(server):
    """Ask the watched web application for a path, and require an answer."""
    return watched.asking(server)


@pytest.fixture
def status(ask):
    """What the status page is made of, once a condition holds for it."""

    def seen(condition=lambda status: True):
        path = "/isthmus/status.json"
        deadline = time.monotonic() + client.TIMEOUT
        while not condition(found := ask(path).json()):
            assert time.monotonic() < deadline, found
            time.sleep(0.05)
        return found

    return seen


@pytest.fixture
def settled(status):
    """The status when nothing runs: a client has its response before it is counted."""

    def seen():
        status(lambda found: found["running"] == [])
        # The page is written from top to bottom: what ran above has ended below.
        return status()

    return seen


@pytest.fixture
def held(server, ask, status):
    """A request that is in the application until the test has ended; its key."""
    key = uuid.uuid4().hex
    connection = client.Connection(server.address, client.TIMEOUT)
    connection.request("GET", watched.PATH + "/shop/held?" + key)

    def is_held(request):
        # It may also wait on its way there.
        return request["doing"] == "waits" and any(
            re.search(r'shop\.py", line \d+, in held$', f) for f in request["python"]
        )

    status(lambda found: any(map(is_held, found["running"])))
    yield key
    ask("/shop/release?" + key)
    assert connection.receive().body == b"held"
    connection.close()


def _app(status, name=watched.SHOP):
    (app,) = [app for app in status["apps"] if app["name"] == name]
    return app


def _doing(status):
    return [(request["doing"], request["app"]) for request in status["running"]]


# Metrics


def _families(text):
    """{name: Metric} of OpenMetrics, by the strict parser of Prometheus itself."""
    parsed = openmetrics.text_string_to_metric_families(text)
    return {family.name: family for family in parsed}


def _values(family, name, **labels):
    return [
        sample.value
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    ]


def test_metrics_are_openmetrics(ask, status, settled):
    count = _app(settled())["total"]["count"]
    ask("/shop/slow?30")
    ask("/shop/fails", 500)
    assert _app(settled())["total"]["count"] == count + 2
    response = ask("/isthmus/metrics")
    kind = response.header("Content-Type").replace(" ", "").lower()
    assert kind == "application/openmetrics-text;version=1.0.0;charset=utf-8"
    families = _families(response.body.decode())
    assert all(family.documentation for family in families.values())
    app = {"context": watched.PATH, "app": watched.SHOP}
    times = families["isthmus_request_duration_seconds"]
    assert (times.type, times.unit) == ("histogram", "seconds")
    buckets = _values(times, times.name + "_bucket", **app)
    assert buckets == sorted(buckets) and len(buckets) > 5
    assert _values(times, times.name + "_bucket", le="0.01", **app)[0] < buckets[-1]
    assert _values(times, times.name + "_count", **app) == [buckets[-1]] == [count + 2]
    assert 0.03 <= _values(times, times.name + "_sum", **app)[0] < 600
    requests = families["isthmus_requests"]
    assert requests.type == "counter"
    failed = _values(requests, requests.name + "_total", status="5xx", **app)
    assert failed == [_app(status())["responses"][4]] and failed[0] >= 1
    errors = families["isthmus_errors"]
    assert _values(errors, errors.name + "_total", code="IS0036", **app)[0] >= 1
    assert _values(families["isthmus_ready"], "isthmus_ready") == [1]


# What


def test_requests_are_counted_by_status_and_time(ask, settled):
    def figures(found):
        app = _app(found)
        return [app["total"]["count"], *app["responses"], app["octets"]]

    before = figures(settled())
    ask("/shop/slow?20")
    ask("/shop/fails", 500)
    after = figures(settled())
    more = [b - a for a, b in zip(before, after)]
    assert more == [2, 0, 1, 0, 0, 1, len(b"slow")]


def test_time_is_divided(ask, settled):
    before = _app(settled())
    ask("/shop/slow?200")
    ask("/shop/upload", method="POST", body=b"x" * 300000)
    ask("/shop/stream")
    after = _app(settled())
    assert after["total"]["count"] == before["total"]["count"] + 3
    more = {n: after["seconds"][n] - before["seconds"][n] for n in after["seconds"]}
    assert more["python"] > 0.15
    assert more["writing"] > 0
    assert more["reading"] > 0
    # The first byte of a generator's response is out before its last.
    assert after["firstByte"]["count"] == after["total"]["count"]
    assert sum(s["total"]["count"] for s in after["history"]) <= after["total"]["count"]
    assert (
        after["history"][-1]["total"]["count"]
        + sum(s["total"]["count"] for s in after["history"][:-1])
        >= 3
    )


def test_wait_that_ends_in_a_refusal_is_no_time_of_python(server, ask, status, settled):
    key = uuid.uuid4().hex
    before = _app(settled(), watched.TURNS)
    with client.Connection(server.address, client.TIMEOUT) as connection:
        connection.request("GET", watched.PATH + "/turns/held?" + key)
        status(lambda found: ("waits", watched.TURNS) in _doing(found))
        ask("/turns/hello", 503)
        ask("/timed/hello", 504)
        status(lambda found: _doing(found) == [("waits", watched.TURNS)])
        after = _app(status(), watched.TURNS)
        ask("/shop/release?" + key)
        assert connection.receive().body == b"held"
    more = {n: after["seconds"][n] - before["seconds"][n] for n in after["seconds"]}
    assert more["waiting"] >= 0.59
    assert more["python"] < more["waiting"] / 2
    new = {
        code: times - before["errors"].get(code, 0)
        for code, times in after["errors"].items()
    }
    assert new == {"IS0090": 1, "IS0093": 1}
    late = [i for i in status()["incidents"] if i["app"] == watched.TURNS][0]
    assert late["text"].startswith("IS0093: ") and "0.3 seconds" in late["text"]


def test_failure_is_there_with_its_code_and_traceback(ask, status):
    times = _app(status())["errors"].get("IS0036", 0)
    ask("/shop/java?secret=1", 500)
    found = status(lambda found: _app(found)["errors"].get("IS0036", 0) > times)
    incident = found["incidents"][0]
    assert incident["code"] == "IS0036"
    assert incident["request"] == "GET /watched/shop/java"
    assert "java.lang.IllegalStateException: of Java" in incident["text"]
    assert 'shop.py", line ' in incident["text"]


def test_session_in_a_path_is_not_shown(server, ask, status):
    session = uuid.uuid4().hex
    mark = server.log.mark()
    ask("/shop/fails;jsessionid=%s.node" % session, 500)
    shown = "GET /watched/shop/fails;jsessionid=\u2026"
    found = status(lambda found: shown in [i["request"] for i in found["incidents"]])
    assert session not in str(found)
    (record,) = server.log.wait_for_records(
        lambda record: "fails;jsessionid" in record.text, mark
    )
    assert session not in record.text


def test_running_request_has_its_python_stack(status, held):
    found = status()
    (request,) = [r for r in found["running"] if r["request"].endswith("/shop/held")]
    assert request["request"] == "GET /watched/shop/held"
    assert request["app"] == watched.SHOP
    assert any("in held" in frame for frame in request["python"])
    assert request["java"]
    assert _app(found)["inFlight"] >= 1
    assert held not in str(found)


def test_ended_request_is_not_running(ask, settled):
    ask("/shop/hello")
    settled()


def test_settings_are_in_force_without_secrets(status):
    found = status()
    (component,) = [c for c in found["settings"] if c["component"] == "servlet shop"]
    rows = {name: (value, where) for name, value, where in component["rows"]}
    assert rows["isthmus.app"] == (watched.SHOP, "the init-param")
    assert rows["isthmus.log.level"] == ("CONTAINER", "the context-param")
    assert rows["isthmus.multithread"] == ("true", "the default")
    added = rows["isthmus.environ.add"][0]
    assert "shop.password: \u2022" in added
    assert "postgresql://shop:\u2022" in added
    assert "shop.colour: green" in added
    assert "sesame" not in str(found)


def test_modules_are_those_of_the_interpreter(ask):
    app = ask("/isthmus/modules.json").json()[0]
    modules = {name: (version, file) for name, version, file in app["modules"]}
    assert modules["shop"][0] == "4.2"
    assert modules["shop"][1].endswith("shop.py")
    assert "isthmus.loading" in modules and "threading" in modules


def test_jmx_has_a_bean_for_the_application(ask):
    beans = ask("/shop/beans").json()
    assert len(beans) == 3
    (name,) = [name for name in beans if 'name="%s"' % watched.SHOP in name]
    values = beans[name]
    assert "host=" in name
    assert values["State"] == "READY"
    assert int(values["InFlight"]) >= 1
    assert float(values["ImportSeconds"]) > 0


# Levels


def test_container_decides_which_levels_python_logs(server, ask):
    mark = server.log.mark()
    # `quiet` is at FINE in the container's configuration, everything else at INFO.
    enabled = ask("/shop/levels").json()
    server.log.wait_for("the last of the levels", mark)
    assert enabled == {"functional.quiet": True, "functional.other": False}
    records = [r for r in server.log.records(mark) if "of the levels" in r.text]
    assert [(r.level, r.text) for r in records] == [
        ("DEBUG", "functional.quiet: one of the levels"),
        ("INFO", "functional.other: the last of the levels"),
    ]


# The page


def test_page_lets_nothing_else_in(ask):
    response = ask("/isthmus/status")
    policy = response.header("Content-Security-Policy")
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert response.header("X-Content-Type-Options") == "nosniff"
    links = re.findall(rb'(?:src|href)="([^"#]*)"', response.body)
    assert {link for link in links if link} == {b"status.json"}


def test_page_shows_it_all_and_stays_as_it_was_opened(server, ask, browser, held):
    ask("/shop/fails", 500)
    browser.open("http://%s:%d%s/isthmus/status" % (*server.address, watched.PATH))
    browser.until(lambda: browser.text("#ready") == "ready")
    assert browser.text("h1") == "Status of /watched ready"
    assert len(browser.all("figure svg[role=img][aria-label]")) == 3 * 4

    row = browser.until(
        lambda: [row for row in browser.all("#requests tr") if "waits" in row.text]
    )[0]
    assert "GET /watched/shop/held" in row.text
    row.find_element("css selector", "summary").click()
    stack = row.find_element("css selector", ".python-stack")
    assert "in held" in stack.text
    shown = browser.text("#updated")
    browser.until(lambda: browser.text("#updated") != shown)
    assert stack.is_displayed(), "a refresh has closed what was open"

    # What an application says is text and no element.
    assert "ValueError: <b>no & yes</b>" in browser.text("#incidents")
    assert browser.all("#incidents b") == []

    browser.button("Show the modules").click()
    browser.until(lambda: browser.all("#module-tables tbody tr"))
    browser.field("Names that contain").send_keys("isthmus.lo")
    names = [name for name in browser.texts("#module-tables tbody th") if name]
    assert "isthmus.loading" in names and "shop" not in names

    browser.button("Pause").click()
    browser.until(lambda: browser.button("Go on"))
    assert browser.errors() == []


# What else an application finds


def test_directory_for_what_is_kept_is_outside_and_its_owners_alone(ask):
    assert ask("/shop/kept").json() == [str(watched.DATA), str(watched.DATA), "str"]
    assert (watched.DATA / "kept.txt").read_text() == "kept"
    assert watched.DATA.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("query", ["", "pdb"])
def test_who_asks_for_input_is_told_that_nobody_types(ask, status, query):
    ask("/shop/typed?" + query, 500)
    newest = [i for i in status()["incidents"] if "/typed" in i["request"]][0]
    assert newest["code"] == "IS0036" and "IS0153" in newest["text"]
