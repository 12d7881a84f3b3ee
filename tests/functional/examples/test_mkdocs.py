"""The manual of examples/mkdocs: by the container, and by WhiteNoise."""

import pytest

from alike import assert_closed, assert_not_sent_twice
from example_project import PreparedExampleProject, run_python

BOOT = "examples"
# Its manual is made first, with MkDocs from an index.
pytestmark = pytest.mark.matrix


def _build(project):
    """Make site/, with a MkDocs beside the project."""
    library = project.parent / "lib"
    pip = ("pip", "install", "-q", "-r", "requirements-docs.txt", "--target", library)
    run_python(*pip, cwd=project)
    run_python("mkdocs", "build", "--strict", cwd=project, path=library)


BY_WHITENOISE = PreparedExampleProject("mkdocs", "/mkdocs-whitenoise", _build)
WARS = [
    PreparedExampleProject("mkdocs", prepare=_build, options=["--static=site"]),
    BY_WHITENOISE,
]


@pytest.fixture(params=WARS, ids=["container", "whitenoise"])
def war(request):
    return request.param


def test_pages_and_the_service_are_side_by_side(visitor):
    assert "This is its manual" in visitor.get("/").text
    page = visitor.get("/errors/")
    assert "\u00c5ngstr\u00f6m" in page.content.decode("utf-8")
    assert page.headers["Content-Type"].startswith("text/html")
    found = visitor.get("/convert", params={"miles": "26.2"})
    assert found.json() == {"kilometres": 42.165}
    assert visitor.get("/convert", params={"miles": "far"}).status_code == 400
    assert visitor.get("/none/").status_code == 404


def test_directory_without_its_slash_leads_to_its_page(visitor):
    found = visitor.get("/errors")
    assert (found.url, found.status_code) == (visitor.home + "/errors/", 200)


def test_files_are_not_sent_twice(visitor, war):
    response = assert_not_sent_twice(visitor, "/css/base.css")
    assert response.headers["Content-Type"].startswith("text/css")
    # Which of the two has served it.
    message = "max-age" in response.headers.get("Cache-Control", "")
    assert message is (war is BY_WHITENOISE)


def test_sources_are_nowhere(visitor):
    assert_closed(visitor, "/css", "app.py")
    for path in ("/app.py", "/docs/index.md", "/mkdocs.yml", "/site/index.html"):
        assert visitor.get(path).status_code == 404


def test_manual_is_searched_and_tried_in_a_browser(site, browser):
    site.open("/")
    browser.one("body").send_keys("s")
    field = browser.one("#mkdocs-search-query")
    browser.until(field.is_displayed)
    # Its index is read by a worker of the browser's.
    field.send_keys("kilometres")
    results = "#mkdocs-search-results a"
    browser.until(lambda: "Converting" in " ".join(browser.texts(results)))
    browser.leave_by(browser.all(results)[0])
    assert browser.text("h1") == "Converting"
    # Its scripts tell the console what they do.
    assert not [output for output in browser.errors() if "Failed to load" in output]
    browser.leave_by(browser.link("Try it"))
    assert "42.165" in browser.text("body")
