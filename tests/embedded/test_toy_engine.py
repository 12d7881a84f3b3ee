"""The engine interface, tested with an engine whose applications are Java.

Limits, time limits, metrics, the status page, failures and reloads are the same for any
engine: none of them may need Jython.
"""

import threading

import pytest

import client
import programs

SERVICE = "META-INF/services/org.isthmus.engine.EngineProvider"


class Toy(programs.Program):
    # Two directories, for two may run at once.
    kinds = dict.fromkeys(
        ("toy", "unknown"), programs.KINDS["tomcat11"]._replace(main="ToyProgram")
    )
    common = ("Program", "ToyEngine")

    def _resources(self):
        directory = super()._resources()
        service = directory / SERVICE
        service.parent.mkdir(parents=True)
        service.write_text("embedded.ToyEngine\n")
        return directory

    def post(self, path, body):
        return client.fetch(("127.0.0.1", self.port), "POST", path, body=body)

    def status(self):
        return self.get("/toy/isthmus/status.json").json()


@pytest.fixture(scope="module")
def toy():
    started = Toy("toy")
    assert started.port, started.text()
    yield started
    assert started.stop() == 0, started.text()
    text = started.text()
    # Interpreters of older generations first, the engine last.
    assert text.rindex("closed interpreter") < text.rindex("closed engine")


def test_request_and_response_are_octets(toy):
    octets = bytes(range(246, 256))
    answer = toy.post("/toy/app/echo", octets)
    assert (answer.status, answer.body) == (200, octets)


def test_body_limit_is_kept(toy):
    assert toy.post("/toy/app/echo", b"eleven more").status == 413
    assert "IS0040" in toy.text()


def test_failure_is_logged_with_the_engines_traceback(toy):
    answer = toy.get("/toy/app/fail")
    assert answer.status == 500
    assert b"as it was asked to" not in answer.body
    text = toy.text()
    assert "IS0036" in text
    assert "toy traceback: as it was asked to" in text


def test_short_body_is_cut(toy):
    answer = toy.get("/toy/app/short")
    assert (answer.body, answer.complete) == (b"three", False)
    assert "IS0034" in toy.text()


def test_time_limit_asks_the_engine_and_the_stack_is_the_engines(toy):
    answers = []
    waiting = threading.Thread(
        target=lambda: answers.append(toy.get("/toy/app/wait").status)
    )
    waiting.start()
    stacks = []
    while waiting.is_alive() and not stacks:
        rows = toy.status()["running"]
        stacks = [row["python"] for row in rows if row["python"]]
    assert stacks == [["toy frame of /wait"]]
    # One at a time: a request that arrives meanwhile is refused.
    assert toy.get("/toy/app/").status == 503
    waiting.join()
    assert answers == [504]
    text = toy.text()
    assert "IS0092" in text  # slow
    assert "IS0093" in text  # over
    assert "toy frame of /wait" in text
    assert "stopped by the engine's own means" not in text  # what ended it is known


def test_requests_are_counted(toy):
    before = toy.status()["apps"][0]["total"]["count"]
    assert toy.get("/toy/app/").status == 200
    app = toy.status()["apps"][0]
    assert (app["name"], app["state"]) == ("toy", "READY")
    assert app["total"]["count"] == before + 1


def test_reload_has_a_new_interpreter_answer(toy):
    before = toy.get("/toy/app/").body
    message = toy.post("/toy/reload", b"").body
    assert b"generation" in message
    after = toy.get("/toy/app/").body
    assert before.startswith(b"interpreter ") and after.startswith(b"interpreter ")
    assert before != after


def test_unknown_engine_fails_the_start_and_names_the_known_ones(tmp_path):
    class Unknown(Toy):
        def _what(self, classes):
            return [*super()._what(classes), "jyton"]

    started = Unknown("unknown")
    started.stop()
    text = started.text()
    assert "IS0156" in text
    assert "'jyton'" in text
    assert "jython, toy" in text
