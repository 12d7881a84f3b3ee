"""What an application raises: a clean 500, or a cut connection; the JVM lives on."""

import re

import pytest

import engines
import failing

# What the log has of each, beside IS0036 and the traceback.
RAISED = {
    "own": ["Own: secret", "in own"],
    "own_type_error": ["TypeError: object of type 'int' has no len()"],
    "own_attribute_error": ["AttributeError: ", "no_such_attribute"],
    "system_exit": ["SystemExit: 3", "in system_exit"],
    "system_exit_text": ["SystemExit: secret"],
    "keyboard_interrupt": ["KeyboardInterrupt"],
    "generator_exit": ["GeneratorExit"],
    "old_style": ["OldStyle", "in old_style"],
    "string": ["TypeError: exceptions must be"],
    "unprintable": ["Unprintable", "in unprintable"],
    "recursion": ["RuntimeError: maximum recursion depth", "in recursion"],
    "memory_error": ["MemoryError: secret"],
    "java_exception": ["java.lang.IllegalStateException: secret of Java", "in java_"],
    "java_checked_exception": ["java.io.IOException: secret of Java", "in java_"],
    "java_method": [
        "java.lang.NumberFormatException",
        "in java_method",
        "at java.base/java.lang.Integer.parseInt",
    ],
    "java_memory": ["MemoryError"],
    "java_linkage": ["java.lang.NoClassDefFoundError: secret of Java", "in java_"],
    "text_of_octets": ["Own: secret octets: Grüße, 日本"],
    "text_of_unicode": ["Own: secret text: "],
}

OF_JYTHON = [case for case in RAISED if case.startswith("java_")] + ["old_style"]
CASES = pytest.mark.parametrize("case", engines.cases(RAISED, jython=OF_JYTHON))


def _request(mount, case, at):
    return failing.request(mount, "raises", case + "&at=" + at)


@pytest.mark.parametrize("at", ["call", "next"])
@CASES
def test_exception_before_the_head_is_out_is_a_clean_500(mount, case, at):
    failure = _request(mount, case, at)
    failing.assert_clean_500(failure, "IS0036", "Traceback", "raises.py", *RAISED[case])


@pytest.mark.jython
@pytest.mark.parametrize("case", ["exit_of_os", "exit_of_platform"])
def test_end_of_the_process_is_refused(mount, case):
    failure = _request(mount, case, "call")
    failing.assert_clean_500(failure, "IS0036", "SystemExit: IS0140", "in " + case)
    (refused,) = failure.others
    assert refused.level == "ERROR"
    assert re.search(r"^IS0140: .*\b3\b.*raises\.py:\d+, in " + case, refused.text)


def test_stop_iteration_of_the_call_is_an_exception(mount):
    failure = _request(mount, "stop_iteration", "call")
    failing.assert_clean_500(failure, "IS0036", "StopIteration: secret")


@CASES
def test_exception_after_the_head_is_out_cuts_the_connection(mount, case):
    failure = _request(mount, case, "later")
    response = failure.response
    assert (response.status, response.body) == (200, b"begun")
    failing.assert_aborted(failure, "IS0036", "raises.py", *RAISED[case])


@pytest.mark.parametrize("at", ["later", "written"])
def test_exception_leaves_a_declared_length_unmet(mount, at):
    failure = _request(mount, "own", at + "&length=50")
    response = failure.response
    assert (response.header("Content-Length"), response.body) == ("50", b"begun")
    failing.assert_aborted(failure, "IS0036", "Own: secret")


def test_exception_after_write_cuts_the_connection(mount):
    failure = _request(mount, "own", "written")
    assert failure.response.body == b"begun"
    failing.assert_aborted(failure, "IS0036", "Own: secret")


def test_exception_cannot_forge_a_line_of_the_log(mount):
    failure = _request(mount, "forged_line", "call")
    # A line within the record, and neither a line's beginning nor a terminal's command.
    forged = "\n  22-Nov-2026 15:40:37.246 SEVERE [x] a.b forged\\x0d\\x1b[31mforged"
    failing.assert_clean_500(failure, "Own: secret" + forged)


@pytest.mark.jython
def test_endless_recursion_runs_no_python_at_the_end_of_the_stack(mount):
    # Jython would warn there, through regular expressions, whose cache has locks that a
    # second overflow leaves locked: requests of other threads then wait for ever.
    (record,) = _request(mount, "recursion", "call").records
    assert "warnings" not in record.text


@pytest.mark.jython
@pytest.mark.parametrize(
    ("case", "outcome"),
    [("overflow", b"kept back"), ("linkage", b"given"), ("other", b"given")],
)
def test_warnings_of_jython_are_given_while_there_is_a_stack(mount, case, outcome):
    assert mount("warns").get("/?case=" + case).body == outcome
