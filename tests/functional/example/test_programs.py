"""What a person sees on the pages of the example, and what happens when they use it."""

import hashlib
import re

import pytest

from example_war import EXAMPLE, SOURCES, source

WARS = [EXAMPLE]

PROGRAMS = {
    "function": "A function",
    "class": "A class",
    "first": "One program, two names",
    "environ": "Everything a program is told",
    "upload": "A file on its way in",
    "download": "A file on its way out",
}


def test_front_page_leads_to_every_program(site, browser):
    site.open("/")
    cards = [card.get_attribute("href") for card in browser.all(".cards a")]
    assert len(cards) == 8
    assert cards == [entry.get_attribute("href") for entry in browser.all("nav a")]
    title = browser.texts(".cards h3")[0]
    browser.leave_by(browser.all(".cards a")[0])
    assert browser.text("h1") == title


def test_front_page_names_container_python_and_java(site, browser, server):
    site.open("/")
    container, python, java = browser.texts(".facts dd")
    family = "Tomcat" if server.name.startswith("tomcat") else "jetty"
    assert family in container
    assert python == "Jython 2.7.4"
    assert re.match(r"%d(\.|$)" % server.jdk.major, java)


def test_front_page_leads_to_the_bare_hello(site, browser):
    site.open("/")
    browser.leave_by(browser.link("Hello, world!"))
    assert browser.text("body") == "Hello, world!"


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_page_is_titled_and_marked_in_the_menu(site, browser, name):
    site.open("/%s/" % name)
    assert browser.text("h1") == PROGRAMS[name]
    assert browser.driver.title == PROGRAMS[name] + " · Isthmus"
    assert (
        browser.one("nav a[aria-current=page]")
        .get_attribute("href")
        .endswith("/%s/" % name)
    )
    assert browser.text(".exchange .status") == "200 OK"


@pytest.mark.parametrize(
    "name, files",
    [
        ("function", ["function_app.py"]),
        ("class", ["class_app.py"]),
        ("second", ["mounted.py"]),
        ("environ", ["environ_table.py"]),
        ("upload", ["upload.py", "multipart.py"]),
        ("download", ["download.py"]),
        ("login", ["login.py"]),
        ("", ["front.py", "configure.py", "frame.py", "highlight.py", "rest.py"]),
    ],
)
def test_page_shows_its_own_source(site, browser, name, files):
    site.open("/%s/" % name if name else "/")
    assert browser.texts("summary > code") == [*files, "web.xml"]
    shown = [e.get_property("textContent") for e in browser.all("details pre")]
    assert shown[:-1] == [source(file) for file in files]
    web_xml = (SOURCES / "WEB-INF" / "web.xml").read_text(encoding="utf-8")
    assert shown[-1].splitlines()[0] in ("  <servlet>", "  <filter>")
    assert all(line in web_xml.splitlines() for line in shown[-1].splitlines())


def test_source_unfolds_without_script(site, browser):
    site.open("/upload/")
    folded = browser.all("details")[1]
    assert not folded.find_element("css selector", "pre").is_displayed()
    folded.find_element("css selector", "summary").click()
    assert folded.find_element("css selector", "pre").is_displayed()
    assert browser.all("script") == []


def test_function_greets_by_the_name_that_was_typed(site, browser):
    site.open("/function/")
    assert browser.text(".greeting") == "Hello, world!"
    browser.field("Your name").clear()
    browser.field("Your name").send_keys("<b>Jürgen</b> & 日本")
    browser.leave_by(browser.button("Greet me"))
    assert browser.text(".greeting") == "Hello, <b>Jürgen</b> & 日本!"


def test_class_instance_is_iterated_to_its_end(site, browser):
    site.open("/class/")
    assert browser.texts(".answer li") == [
        "Block %s of __iter__, asked by GET" % step for step in ("one", "two", "three")
    ]
    assert "yielded five blocks" in browser.text(".answer")


@pytest.mark.parametrize("name", ["first", "second"])
def test_mount_divides_the_url(site, browser, name):
    site.open("/%s/a/b" % name)
    assert browser.text("#script-name") == site.path + "/" + name
    assert browser.text("#path-info") == "/a/b"


def test_path_of_other_alphabets_is_read_as_utf8(site, browser):
    site.open("/first/")
    browser.leave_by(browser.link("Ισθμός/café below here"))
    assert browser.text("#path-info") == "/Ισθμός/café"


def test_both_names_are_counted_by_one_program(site, browser):
    first, second = site.path + "/first", site.path + "/second"
    site.open("/second/")
    site.open("/first/")
    before = _calls(browser)
    browser.leave_by(browser.link("/second/"))
    after = _calls(browser)
    assert (after[first], after[second]) == (before[first], before[second] + 1)


def _calls(browser):
    names = browser.texts("#calls tbody th")
    return dict(zip(names, map(int, browser.texts("#calls tbody td"))))


def test_environ_is_shown_escaped_and_by_groups(site, browser):
    site.open("/environ/é?q=<i>1</i>&%41")
    values = _environ(browser)
    assert values["QUERY_STRING"] == ("q=%3Ci%3E1%3C/i%3E&%41", "str")
    assert values["PATH_INFO"] == ("/é octets /\\xc3\\xa9", "str")
    assert values["SCRIPT_NAME"] == (site.path + "/environ", "str")
    assert values["wsgi.version"] == ("(1, 0)", "tuple")
    assert values["isthmus.request"][0] == "object"
    assert browser.text(".environ caption") == "%d keys" % len(values)
    assert browser.texts(".environ th[scope=rowgroup]") == [
        "The request",
        "Its headers",
        "The server's side of PEP 3333",
        "The servlet container",
        "Added on the way",
    ]


def test_environ_hides_what_proves_an_identity(site, browser):
    site.open("/environ/")
    browser.driver.add_cookie({"name": "token", "value": "very-secret"})
    site.open("/environ/")
    assert _environ(browser)["HTTP_COOKIE"][0] == "17 characters, not shown"
    assert "very-secret" not in browser.driver.page_source


def _environ(browser):
    rows = browser.script(
        "return [...document.querySelectorAll('.environ tbody tr')]"
        ".filter(row => row.cells.length == 3)"
        ".map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )
    return {key: (value, kind) for key, value, kind in rows}


def test_upload_tells_size_and_checksum_of_each_file(site, browser, tmp_path):
    # Boundaries of blocks fall anywhere; the content looks like a boundary everywhere.
    contents = {
        "große Datei.bin": b"\r\n--" * 100000 + bytes(range(256)),
        "<b>.txt": b"",
        "one.txt": b"1",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    site.open("/upload/")
    paths = [str(tmp_path / name) for name in contents]
    browser.field("One file or several").send_keys("\n".join(paths))
    browser.leave_by(browser.button("Send"))
    rows = zip(*(browser.texts("#files tbody " + s) for s in ("th", ".number", "code")))
    assert list(rows) == [
        (name, str(len(content)), hashlib.sha256(content).hexdigest())
        for name, content in contents.items()
    ]


def test_download_is_the_file_octet_for_octet(site, browser):
    name = "wsgi-on-one-page.txt"
    site.open("/download/")
    browser.link("Download " + name).click()
    target = browser.downloads / name
    browser.until(target.exists)
    assert target.read_bytes() == (SOURCES / "WEB-INF" / "app" / name).read_bytes()
    target.unlink()


def test_unknown_url_leads_back_to_the_front_page(site, browser):
    site.open("/no/such/page")
    assert (browser.status(), browser.text("h1")) == (404, "Open water")
    (error,) = browser.errors()
    assert "404" in error
    browser.leave_by(browser.link("Back to the shore"))
    assert browser.text("h1") == "Isthmus"
