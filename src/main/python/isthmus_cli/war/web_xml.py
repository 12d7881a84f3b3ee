"""Writes web.xml, and reads one that the user has written."""

import xml.etree.ElementTree as ElementTree
from typing import NamedTuple
from xml.sax.saxutils import escape

from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import Rule, ToolError

DATA_SOURCE = "javax.sql.DataSource"
ENGINE = "isthmus.engine"

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<web-app xmlns="http://xmlns.jcp.org/xml/ns/javaee"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://xmlns.jcp.org/xml/ns/javaee \
http://xmlns.jcp.org/xml/ns/javaee/web-app_4_0.xsd"
         version="4.0" metadata-complete="true">
"""


class Description(NamedTuple):
    """The content of a web.xml.

    name            for people: the container's list of web applications
    app             the setting ``isthmus.app``
    has_files       whether the container has files of its own to serve first
    context_params  {name: value}
    resources       {JNDI name below java:comp/env: Java type}
    distributable   whether sessions may move between servers
    has_status      whether org.isthmus.StatusServlet is at /isthmus/*
    login           a Login, or None
    secured         {URL pattern: roles that may}
    """

    name: str
    app: str
    has_files: bool
    context_params: dict
    resources: dict
    distributable: bool
    has_status: bool = True
    login: object = None
    secured: dict = {}


class Login(NamedTuple):
    """How the container logs users in (Servlet 4.0, 13.6).

    pages  for FORM: the login page and the one for failed logins
    """

    method: str
    pages: tuple = ()


def written(description):
    """The whole file, in octets. Containers of both servlet namespaces accept it.

    :raises ToolError: if a value has a character that XML does not allow.
    """
    lines = ["  %s\n" % line for line in _lines(description)]
    try:
        whole = (_HEAD + "".join(lines) + "</web-app>\n").encode("utf-8")
        ElementTree.fromstring(whole)
    except (UnicodeEncodeError, ElementTree.ParseError) as error:
        raise ToolError(Rule.WEB_XML_MALFORMED, "web.xml", error) from error
    return whole


def _lines(description):
    yield _element("display-name", description.name)
    yield "<!-- No web fragments: the container need not look into jars for them. -->"
    yield "<absolute-ordering/>"
    if description.distributable:
        yield "<distributable/>"
    for name, value in description.context_params.items():
        yield from _within("context-param", _param(name, value))
    listener = _element("listener-class", "org.isthmus.WsgiContextListener")
    yield from _within("listener", [listener])
    yield from _mounted(description)
    if description.has_status:
        yield from _status()
    for name, type_ in description.resources.items():
        yield from _within("resource-ref", _reference(name, type_))
    yield from _security(description)


def _status():
    """It answers nobody until an operator grants access by a setting."""
    name = _element("servlet-name", "isthmus")
    class_ = _element("servlet-class", "org.isthmus.StatusServlet")
    yield from _within("servlet", [name, class_])
    pattern = _element("url-pattern", "/isthmus/*")
    yield from _within("servlet-mapping", [name, pattern])


def _security(description):
    for pattern, roles in description.secured.items():
        resource = [_element("web-resource-name", pattern)]
        resource.append(_element("url-pattern", pattern))
        lines = list(_within("web-resource-collection", resource))
        names = [_element("role-name", role) for role in roles]
        lines += _within("auth-constraint", names)
        yield from _within("security-constraint", lines)
    if description.login:
        yield from _within("login-config", list(_login(description)))
    every = {role for roles in description.secured.values() for role in roles}
    for role in sorted(every - {"*", "**"}):
        yield from _within("security-role", [_element("role-name", role)])


def _login(description):
    method, pages = description.login
    yield _element("auth-method", method)
    yield _element("realm-name", description.name)
    if pages:
        tags = ("form-login-page", "form-error-page")
        lines = [_element(*pair) for pair in zip(tags, pages)]
        yield from _within("form-login-config", lines)


def _mounted(description):
    """The application: behind the container's own files, if there are any."""
    kind = "filter" if description.has_files else "servlet"
    name = _element(kind + "-name", "application")
    lines = [name, _element(kind + "-class", "org.isthmus.Wsgi" + kind.capitalize())]
    lines += _within("init-param", _param("isthmus.app", description.app))
    if kind == "servlet":
        lines.append(_element("load-on-startup", "1"))
    yield from _within(kind, lines)
    yield from _within(kind + "-mapping", [name, _element("url-pattern", "/*")])


def _param(name, value):
    return [_element("param-name", name), _element("param-value", value)]


def _reference(name, type_):
    values = {"res-ref-name": name, "res-type": type_, "res-auth": "Container"}
    return [_element(*pair) for pair in values.items()]


def _within(tag, lines):
    return ["<%s>" % tag, *["  " + line for line in lines], "</%s>" % tag]


def _element(tag, content):
    return "<%s>%s</%s>" % (tag, escape(content), tag)


def check_engine(path, content, engine):
    """
    :param content: the octets of a web.xml.
    :raises ToolError: if no component sets isthmus.engine to this.
    """
    texts = [(e.text or "").strip() for e in ElementTree.fromstring(content).iter()]
    pairs = zip(texts, texts[1:])
    if (ENGINE, engine) not in pairs:
        raise ToolError(Python3Rule.ENGINE_NOT_IN_WEB_XML, path, engine)


def read(path):
    """The octets of a web.xml, which must be well-formed and name Isthmus.

    :raises ToolError: if it is not, or cannot be read.
    """
    try:
        content = path.read_bytes()
        root = ElementTree.fromstring(content)
    except (OSError, ElementTree.ParseError) as error:
        raise ToolError(Rule.WEB_XML_MALFORMED, path, error) from error
    classes = [e.text or "" for e in root.iter() if e.tag.endswith("-class")]
    if not any(name.strip().startswith("org.isthmus.Wsgi") for name in classes):
        why = (
            "none of its servlets and filters is org.isthmus.WsgiServlet or WsgiFilter"
        )
        raise ToolError(Rule.WEB_XML_MALFORMED, path, why)
    return content
