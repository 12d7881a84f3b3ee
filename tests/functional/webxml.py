"""Writes a web.xml from a description of servlets, filters and parameters."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from users import REALM

SERVLET = "org.isthmus.WsgiServlet"
FILTER = "org.isthmus.WsgiFilter"
LISTENER = "org.isthmus.WsgiContextListener"

# The javaee namespace, version 4.0, is read by every container of the matrix.
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<web-app xmlns="http://xmlns.jcp.org/xml/ns/javaee" version="4.0"
         metadata-complete="true">
  <absolute-ordering/>
"""


@dataclass
class Servlet:
    """A servlet with its mappings; the class is Isthmus' unless another is named."""

    name: str
    patterns: list
    params: dict = field(default_factory=dict)
    class_name: str = SERVLET
    load_on_startup: object = 1
    async_supported: bool = False
    multipart: bool = False


@dataclass
class Filter:
    """A filter with its mappings, in the order in which they are listed."""

    name: str
    patterns: list
    params: dict = field(default_factory=dict)
    class_name: str = FILTER
    dispatchers: list = field(default_factory=list)
    async_supported: bool = False


@dataclass
class WebXml:
    """The description; `extra` is put in as it is, before the closing tag."""

    servlets: list = field(default_factory=list)
    filters: list = field(default_factory=list)
    listeners: list = field(default_factory=list)
    context_params: dict = field(default_factory=dict)
    # {url-pattern: role}: BASIC login of the container (alice, secret, member).
    members: dict = field(default_factory=dict)
    extra: str = ""

    def text(self, settings):
        """The file, with these settings beside its own context-params, which win."""
        parts = [_params("context-param", {**settings, **self.context_params})]
        parts += [_filter(f) for f in self.filters]
        parts += [_filter_mapping(f) for f in self.filters]
        parts += [_tags("listener", listener_class=name) for name in self.listeners]
        parts += [_servlet(s) for s in self.servlets]
        parts += [
            _tags("servlet-mapping", servlet_name=s.name, url_pattern=pattern)
            for s in self.servlets
            for pattern in s.patterns
        ]
        parts += [_constraint(*pair) for pair in self.members.items()]
        if self.members:
            parts.append(_login(sorted(set(self.members.values()))))
        return HEAD + "".join(parts) + self.extra + "</web-app>\n"


def _tags(outer, inner="", **values):
    tags = "".join(
        "    <%s>%s</%s>\n" % (tag, escape(str(value)), tag)
        for tag, value in ((k.replace("_", "-"), v) for k, v in values.items())
    )
    return "  <%s>\n%s%s  </%s>\n" % (outer, tags, inner, outer)


def _params(outer, params):
    return "".join(
        _tags(outer, param_name=name, param_value=value)
        for name, value in params.items()
    )


def _async(described):
    flag = "true" if described.async_supported else "false"
    return "    <async-supported>%s</async-supported>\n" % flag


def _servlet(servlet):
    inner = _params("init-param", servlet.params)
    if servlet.load_on_startup is not None:
        inner += "<load-on-startup>%d</load-on-startup>\n" % servlet.load_on_startup
    return _tags(
        "servlet",
        inner + _async(servlet) + "    <multipart-config/>\n" * servlet.multipart,
        servlet_name=servlet.name,
        servlet_class=servlet.class_name,
    )


def _filter(filter_):
    # The schema wants <async-supported> before <init-param> here, after it above.
    return _tags(
        "filter",
        _async(filter_) + _params("init-param", filter_.params),
        filter_name=filter_.name,
        filter_class=filter_.class_name,
    )


def _filter_mapping(filter_):
    inner = "".join(
        "    <%s>%s</%s>\n" % (tag, escape(value), tag)
        for tag, value in [("url-pattern", p) for p in filter_.patterns]
        + [("dispatcher", d) for d in filter_.dispatchers]
    )
    return (
        "  <filter-mapping>\n    <filter-name>%s</filter-name>\n%s  </filter-mapping>\n"
        % (escape(filter_.name), inner)
    )


def _constraint(pattern, role):
    return """  <security-constraint>
    <web-resource-collection>
      <web-resource-name>members</web-resource-name>
      <url-pattern>%s</url-pattern>
    </web-resource-collection>
    <auth-constraint><role-name>%s</role-name></auth-constraint>
  </security-constraint>
""" % (escape(pattern), escape(role))


def _login(roles):
    # Jetty finds its login service by this realm's name.
    login = _tags("login-config", auth_method="BASIC", realm_name=REALM)
    return login + "".join(_tags("security-role", role_name=role) for role in roles)
