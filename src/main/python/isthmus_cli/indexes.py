"""The available files of a project, in indexes and --find-links locations.

The simple repository API (PEP 503, PEP 691), a directory of files, or a page of links.
"""

import dataclasses
import html.parser
import os
import pathlib
import re
import urllib.parse
import urllib.request

from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version

from isthmus_cli.rules import Rule, ToolError

_ACCEPT = (
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2,"
    " text/html;q=0.1"
)
_OLD_SUFFIX = re.compile(r"\.(tar\.bz2|tgz|tar)$")
_ABSENT = (404, 410)


@dataclasses.dataclass(frozen=True)
class File:
    """A wheel or an sdist in an index or a directory.

    :ivar sha256: None where the index does not say.
    :ivar tags: of a wheel, packaging's Tags; empty for an sdist.
    """

    filename: str
    url: str
    version: Version
    tags: frozenset
    sha256: str = None
    requires_python: str = None
    is_yanked: bool = False

    @property
    def is_wheel(self):
        return self.filename.endswith(".whl")


class Index:
    """All locations where pip would look, together."""

    def __init__(self, settings, web):
        """
        :param settings: the PipSettings.
        :param web: the Web that fetches pages.
        """
        self._settings = settings
        self._web = web
        self._known = {}

    def files(self, name):
        """Return the Files of a project; for equal ones, the first location's.

        :raises ToolError: a location cannot be reached.
        """
        name = canonicalize_name(name)
        if name not in self._known:
            found = {}
            for link in self._links(name):
                file = _file(name, link)
                if file:
                    found.setdefault(file.filename, file)
            self._known[name] = list(found.values())
        return self._known[name]

    def places(self):
        """Return the locations, as messages show them: without passwords."""
        places = [*self._settings.find_links, *self._settings.index_urls]
        return ", ".join(redacted(place) for place in places) or "nowhere"

    def _links(self, name):
        for place in self._settings.find_links:
            yield from self._found_links(place)
        for url in self._settings.index_urls:
            page = "%s/%s/" % (url.rstrip("/"), name)
            directory = local_path(page)
            if directory is None:
                yield from self._page(page)
            elif directory.is_dir():
                yield from self._found_links(str(directory))

    def _found_links(self, place):
        path = local_path(place)
        if path is None:
            yield from self._page(place)
        elif path.is_dir():
            for entry in sorted(path.iterdir()):
                if entry.name == "index.html":
                    yield from _links_of_html(entry.as_uri(), entry.read_text("utf-8"))
                else:
                    yield {"url": entry.absolute().as_uri()}
        elif path.suffix in (".html", ".htm") and path.is_file():
            yield from _links_of_html(path.absolute().as_uri(), path.read_text("utf-8"))
        elif path.is_file():
            yield {"url": path.absolute().as_uri()}

    def _page(self, url):
        response = self._web.get(url, {"Accept": _ACCEPT})
        if response.status_code in _ABSENT:
            return
        if response.status_code != 200:
            raise ToolError(
                Rule.INDEX_FAILED, redacted(url), "HTTP %d" % response.status_code
            )
        base = response.url
        if "json" in response.headers.get("Content-Type", ""):
            try:
                files = response.json()["files"]
            except (ValueError, KeyError, TypeError) as error:
                why = "what it answered is not of PEP 691"
                raise ToolError(Rule.INDEX_FAILED, redacted(url), why) from error
            for file in files:
                yield dict(file, url=urllib.parse.urljoin(base, file["url"]))
        else:
            yield from _links_of_html(base, response.text)


def local_path(place):
    """Return the path of a location on this machine, or None."""
    if place.startswith("file:"):
        path = urllib.parse.urlsplit(place).path
        return pathlib.Path(urllib.request.url2pathname(path))
    # Not pathlib's, which fails if there is no home directory.
    return None if "://" in place else pathlib.Path(os.path.expanduser(place))


def redacted(url):
    """Return a URL without a user name and password."""
    return re.sub(r"(?<=://)[^/@]*@", "", url)


def _links_of_html(base, text):
    page = _Page()
    page.feed(text)
    for attributes in page.anchors:
        url = urllib.parse.urljoin(page.base or base, attributes["href"])
        url, _, fragment = url.partition("#")
        kind, _, digest = fragment.partition("=")
        yield {
            "url": url,
            "hashes": {kind: digest} if digest else {},
            "requires-python": attributes.get("data-requires-python"),
            "yanked": "data-yanked" in attributes,
        }


class _Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.anchors = []
        self.base = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "a" and attributes.get("href"):
            self.anchors.append(attributes)
        if tag == "base":
            self.base = attributes.get("href")


def _file(name, link):
    """Return the File of a link, or None if it is not one of this project."""
    path = urllib.parse.urlsplit(link["url"]).path
    filename = link.get("filename") or urllib.parse.unquote(path.rpartition("/")[2])
    parsed = _parsed(name, filename)
    if parsed is None or parsed[0] != name:
        return None
    digest = (link.get("hashes") or {}).get("sha256")
    return File(
        filename=filename,
        url=link["url"],
        version=parsed[1],
        tags=parsed[2],
        sha256=digest.lower() if digest else None,
        requires_python=link.get("requires-python"),
        # PEP 691: false, true, or the reason, which may be empty.
        is_yanked=link.get("yanked") not in (None, False),
    )


def _parsed(name, filename):
    try:
        if filename.endswith(".whl"):
            found, version, _, tags = parse_wheel_filename(filename)
            return found, version, tags
        return (
            *parse_sdist_filename(_OLD_SUFFIX.sub(".tar.gz", filename)),
            frozenset(),
        )
    except (InvalidSdistFilename, InvalidWheelFilename, InvalidVersion):
        return _parsed_loosely(name, filename)


def _parsed_loosely(name, filename):
    # zope.interface-3.0-final.tar.gz, or a wheel of before PEP 427 was strict: the
    # project's name is known, and what follows it may be a version.
    match = re.match(r"(.+?)-(\d[^-]*?)\.(tar\.gz|zip)$", filename)
    if match and canonicalize_name(match.group(1)) == name:
        try:
            return name, Version(match.group(2)), frozenset()
        except InvalidVersion:
            pass
    return None
