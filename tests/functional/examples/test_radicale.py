"""The calendars of examples/radicale: Radicale 3 on CPython, asked in CalDAV."""

import re
from xml.etree import ElementTree

import pytest

from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("radicale", probe="/.web/")]
# Much like other applications of CPython.
pytestmark = pytest.mark.matrix

ALICE = ("alice", "only an example")
XML = {"Content-Type": "application/xml; charset=utf-8"}
NAMES = {"D": "DAV:", "C": "urn:ietf:params:xml:ns:caldav"}
MKCALENDAR = """<?xml version="1.0" encoding="utf-8"?>
<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>
  <D:displayname>Zo\u00eb's \u65e5\u8a18</D:displayname>
</D:prop></D:set></C:mkcalendar>"""
PROPFIND = """<?xml version="1.0" encoding="utf-8"?>
<D:propfind xmlns:D="DAV:"><D:prop>
  <D:displayname/><D:resourcetype/>
</D:prop></D:propfind>"""
REPORT = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
  <D:prop><D:getetag/><C:calendar-data/></D:prop>
  <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
    <C:time-range start="%sT000000Z" end="%sT000000Z"/>
  </C:comp-filter></C:comp-filter></C:filter>
</C:calendar-query>"""
EVENT = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//isthmus//test//EN\r
BEGIN:VEVENT\r
UID:%(uid)s\r
DTSTAMP:20260101T000000Z\r
DTSTART:%(day)sT100000Z\r
DTEND:%(day)sT110000Z\r
SUMMARY:%(summary)s\r
END:VEVENT\r
END:VCALENDAR\r
"""


def _calendar(visitor, name):
    """A calendar that is new, empty and alice's."""
    visitor.auth = ALICE
    path = "/alice/%s/" % name
    visitor.delete(path)
    made = visitor.request("MKCALENDAR", path, data=MKCALENDAR.encode(), headers=XML)
    assert made.status_code == 201
    return path


def _put(visitor, path, day, summary, **headers):
    uid = re.sub(r"\W", "-", path)
    body = EVENT % {"uid": uid, "day": day, "summary": summary}
    headers = {"Content-Type": "text/calendar; charset=utf-8", **headers}
    return visitor.put(path, data=body.encode(), headers=headers)


def _found(response):
    assert response.status_code == 207
    tree = ElementTree.fromstring(response.content)
    return {
        answer.findtext("D:href", None, NAMES): answer
        for answer in tree.iterfind("D:response", NAMES)
    }


def test_stranger_is_asked_for_a_password(visitor):
    response = visitor.request("PROPFIND", "/alice/", data=PROPFIND, headers=XML)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Basic")
    visitor.auth = ("alice", "guessed")
    response = visitor.request("PROPFIND", "/alice/", data=PROPFIND, headers=XML)
    assert response.status_code == 401


def test_propfind_knows_the_context_path_and_names_beyond_ascii(visitor):
    path = _calendar(visitor, "listed")
    response = visitor.request(
        "PROPFIND", "/alice/", data=PROPFIND, headers={**XML, "Depth": "1"}
    )
    answer = _found(response)[visitor.path + path]
    assert answer.findtext(".//D:displayname", None, NAMES) == "Zo\u00eb's \u65e5\u8a18"
    assert answer.find(".//D:resourcetype/C:calendar", NAMES) is not None


def test_event_comes_back_until_it_is_deleted(visitor):
    path = _calendar(visitor, "kept") + "one.ics"
    made = _put(visitor, path, "20260504", "Lunch with Zo\u00eb")
    assert made.status_code == 201
    found = visitor.get(path)
    assert "SUMMARY:Lunch with Zo\u00eb" in found.content.decode("utf-8")
    assert found.headers["ETag"] == made.headers["ETag"]
    # Somebody else's change is not lost.
    stale = _put(visitor, path, "20260504", "Tea", **{"If-Match": '"another"'})
    assert stale.status_code == 412
    tag = {"If-Match": found.headers["ETag"]}
    assert _put(visitor, path, "20260504", "Tea", **tag).status_code in (201, 204)
    assert visitor.delete(path).status_code in (200, 204)
    assert visitor.get(path).status_code == 404


def test_report_finds_the_events_of_a_day(visitor):
    path = _calendar(visitor, "asked")
    for day in ("20260504", "20260605"):
        assert _put(visitor, path + day + ".ics", day, day).status_code == 201
    response = visitor.request(
        "REPORT",
        path,
        data=REPORT % ("20260504", "20260505"),
        headers={**XML, "Depth": "1"},
    )
    (found,) = _found(response).items()
    assert found[0] == visitor.path + path + "20260504.ics"
    assert "SUMMARY:20260504" in found[1].findtext(".//C:calendar-data", None, NAMES)


def test_writers_at_once_lose_nothing(crowd, visitor):
    path = _calendar(visitor, "crowded")

    def visit(other, number):
        other.auth = ALICE
        event = "%s%d.ics" % (path, number)
        assert _put(other, event, "20260504", str(number)).status_code == 201

    crowd(visit)
    response = visitor.request(
        "PROPFIND", path, data=PROPFIND, headers={**XML, "Depth": "1"}
    )
    assert len(_found(response)) == 1 + 24


def test_calendar_is_seen_in_a_browser(site, browser, visitor):
    _calendar(visitor, "seen")
    site.open("/")
    browser.until(lambda: "/.web" in browser.driver.current_url)
    browser.settle()
    user = browser.one("input[data-name=user]")
    browser.until(user.is_displayed)
    user.send_keys(ALICE[0])
    browser.one("input[data-name=password]").send_keys(ALICE[1])
    browser.one("#loginscene form[data-name=form] button").click()
    # Its console is not empty: it looks for another client, which is not there.
    browser.until(lambda: "Zo\u00eb's \u65e5\u8a18" in browser.text("body"))
