"""The source code that the pages show is the source code there is."""

import html
import pathlib
import re

import pytest

import highlight
import sources

APP = pathlib.Path(sources.__file__).parent
PROGRAMS = sorted(path.name for path in APP.glob("*.py"))


def text_of(marked):
    return html.unescape(re.sub("<[^>]*>", "", marked))


@pytest.mark.parametrize("name", PROGRAMS)
def test_marks_change_nothing_of_the_text(name):
    assert text_of(sources.program(name)) == (APP / name).read_text(encoding="utf-8")


def test_words_are_marked_by_what_they_are():
    marked = highlight.python("def one(a):\n    return 'x', 2  # 3 < 4\n")
    assert '<span class="keyword">def</span> <span class="defined">one</span>' in marked
    assert '<span class="string">&#x27;x&#x27;</span>' in marked
    assert '<span class="number">2</span>' in marked
    assert '<span class="comment"># 3 &lt; 4</span>' in marked


def test_continued_lines_are_kept():
    text = "a = 1 + \\\n    2\nb = (\n\n    3)\n"
    assert text_of(highlight.python(text)) == text


@pytest.mark.parametrize("name", ["hello", "first", "upload"])
def test_mapping_shows_servlet_and_its_place(name):
    xml = text_of(sources.mapping(name, {}))
    assert xml.startswith("  <servlet>\n    <servlet-name>%s</servlet-name>" % name)
    assert xml.count("<servlet-name>") == 2
    assert "<url-pattern>/%s" % name in xml


def test_mapping_shows_a_filter_too():
    xml = text_of(sources.mapping("rest", {}))
    assert xml.startswith("  <filter>") and xml.endswith("</filter-mapping>\n")


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_says_first_what_it_does(name):
    first = (APP / name).read_text(encoding="utf-8").splitlines()[0]
    assert re.match(r'"""[A-Z].*\.("""|)$', first) or first.endswith("[port].")
