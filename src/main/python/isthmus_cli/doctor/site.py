"""Checks a URL: does it answer, over TLS, and is Isthmus behind it?"""

import re
import urllib.parse
import uuid

import requests

from isthmus_cli.doctor.signs import Sign, found

_TIMEOUT_SECONDS = 20
# Error pages of Tomcat and Jetty, unless the operator has hidden the version.
_PAGES = (
    ("Tomcat", re.compile(r"Apache Tomcat/(\d+\.\d+\.\d+)")),
    ("Jetty", re.compile(r"(?:Jetty\(|Powered by Jetty:// )(\d+\.\d+\.\d+)")),
)
_WRONG_SIDE = re.compile(
    r"(?:ClassNotFound\w+|NoClassDef\w+): (javax|jakarta)[./]servlet"
)
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
_MAPPED = "isthmus/"


def check(url):
    """Return the Findings of a URL, and lines on what was checked."""
    with requests.Session() as session:
        try:
            response = _get(session, url)
        except requests.RequestException as error:
            return [found(Sign.URL_FAILS, url, _reason(error))], []
        findings = [*_transport(url, response), *_answer(url, response)]
        seen, more = _health(session, response.url)
    return findings + more, [seen]


def container(url):
    """Return (family, version) of the container behind a URL, or None."""
    nowhere = urllib.parse.urljoin(url, "/" + uuid.uuid4().hex)
    with requests.Session() as session:
        for page in (url, nowhere):
            try:
                response = _get(session, page)
            except requests.RequestException:
                return None
            text = response.headers.get("Server", "") + "\n" + response.text
            for family, pattern in _PAGES:
                match = pattern.search(text)
                if match:
                    return family, match.group(1)
    return None


def _get(session, url):
    return session.get(url, timeout=_TIMEOUT_SECONDS)


def _reason(error):
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not trusted (%s)" % str(error.args[0])[:200]
    if isinstance(error, requests.TooManyRedirects):
        return "it redirects for ever"
    if isinstance(error, requests.Timeout):
        return "no answer in %d seconds" % _TIMEOUT_SECONDS
    return "no connection (%s)" % type(error).__name__


def _transport(url, response):
    first, last = urllib.parse.urlsplit(url), urllib.parse.urlsplit(response.url)
    if first.scheme == "https" and last.scheme == "http":
        yield found(Sign.URL_INSECURE, url, "redirects from https to " + response.url)
    elif last.hostname in _LOOPBACK and first.hostname not in _LOOPBACK:
        yield found(Sign.URL_INSECURE, url, "redirects to " + response.url)
    elif last.scheme == "http" and last.hostname not in _LOOPBACK:
        yield found(Sign.URL_INSECURE, url, "is served without TLS")


def _answer(url, response):
    wrong = _WRONG_SIDE.search(response.text)
    if wrong:
        side = wrong.group(1)
        other = "jakarta" if side == "javax" else "javax"
        yield found(Sign.NAMESPACE_WRONG, "The container", other, side)
    elif response.status_code >= 500 or response.status_code == 404:
        yield found(Sign.URL_FAILS, url, "HTTP %d" % response.status_code)


def _health(session, url):
    """Ask the status servlet, where docs/monitoring.md maps it, for readiness."""
    base = url if url.endswith("/") else url + "/"
    try:
        health = _get(session, urllib.parse.urljoin(base, _MAPPED + "health"))
        ready = _get(session, urllib.parse.urljoin(base, _MAPPED + "ready"))
    except requests.RequestException:
        return "it is unknown whether Isthmus is behind it", []
    if ready.text not in ("ready\n", "not ready\n"):
        line = "no sign of Isthmus (isthmus.health.access may be off)"
        return line, []
    if ready.status_code != 200:
        answer = "HTTP %d" % ready.status_code
        return "Isthmus", [found(Sign.NOT_READY, ready.url, answer)]
    return "Isthmus, alive (%d) and ready" % health.status_code, []
