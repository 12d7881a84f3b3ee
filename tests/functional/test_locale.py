"""The JVM speaks Turkish, German, or Arabic with its digits; applications do not.

A container of its own for each, on one container and JDK; in `mvn verify` one that has
Turkish letters and Arabic digits at once. All other modules run on a Turkish and on an
Arabic one, too: where.PAIRS.
"""

import ast

import pytest

import client
import containers
import paths
import where
from containers import jdks
from paths import HERE
from redeploying import EXPLODED, use
from wars import War
from webxml import Servlet, WebXml

# Arabic digits have a decimal mark of their own, as German has.
LANGUAGES = ["tr-arab"]
LANGUAGES += [pytest.param(n, marks=pytest.mark.matrix) for n in ("tr", "ar", "de")]
APP = {"isthmus.app": "speaks:application"}
SITE = War(
    "/speaks",
    WebXml(servlets=[Servlet("app", ["/app/*"], APP)]),
    files={"WEB-INF/app/speaks.py": HERE / "sites" / "locale" / "speaks.py"},
)
EXPECTED = {
    "strftime": "Tue, 05 Mar 2024 12:00:00 AM Tuesday March",
    "datetime": "Tue Mar 05",
    "strptime": (2024, 3, 5),
    "asctime": "Tue Mar  5 02:40:00 2024",
    "ctime": 24,
    "formatdate": "Tue, 05 Mar 2024 02:40:00 GMT",
    "parsedate": (2024, 3, 5),
    "lower": ("title", "title", "TITLE", "TITLE"),
    "codecs": ["x", "x", "x"],
    "numbers": ("1234.50", "0xff", "FF", "1,234,567", 1e308 * 10),
    "header": "1",
    "locale": ((None, None), "."),
    "hashes": 40,
    "error": "'ascii' codec can't decode byte 0xff in position 3: "
    "ordinal not in range(128)",
    "messages": (
        "_error() takes no arguments (2 given)",
        "len() takes exactly one argument (2 given)",
        "sequence item 1: expected string, int found",
        "non-hexadecimal number found in fromhex() arg at position 1",
    ),
    "shown": True,
    "process": True,
}


@pytest.fixture(scope="module", params=LANGUAGES)
def speaking(request):
    jdk = jdks.discover()[0]
    base = paths.RUNS / ("locale-" + request.param)
    tomcat = containers.create("tomcat11", jdk, jdk, base, where.LOCALES[request.param])
    tomcat.start([EXPLODED, SITE])
    yield tomcat
    tomcat.stop()


def test_python_knows_the_locale_c_alone(speaking):
    headers = [("X-Title-Id", "1")]
    response = client.fetch(speaking.address, "GET", "/speaks/app/", headers)
    assert ast.literal_eval(response.body.decode("ascii")) == EXPECTED


def test_all_that_a_hard_application_does_works(speaking):
    use(speaking, EXPLODED)


def test_codes_have_the_digits_of_ascii(speaking):
    mark = speaking.log.mark()
    assert client.fetch(speaking.address, "GET", "/speaks/app/raise").status == 500
    speaking.log.wait_for(r"IS0036: .* explain IS0036\b", mark)
    speaking.log.wait_for(r"speaks\.py\", line [0-9]+, in application", mark)
