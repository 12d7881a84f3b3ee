"""Checks WEB-INF/web.xml: the classes, settings and applications that it names."""

import posixpath
import re
import xml.etree.ElementTree as ElementTree
from typing import NamedTuple

from isthmus import importing, loading
from isthmus_cli import bindings, bundled, engines
from isthmus_cli.doctor import jars
from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.doctor.webapp import APP, LIB_PYTHON, WEB_XML
from isthmus_cli.names import nearest
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError

_OWN = "org.isthmus."
_ENGINE = "isthmus.engine"
_MODJY = "com.xhaus.modjy.ModjyJServlet"
_COMPONENTS = ("servlet", "filter", "listener")
# Those that a servlet or filter without isthmus.app looks for.
_BY_CONVENTION = ("wsgi.py", "app.py")
# Filled in by the container or an operator.
_FILLED_IN = re.compile(r"[$@#]\{")

# Paste Deploy's: config:file.ini#name, whose file is looked for, or egg:Dist#name.
_PASTE = re.compile(r"(?:config:([^#]+\.(?:ini|cfg|conf|paste))|egg:)")
_ABSENT = "there is no %s in WEB-INF/app or WEB-INF/lib-python"
_FURTHER = ("isthmus.python.path", "python.path", "isthmus.python.home")


class Component(NamedTuple):
    """A servlet, filter or listener; or the web application itself, without a class."""

    kind: str
    name: str
    class_name: str
    params: dict

    @property
    def place(self):
        if not self.class_name:
            return "a context-param"
        return "init-param of %s '%s'" % (self.kind, self.name)


class WebXml(NamedTuple):
    """The relevant content of a web.xml.

    resources   {JNDI name: Java type}
    """

    context: Component
    components: list
    resources: dict = {}
    has_login: bool = False

    def value(self, name):
        """Return a context-param, or None."""
        return self.context.params.get(name)


def read(app):
    """Return the WebXml of a WebApp; None if it has none.

    :raises ElementTree.ParseError: it is malformed.
    """
    if WEB_XML not in app.names:
        return None
    root = ElementTree.fromstring(app.read(WEB_XML))
    context = Component("context", None, None, _params(root, "context-param"))
    components = []
    for element in root:
        kind = _tag(element)
        if kind in _COMPONENTS:
            name, class_name = (_text(element, kind + s) for s in ("-name", "-class"))
            params = _params(element, "init-param")
            components.append(Component(kind, name or class_name, class_name, params))
    references = [e for e in root if _tag(e) == "resource-ref"]
    resources = {_text(r, "res-ref-name"): _text(r, "res-type") for r in references}
    has_login = any(_tag(element) == "login-config" for element in root)
    return WebXml(context, components, resources, has_login)


def check(app):
    """Yield the Findings of a WebApp's web.xml, which is optional."""
    try:
        web_xml = read(app)
    except ElementTree.ParseError as error:
        yield found(Sign.WEB_XML_MALFORMED, error)
        return
    if web_xml is None:
        return
    yield from _settings(web_xml.context)
    for component in web_xml.components:
        yield from _class(app, component)
        if (component.class_name or "").startswith(_OWN):
            yield from _settings(component)
            yield from _application(app, web_xml, component)


def _params(parent, tag):
    pairs = [
        (_text(element, "param-name"), _text(element, "param-value"))
        for element in parent
        if _tag(element) == tag
    ]
    return {name: value or "" for name, value in pairs if name}


def _tag(element):
    # With the namespace of Java EE, Jakarta EE, or none.
    return str(element.tag).rpartition("}")[2]


def _text(parent, tag):
    texts = [element.text for element in parent if _tag(element) == tag]
    return texts[0].strip() if texts and texts[0] else None


def _class(app, component):
    name = component.class_name
    if not name or name == _MODJY:
        return
    entry = name.replace(".", "/") + ".class"
    holders = [jar for jar in app.jars if entry in jar.entries]
    if not holders and "WEB-INF/classes/" + entry not in app.names:
        if name.startswith(_OWN) and not any(jar.is_isthmus for jar in app.jars):
            # That is another finding.
            return
        if name.startswith(_OWN):
            known = {c[:-6].replace("/", ".") for j in app.jars for c in j.entries}
            near = nearest(name, [k for k in known if k.startswith(_OWN)])
            yield found(Sign.CLASS_ABSENT, name, near)
        elif not name.startswith(("org.apache.", "org.eclipse.jetty.")):
            # These two may be in the container.
            yield found(Sign.CLASS_ABSENT, name, "")
    own = jars.side(app)
    for jar in holders:
        other = jar.namespace([entry])
        if own and other not in (None, own):
            yield found(Sign.NAMESPACE_MIXED, "%s of %s" % (name, jar.name), other, own)


def _settings(component):
    rows = {name: row for name, *row in bundled.settings()}
    for name, value in component.params.items():
        if name in rows:
            pattern, form = rows[name]
            value = value.strip()
            if pattern and not (
                _FILLED_IN.search(value) or re.fullmatch(pattern, value)
            ):
                yield found(Sign.SETTING_MALFORMED, name, component.place, value, form)
        elif name.startswith("isthmus."):
            near = nearest(name, rows)
            yield found(Sign.SETTING_UNKNOWN, name, component.place, near)


def _application(app, web_xml, component):
    """Check the application in isthmus.app, as far as possible without Python."""
    if component.class_name not in (_OWN + "WsgiServlet", _OWN + "WsgiFilter"):
        return
    named = component.params.get("isthmus.app") or web_xml.value("isthmus.app")
    place = component.place
    if not named:
        modjys = any(key.startswith(("app_", "python.")) for key in component.params)
        if not modjys and not any(APP + name in app.names for name in _BY_CONVENTION):
            why = "isthmus.app is not set, and there is no app/wsgi.py or app/app.py"
            yield found(Sign.APP_ABSENT, "none", place, why, "")
        return
    why, near = _wrong(app, web_xml, named.strip())
    if why:
        yield found(Sign.APP_ABSENT, named, place, why, near)


def _wrong(app, web_xml, spec):
    """Return why the value of isthmus.app is wrong, and a suggestion; or Nones."""
    paste = _PASTE.match(spec)
    if paste:
        file = paste.group(1)
        is_there = not file or any(p + file in app.names for p in (APP, "WEB-INF/"))
        return (None, None) if is_there else (_ABSENT % file, "")
    if _FILLED_IN.search(spec):
        return None, None
    try:
        named = loading.Named(spec)
    except importing.LoadError:
        # IS0050, detected early.
        return "it is neither package.module:callable nor file.py:callable", ""
    if named.file and (named.file.startswith("/") or "\\" in named.file):
        # It may be anywhere.
        return None, None
    source = _source(app, named)
    if source is None:
        if further_path(web_xml) and not named.file:
            return None, None
        modules = [n[:-3].replace("/", ".") for n in app.below(APP, ".py")]
        what = named.file or named.module_name
        return _ABSENT % what, nearest(what, modules)
    if not source.endswith(".py"):
        return None, None
    beside = {n.split("/")[0].partition(".")[0] for n in app.below(_package(source))}
    octets, name = app.read(source), named.callable_name
    return bindings.objection(source, octets, name, beside), ""


def engine(app):
    """Return the name of the engine that a WebApp asks for: jython if it does not."""
    named = _first(app, _ENGINE)
    # Another value is another finding.
    return named if named in engines.NAMES else engines.JYTHON


def names_python(app):
    """Return whether a WebApp names a Python of its server."""
    return bool(_first(app, "isthmus.python.executable"))


def _first(app, setting):
    try:
        web_xml = read(app)
    except ElementTree.ParseError:
        web_xml = None
    every = [web_xml.context, *web_xml.components] if web_xml else []
    values = [c.params[setting].strip() for c in every if setting in c.params]
    return values[0] if values else None


def applications(web_xml):
    """Return what each of Isthmus's servlets and filters loads, if that is known.

    None is the application that convention finds. What modjy's parameters say, or an
    operator fills in, is left out, and so is what lies in another place.
    """
    found = []
    for component in web_xml.components:
        if component.class_name in (_OWN + "WsgiServlet", _OWN + "WsgiFilter"):
            spec = component.params.get("isthmus.app") or web_xml.value("isthmus.app")
            modjys = any(
                key.startswith(("app_", "python.")) for key in component.params
            )
            if not spec and modjys or spec and _FILLED_IN.search(spec):
                continue
            found.append(spec.strip() if spec else None)
    return list(dict.fromkeys(found))


def sources(app):
    """Yield the paths below WEB-INF/app of the applications that are known."""
    try:
        found = read(app)
    except ElementTree.ParseError:
        return
    for spec in applications(found) if found else ():
        if spec is None:
            yield from _BY_CONVENTION
            continue
        try:
            source = _source(app, loading.Named(spec))
        except importing.LoadError:
            continue
        if source and source.startswith(APP):
            yield source[len(APP) :]


def preloaded(web_xml):
    """Return the modules to import before the applications."""
    every = [web_xml.context, *web_xml.components]
    values = [component.params.get("isthmus.preload", "") for component in every]
    names = [name.strip() for value in values for name in value.split(",")]
    return [name for name in dict.fromkeys(names) if name]


def preloaded_text(app):
    """Return the value of isthmus.preload in a WebApp's web.xml, unparsed."""
    try:
        found = read(app)
    except ElementTree.ParseError:
        return ""
    return "".join(name + "\n" for name in preloaded(found)) if found else ""


def _package(source):
    """The directory of a package's source; of a module, which has none, no name."""
    return source[: -len("__init__.py")] if source.endswith("/__init__.py") else "\0"


def further_path(web_xml):
    """The parameters by which sys.path has more than the application's directories."""
    return [name for name in _FURTHER if has_param(web_xml, name)]


def to_import(app):
    """Return a WebApp's web.xml, which names what to import; None if it cannot be read.

    :raises ToolError: sys.path has more than can be seen here.
    """
    try:
        found = read(app)
    except ElementTree.ParseError:
        return None
    further = further_path(found) if found else ()
    if further:
        names = " and ".join(further)
        why = names + " may lead to directories that only the server has"
        raise ToolError(Python3Rule.IMPORT_IMPOSSIBLE, app.path, why)
    return found


def has_param(web_xml, name):
    """Tell whether any component has a parameter."""
    every = [web_xml.context, *web_xml.components]
    return any(name in component.params for component in every)


def _source(app, named):
    """Return the name of the source, or bytecode, of a module or file; or None."""
    if named.file:
        names, places = (posixpath.normpath(named.file),), ("WEB-INF/",)
    else:
        path = named.module_name.replace(".", "/")
        names = (path + ".py", path + "/__init__.py", path + "$py.class")
        places = (APP, LIB_PYTHON, "WEB-INF/")
    known = set(app.names)
    return next((d + n for d in places for n in names if d + n in known), None)
