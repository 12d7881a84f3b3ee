"""An exception that Python's traceback cannot format is told of, and ends nothing."""

import pytest

from isthmus_worker.tracebacks import formatted, summary

APP = """
import linecache
import logging



class Notes(Exception):
    @property
    def __notes__(self):
        raise KeyError("notes")


class Cause(Exception):
    @property
    def __cause__(self):
        raise KeyError("cause")


class Attributes(Exception):
    def __getattribute__(self, name):
        raise KeyError("attributes")


class Text(Exception):
    def __str__(self):
        raise SystemExit("text")


def syntax():
    raise SyntaxError("odd", ("f", "1", "y", 5))


def notes():
    raise Notes("odd")


def cause():
    raise Cause("odd")


def attributes():
    raise Attributes("odd")


def text():
    raise Text("odd")


def lines():
    linecache.checkcache = None
    raise ValueError("odd")


def chained():
    try:
        raise Attributes("inner")
    except Attributes:
        raise LookupError("outer")


def application(environ, start_response):
    path = environ["PATH_INFO"]
    start_response("200 OK", [])
    if path == "/close":
        return Closing()
    if path == "/logs":
        try:
            attributes()
        except Attributes:
            logging.exception("logged")
    elif path == "/task":
        environ["isthmus.submit"](attributes)
    elif path != "/ok":
        globals()[path.strip("/")]()
    return [b"ok"]


class Closing:
    def __iter__(self):
        return iter((b"",))

    def close(self):
        attributes()


def hears(event):
    attributes()
"""
NAMES = {
    "syntax": "SyntaxError",
    "notes": "Notes",
    "cause": "Cause",
    "attributes": "Attributes",
    "text": "Text",
    "chained": "LookupError",
    "lines": "ValueError",
}


@pytest.fixture(scope="module", params=[False, True], ids=["calls", "events"])
def worker(start, request):
    events = {"exception": ["app:hears"]} if request.param else {}
    worker = start({"app.py": APP})
    worker.load("app:application", events=events)
    return worker


@pytest.mark.parametrize("name", NAMES)
def test_exception_fails_its_request_alone(worker, name):
    rule, values, text, _ = (
        worker.slots[0].request(0, {"PATH_INFO": "/" + name}).failure
    )
    assert (rule, values) == ("", ())
    assert text.startswith("Traceback")
    assert "in " + name in text
    assert NAMES[name] in text
    assert worker.slots[0].request(0, {"PATH_INFO": "/ok"}).body == b"ok"


def test_exception_of_close_and_of_a_task_too(worker):
    trouble = worker.slots[0].request(0, {"PATH_INFO": "/close"}).trouble
    assert "Attributes" in trouble
    assert worker.slots[0].request(0, {"PATH_INFO": "/task"}).body == b"ok"
    worker.wait(lambda: [x for x in worker.lines("isthmus") if "TASK_RAISED" in x])
    assert "Attributes" in worker.lines("isthmus")[-1]


def test_exception_that_is_logged_leaves_its_message(worker):
    assert worker.slots[0].request(0, {"PATH_INFO": "/logs"}).body == b"ok"
    worker.settle()
    assert "'logged'" in worker.lines("root")[-1]
    assert "in its exception's own code" in worker.lines("root")[-1]


@pytest.mark.parametrize("name", NAMES)
def test_exception_of_an_import_is_reported(start, name):
    worker = start({"app.py": APP, "other.py": "import app\napp.%s()\n" % name})
    assert NAMES[name] in worker.load("other:application")[3]
    assert worker.load("app:application")[1] == "app:application"
    assert worker.ask("modules")


class Empty(Exception):
    def __len__(self):
        raise KeyError("len")

    def __getattribute__(self, name):
        raise KeyError("attribute")


def test_what_python_cannot_format_has_its_frames_and_type():
    def fails():
        raise Empty("inner")

    def follows():
        try:
            fails()
        except Empty:
            raise LookupError("outer") from None

    with pytest.raises(Empty) as raised:
        fails()
    text = formatted(raised.value)
    assert '  File "%s", line ' % __file__ in text
    assert text.index("in fails") < text.index("Empty'>: inner")
    assert "could be formatted: <class 'KeyError'>: 'attribute'" in text
    text = summary(raised.value)
    assert text.endswith("Empty'>: inner")
    with pytest.raises(LookupError) as raised:
        follows()
    text = formatted(raised.value)
    assert "LookupError: outer" in text
    assert "Empty'" not in text


def chain(length):
    last = None
    for number in range(length):
        error = ValueError("number %d" % number)
        error.__context__ = last
        last = error
    return last


def test_chain_in_a_circle_is_formatted():
    inner, outer = ValueError("inner"), LookupError("outer")
    outer.__cause__, inner.__cause__ = inner, outer
    text = formatted(outer)
    assert text.startswith("ValueError: inner\n")
    assert text.endswith("LookupError: outer\n")


def test_long_chain_is_not_formatted():
    text = formatted(chain(60_000))
    assert "more than 100 earlier exceptions" in text
    assert text.endswith("ValueError: number 59999\n")
    assert len(text.splitlines()) < 5
    text = formatted(chain(100))
    assert text.startswith("ValueError: number 0\n")
    assert text.endswith("ValueError: number 99\n")
