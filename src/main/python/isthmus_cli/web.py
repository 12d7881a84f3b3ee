"""Fetches over HTTP like pip, and caches files by their digest."""

import contextlib
import os
import pathlib
import tempfile
import urllib.parse
import warnings
from urllib.parse import unquote

import requests
import urllib3
from requests.adapters import HTTPAdapter

from isthmus_cli import artifacts
from isthmus_cli.indexes import local_path, redacted
from isthmus_cli.rules import Rule, ToolError

_RETRIES = urllib3.Retry(
    total=3, backoff_factor=0.5, status_forcelist=[500, 502, 503, 520, 527]
)
_BLOCK_BYTES = 1 << 16


class Web:
    """One session; its creator closes it."""

    def __init__(self, settings):
        """
        :param settings: the PipSettings.
        """
        self._settings = settings
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=_RETRIES))
        if settings.proxy:
            self._session.proxies = {"http": settings.proxy, "https": settings.proxy}
        self._session.cert = settings.client_cert

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self._session.close()

    def get(self, url, headers=None, stream=False):
        """Return requests' Response.

        :raises ToolError: it cannot be had.
        """
        try:
            with warnings.catch_warnings():
                # A trusted host's certificate is not checked.
                warnings.simplefilter(
                    "ignore", urllib3.exceptions.InsecureRequestWarning
                )
                return self._session.get(
                    url,
                    headers=headers,
                    stream=stream,
                    auth=self._auth(url),
                    timeout=self._settings.timeout,
                    verify=self._verify(url),
                )
        except requests.RequestException as error:
            raise ToolError(Rule.INDEX_FAILED, redacted(url), _reason(error)) from error

    def _auth(self, url):
        """Return the name and password of the index on the same host, or None.

        Links in an index have none, but are for users with access to the index.
        """
        for index in (*self._settings.index_urls, *self._settings.find_links):
            parts = urllib.parse.urlsplit(index)
            if parts.username and _host(parts) == _host(urllib.parse.urlsplit(url)):
                return tuple(map(unquote, (parts.username, parts.password or "")))
        return None

    def _verify(self, url):
        parts = urllib.parse.urlsplit(url)
        if {parts.hostname, parts.netloc} & set(self._settings.trusted_hosts):
            return False
        return self._settings.cert or True


def _host(parts):
    return parts.scheme, parts.hostname, parts.port


class Downloads:
    """The previously fetched files, by their sha256, in a directory.

    Each file is verified whenever it is used; a damaged one is fetched again. Several
    processes may use a directory at once.
    """

    def __init__(self, directory, web):
        """
        :param directory: need not exist.
        :param web: the Web, or None to use only what is there.
        """
        self._directory = pathlib.Path(directory)
        self._web = web

    def kept(self, filename, sha256):
        """Return the path of a file that is present and intact, or None."""
        path = self._directory / sha256 / filename
        if path.is_file() and artifacts.digest(path) == sha256:
            return path
        return None

    def fetch(self, file):
        """Return the path and sha256 of an index's File.

        :raises ToolError: it cannot be reached, or differs from the index's digest.
        """
        kept = file.sha256 and self.kept(file.filename, file.sha256)
        if kept:
            return kept, file.sha256
        with self._scratch() as scratch:
            self._copy(file, scratch)
            digest = artifacts.digest(scratch)
            if file.sha256 and digest != file.sha256:
                raise ToolError(Rule.HASH_DIFFERS, file.filename, file.sha256, digest)
            path = self._directory / digest / file.filename
            with self._writing():
                path.parent.mkdir(exist_ok=True)
                os.replace(scratch, path)
            return path, digest

    @contextlib.contextmanager
    def _scratch(self):
        with self._writing():
            self._directory.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(dir=self._directory, suffix=".part")
        os.close(number)
        try:
            yield pathlib.Path(name)
        finally:
            pathlib.Path(name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def _writing(self):
        try:
            yield
        except OSError as error:
            values = (self._directory, error.strerror or error)
            raise ToolError(Rule.CACHE_UNWRITABLE, *values) from error

    def _copy(self, file, target):
        # Distinguish unreadable from unwritable: the remedies differ.
        with self._writing(), open(target, "wb") as out:
            for block in self._blocks(file):
                out.write(block)

    def _blocks(self, file):
        source = local_path(file.url)
        try:
            if source is not None:
                with open(source, "rb") as opened:
                    yield from iter(lambda: opened.read(_BLOCK_BYTES), b"")
                return
            with self._web.get(file.url, stream=True) as response:
                response.raise_for_status()
                yield from response.iter_content(_BLOCK_BYTES)
        except (OSError, requests.RequestException) as error:
            why = _reason(error)
            raise ToolError(Rule.INDEX_FAILED, redacted(file.url), why) from error


def _reason(error):
    """Return the problem in one line: the innermost of requests' nested errors."""
    response = getattr(error, "response", None)
    if response is not None:
        return "HTTP %d" % response.status_code
    while True:
        nested = [getattr(error, "reason", None), *error.args]
        inner = next((e for e in nested if isinstance(e, Exception)), None)
        if inner is None:
            return str(error).rpartition(">: ")[2] or type(error).__name__
        error = inner
