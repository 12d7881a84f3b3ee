"""What Python writes and logs, in the log file of the container."""

import pytest

import board
import engines
import messages

TEXT = "Gr\u00fc\u00dfe, \u65e5\u672c "
HOSTILE = "one\\x1b[31m\\x07\\x00\\x0d\\x7f\\x85two "


def _logged(mount, case, app="logs"):
    """(level, text) of the records of one request, the key of it as KEY."""
    mounted = mount(app)
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + notes.query(case))
        assert connection.receive().body == b"logged"
        records = notes.records(mark, connection)
    return [(r.level, r.text.replace(notes.key, "KEY")) for r in records]


LINES = {
    "printed": [("INFO", "one KEY"), ("INFO", "two KEY")],
    "print_statement": [("INFO", "one 2 KEY")],
    "standard_error": [("WARNING", "one KEY")],
    "errors_written": [("ERROR", "one KEY"), ("ERROR", "two KEY")],
    "errors_writelines": [("ERROR", "one KEY"), ("ERROR", "two KEY")],
    "errors_in_parts": [("ERROR", "one KEY")],
    "empty_lines": [("ERROR", "one KEY")],
}


@pytest.mark.parametrize("case", engines.cases(LINES, jython=["print_statement"]))
def test_each_line_is_a_record_with_the_level_of_its_stream(mount, case):
    assert _logged(mount, case) == LINES[case]


def test_line_without_an_end_is_logged_when_the_request_ends(mount):
    assert sorted(_logged(mount, "without_newline")) == [
        ("ERROR", "one KEY"),
        ("INFO", "two KEY"),
        ("WARNING", "three KEY"),
    ]


def test_flush_logs_what_there_is(mount):
    mounted = mount("logs")
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + notes.query("errors_flushed"))
        # The request goes on only when its first line is in the file.
        mounted.server.log.wait_for("one " + notes.key, mark)
        notes.add("seen")
        assert connection.receive().body == b"logged"
        records = notes.records(mark, connection)
    assert [r.text for r in records] == ["one " + notes.key, "two " + notes.key]


def test_threads_do_not_mix_their_lines(mount):
    lines = [
        (level, "line of %s KEY" % who) for level in ("ERROR", "INFO") for who in "ab"
    ]
    assert sorted(_logged(mount, "interleaved")) == lines


def test_traceback_that_is_printed_is_there_line_by_line(mount):
    records = _logged(mount, "print_exc")
    assert {level for level, _ in records} == {"ERROR"}
    texts = [text for _, text in records]
    assert texts[0] == "Traceback (most recent call last):"
    assert texts[-1] == "ValueError: one KEY"
    assert any("in print_exc" in text for text in texts)


def test_warning_is_on_the_error_stream(mount):
    (level, text), *_ = _logged(mount, "warned")
    assert level == "WARNING"
    assert "UserWarning: one KEY" in text


@pytest.mark.parametrize("case", ["text_octets", "text_unicode", "text_printed"])
def test_text_beyond_ascii_is_intact(mount, case):
    ((_, text),) = _logged(mount, case)
    assert text == TEXT + "KEY"


@pytest.mark.parametrize("case", ["text_logged", "text_logged_unicode"])
def test_text_beyond_ascii_is_intact_in_logging(mount, case):
    assert _logged(mount, case) == [("WARNING", "functional.shop: " + TEXT + "KEY")]


def test_octets_that_are_not_utf8_are_read_as_latin1(mount):
    assert _logged(mount, "text_latin1") == [("ERROR", "Gr\u00fc\u00dfe KEY")]


def test_character_beyond_the_basic_plane_is_intact(mount):
    assert _logged(mount, "text_astral") == [("ERROR", "\U0001f40d KEY")]


@pytest.mark.parametrize(
    "case, name",
    [
        ("controls_written", ""),
        ("controls_printed", ""),
        ("controls_logged", "functional.shop: "),
    ],
)
def test_control_characters_are_escaped(mount, case, name):
    ((_, text),) = _logged(mount, case)
    assert text == name + HOSTILE + "KEY"


def test_unicode_line_ends_and_directions_are_escaped(mount):
    ((_, text),) = _logged(mount, "controls_unicode")
    escaped = "one\\x1b\\x85\\u2028\\u2029\\u202etwo KEY"
    assert text == "functional.shop: " + escaped


def test_forged_line_that_is_written_is_a_record_of_its_own(mount):
    # Two records, and the second one's head is a true one: its text is the forged line.
    first, second = _logged(mount, "forged_written")
    assert (first[1], second[0]) == ("one KEY", "ERROR")
    assert second[1] == "22-Nov-2026 15:40:37.246 SEVERE [x] a.b forged KEY"


def test_forged_line_that_is_logged_stays_within_its_record(mount):
    ((level, text),) = _logged(mount, "forged_logged")
    first, second = text.split("\n")
    assert (level, first) == ("WARNING", "functional.shop: user one KEY")
    assert second == "  22-Nov-2026 15:40:37.246 SEVERE [x] a.b forged KEY"


def test_logging_has_its_levels_and_names(mount):
    # The root logger of Python is at INFO by isthmus.log.level.
    assert _logged(mount, "logged_levels") == [
        ("INFO", "functional.shop: info KEY"),
        ("WARNING", "functional.shop: warning KEY"),
        ("ERROR", "functional.shop: error KEY"),
        ("ERROR", "functional.shop: critical KEY"),
        ("INFO", "functional.shop: twenty-five KEY"),
    ]


def test_logging_below_its_level_is_not_logged(mount):
    records = _logged(mount, "logged_below_the_level")
    assert records == [("INFO", "functional.shop: two KEY")]


def test_root_logger_is_named_root(mount):
    assert _logged(mount, "logged_by_root") == [("WARNING", "root: one KEY")]


def test_basic_config_at_debug_logs_at_debug(mount):
    records = _logged(mount, "", "logs_basic_config")
    assert records == [
        ("DEBUG", "functional.basic: one KEY"),
        ("INFO", "functional.basic: two KEY"),
    ]


def test_exception_is_one_record_with_its_traceback(mount):
    ((level, text),) = _logged(mount, "logged_exception")
    assert level == "ERROR"
    assert text.startswith("functional.shop: one KEY\n  Traceback (most recent call")
    assert "in logged_exception" in text
    assert text.endswith("ValueError: Gr\u00fc\u00dfe")


@pytest.mark.jython
def test_java_exception_is_one_record_with_its_traceback(mount):
    ((_, text),) = _logged(mount, "logged_java_exception")
    assert "in logged_java_exception" in text
    assert "java.lang.IllegalStateException: of Java" in text


@pytest.mark.parametrize("case", ["logged_malformed", "logged_unformattable"])
def test_record_that_cannot_be_formatted_is_reported(mount, case):
    ((level, text),) = _logged(mount, case)
    assert level == "WARNING"
    assert text.startswith("functional.shop: ") and "format" in text.splitlines()[0]
    assert "one KEY" in text
    assert "Traceback" in text


def test_handler_of_the_application_reaches_the_log(mount):
    assert _logged(mount, "handler_on_errors") == [("ERROR", "ERROR:one KEY")]


def test_handler_of_the_application_does_not_log_a_record_twice(mount):
    assert _logged(mount, "handler_added") == [
        ("INFO", "functional.shop: one KEY"),
        ("INFO", "functional.shop: two KEY"),
    ]


def test_basic_config_acts_where_the_application_has_removed_the_handlers(mount):
    one, two = _logged(mount, "handlers_removed")
    assert one == ("INFO", "INFO:one KEY")
    assert two[0] == "ERROR"
    assert two[1].startswith("ERROR:of KEY\n  Traceback")


@pytest.mark.jython
def test_logger_beyond_ascii_is_readable(mount):
    assert _logged(mount, "logger_beyond_ascii") == [
        ("WARNING", "na\u00efve: one KEY"),
        ("WARNING", "na\u00efve: two KEY"),
    ]


def test_client_that_goes_away_is_told_at_debug(mount):
    mounted = mount("vanishing")
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    connection = mounted.connect()
    connection.request("GET", mounted.prefix + notes.query("generated"))
    connection.receive_head()
    connection.read_until(b"begun")
    connection.abort()
    notes.add("gone")
    mounted.server.log.wait_for(messages.CLIENT_GONE + ".* GET .*" + notes.key, mark)
    levels = [r.level for r in notes.records(mark) if notes.key in r.text]
    assert levels == ["DEBUG"]
