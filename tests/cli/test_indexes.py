"""An index over HTTP is asked as pip asks it; its files come with its password."""

import base64
import json

import pytest

from isthmus_cli import installing, locking, requirements
from isthmus_cli.rules import Rule, ToolError
from loopback import Site
from packages import Index, sha256

YANKED = ' data-yanked=""'
PAGES = {
    "json": '{"meta": {"api-version": "1.0"}, "name": "a", "files": %s}',
    "html": "<!DOCTYPE html><html><body>%s</body></html>",
}


def _page(form, files):
    """The page of a project; each file is (path, sha256, Requires-Python)."""
    if form == "json":
        listed = [
            {
                "filename": path.name,
                "url": "../../files/" + path.name,
                "hashes": {"sha256": digest},
                "requires-python": python,
                "yanked": path.name.startswith("a-3"),
            }
            for path, digest, python in files
        ]
        return PAGES[form] % json.dumps(listed)
    links = [
        '<a href="../../files/%s#sha256=%s" data-requires-python="%s"%s>a</a>'
        % (
            p.name,
            d,
            python.replace(">", "&gt;"),
            ' data-yanked=""' * ("a-3" in p.name),
        )
        for p, d, python in files
    ]
    return PAGES[form] % "\n".join(links)


@pytest.fixture
def served(tmp_path, monkeypatch):
    """A function that serves an index in a form; gives its Site."""
    index = Index(tmp_path / "index", monkeypatch)
    wheels = [index.wheel("a", version) for version in ("1.0", "2.0", "3.0")]
    bounds = [">=2.7", ">=3.6", ">=2.7"]
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_NO_INDEX", "")

    def serve(form, digest=None, wanted=None):
        digests = [digest or sha256(wheel) for wheel in wheels]
        page = _page(form, list(zip(wheels, digests, bounds)))
        answers = {"/files/" + w.name: (200, w.read_bytes()) for w in wheels}
        answers["/simple/a/"] = (200, page)
        kinds = {"/simple/a/": "application/vnd.pypi.simple.v1+" + form}
        return Site(answers, kinds=kinds, wanted=wanted)

    return serve


@pytest.mark.parametrize("form", PAGES)
def test_index_in_each_form_with_a_password(served, form, tmp_path, monkeypatch):
    wanted = "Basic " + base64.b64encode(b"me:p@ss").decode()
    with served(form, wanted=wanted) as site:
        url = site.url.replace("://", "://me:p%40ss@") + "/simple"
        monkeypatch.setenv("PIP_INDEX_URL", url)
        asked = requirements.of_names(["a"])
        lock = locking.lock(asked, tmp_path / "cache")
        # 2.0 requires another Python, 3.0 was withdrawn.
        assert lock.pins() == {"a": "1.0"}
        installing.install(lock, tmp_path / "lib", tmp_path / "elsewhere", asked)
    assert (tmp_path / "lib" / "a.py").is_file()


def test_password_that_is_wrong_is_said(served, tmp_path, monkeypatch):
    with served("json", wanted="Basic nobody") as site:
        monkeypatch.setenv("PIP_INDEX_URL", site.url + "/simple")
        with pytest.raises(ToolError, match="HTTP 401") as refused:
            locking.lock(requirements.of_names(["a"]), tmp_path / "cache")
    assert refused.value.rule is Rule.INDEX_FAILED


def test_file_that_is_not_as_the_index_says_is_not_kept(served, tmp_path, monkeypatch):
    with served("html", digest="0" * 64) as site:
        monkeypatch.setenv("PIP_INDEX_URL", site.url + "/simple/")
        with pytest.raises(ToolError) as refused:
            locking.lock(requirements.of_names(["a"]), tmp_path / "cache")
    assert refused.value.rule is Rule.HASH_DIFFERS
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
