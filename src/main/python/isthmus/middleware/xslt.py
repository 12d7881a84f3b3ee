"""Transforms an application's XML with a stylesheet: XSLT 1.0, by Java's JAXP."""

from __future__ import absolute_import

import os
import re
import threading

from isthmus.middleware import passing

try:
    from java.io import ByteArrayInputStream, ByteArrayOutputStream, File
    from java.lang import String, Throwable
    from javax.xml import XMLConstants
    from javax.xml.parsers import DocumentBuilderFactory
    from javax.xml.transform import ErrorListener, TransformerFactory
    from javax.xml.transform.dom import DOMSource
    from javax.xml.transform.stream import StreamResult, StreamSource
    from org.xml.sax import ErrorHandler, InputSource
except ImportError:
    raise ImportError(
        "isthmus.middleware.xslt transforms by Java (javax.xml.transform), which only"
        " Jython has. On CPython, lxml does the same."
    )

# The type if the stylesheet's xsl:output has no media-type (XSLT 1.0, 16).
_TYPES = {"xml": "application/xml", "html": "text/html", "text": "text/plain"}
_XML = ("text/xml", "application/xml")
_SAX = "http://xml.org/sax/features/external-%s-entities"
_DTD = "http://apache.org/xml/features/nonvalidating/load-external-dtd"


class TransformError(Exception):
    """A stylesheet or a document is wrong: the message says in which line and why."""


class Transform(object):
    """Transforms responses of types ``text/xml``, ``application/xml`` and ``*+xml``.

    Such a document is read completely first; other responses pass unchanged.
    Content-Type follows the stylesheet's ``xsl:output``: its media-type, or else its
    method, by default xml. Validators and ranges of the document are removed.

    Neither a document nor a stylesheet can read other files or addresses: external
    entities and DTDs are empty, ``document()`` and ``xsl:include`` fail, and Java's
    limits on entities and its "secure processing" apply.

    :param application: the application.
    :param stylesheet: the path of a file. It is compiled on first use, and again when
        the file's time or size changes.
    :param parameters: {name: text} for ``xsl:param``, or a callable that returns that
        for an environ.
    :param includes: True to let the stylesheet include and read other files.
    """

    def __init__(self, application, stylesheet, parameters=None, includes=False):
        self.application = application
        self.sheet = _Stylesheet(os.path.abspath(stylesheet), includes)
        self.parameters = parameters or {}

    def __call__(self, environ, start_response):
        response = _Response(self, environ, start_response)
        return response.of(self.application(environ, response.start))

    def named(self, environ):
        """Return the parameters for one request."""
        given = self.parameters
        return given(environ) if callable(given) else given


class _Response(object):
    """One response, whose blocks are kept until the document is complete."""

    def __init__(self, middleware, environ, start_response):
        self._middleware = middleware
        self._environ = environ
        self._start_response = start_response
        self._is_started = self._is_passed = False
        self._charset = self._templates = None
        self._blocks = []
        self._result = ()

    def start(self, status, headers, exc_info=None):
        rest = (exc_info,) if exc_info else ()
        self._is_started = True
        self._blocks, self._templates = [], None
        kind = passing.value(headers, "content-type") or ""
        media, _, parameter = kind.partition(";")
        media = media.strip().lower()
        is_xml = media in _XML or media.endswith("+xml")
        if self._is_passed or not is_xml or status[:3] in ("204", "206", "304"):
            return self._start_response(status, headers, *rest)
        self._charset = _charset(parameter)
        self._templates = self._middleware.sheet.compiled()
        kept = passing.without(
            headers,
            *"content-type content-length etag last-modified accept-ranges".split()
        )
        kept.append(("Content-Type", _type(self._templates)))
        self._start_response(status, kept, *rest)
        return self._blocks.append

    def of(self, result):
        """Return the iterable for the server."""
        if self._is_started and self._templates is None:
            self._is_passed = True
            return result
        self._result = result
        return self

    def __iter__(self):
        for block in self._result:
            if self._templates is None:
                yield block
            else:
                self._blocks.append(block)
                # PEP 3333, "Middleware Handling of Block Boundaries".
                yield b""
        if self._templates is not None and self._environ["REQUEST_METHOD"] != "HEAD":
            yield self._transformed()

    def _transformed(self):
        transformer = self._templates.newTransformer()
        listener = _Listener()
        transformer.setErrorListener(listener)
        for name, value in self._middleware.named(self._environ).items():
            text = value.decode("utf-8") if isinstance(value, bytes) else value
            transformer.setParameter(name, text)
        transformer.setOutputProperty("method", _method(self._templates))
        out = ByteArrayOutputStream()
        octets = b"".join(self._blocks)
        try:
            # Parsed separately: the transformer would lose the line number of malformed
            # input.
            source = DOMSource(_document(octets, self._charset, listener))
            transformer.transform(source, StreamResult(out))
        except Throwable as e:
            raise TransformError("The document is wrong: " + listener.message(e))
        return String(out.toByteArray(), "ISO-8859-1").toString().encode("latin-1")

    def close(self):
        passing.close(self._result)


class _Stylesheet(object):
    """A file, and its latest compiled form.

    **Threading.** Used by any number of threads; a lock lets one of them compile.
    """

    def __init__(self, path, includes):
        self._path = path
        self._includes = includes
        self._seen = self._templates = None
        self._lock = threading.Lock()

    def compiled(self):
        status = os.stat(self._path)
        state = (status.st_mtime, status.st_size)
        with self._lock:
            if state != self._seen:
                self._templates = self._compile()
                self._seen = state
            return self._templates

    def _compile(self):
        # Java's own, even if another one is in WEB-INF/lib: its limits are known.
        factory = TransformerFactory.newDefaultInstance()
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, True)
        allowed = "file" if self._includes else ""
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "")
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, allowed)
        listener = _Listener()
        factory.setErrorListener(listener)
        try:
            return factory.newTemplates(StreamSource(File(self._path)))
        except Throwable as e:
            message = self._placed(listener.message(e))
            raise TransformError("Stylesheet %s is wrong: %s" % (self._path, message))

    def _placed(self, message):
        """Return a message with a line: for a wrong XPath, Java only gives its text."""
        quoted = re.search("'(.+)'", message)
        if quoted and not re.search(r"\bline \d", message):
            with open(self._path) as lines:
                for number, line in enumerate(lines, 1):
                    if quoted.group(1) in line:
                        return "line %d: %s" % (number, message)
        return message


class _Listener(ErrorListener, ErrorHandler):
    """Keeps Java's first message: its last exception no longer has the line."""

    def __init__(self):
        self._errors = []

    def warning(self, e):
        pass

    def error(self, e):
        self._errors.append(e)

    def fatalError(self, e):
        self._errors.append(e)
        # Unless stopped, a parser goes on to consequential errors.
        raise e

    def message(self, last):
        """Return what is wrong, with the line if it is known."""
        error = (self._errors + [last])[0]
        message = error.getMessage() or error.toString()
        # SAX exceptions have the location themselves, JAXP's have a locator or none.
        at = error.getLocator() if hasattr(error, "getLocator") else error
        at = at if hasattr(at, "getLineNumber") else None
        if at is None or at.getLineNumber() < 1:
            return message
        place = (at.getLineNumber(), at.getColumnNumber())
        return "line %d, column %d: %s" % (place + (message,))


def _document(octets, charset, listener):
    factory = DocumentBuilderFactory.newDefaultInstance()
    factory.setNamespaceAware(True)
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, True)
    for feature in (_SAX % "general", _SAX % "parameter", _DTD):
        factory.setFeature(feature, False)
    source = InputSource(ByteArrayInputStream(octets))
    if charset:
        source.setEncoding(charset)
    builder = factory.newDocumentBuilder()
    builder.setErrorHandler(listener)
    return builder.parse(source)


def _charset(parameter):
    name, _, value = parameter.partition("=")
    return value.strip(' "') if name.strip().lower() == "charset" else None


def _method(templates):
    return templates.getOutputProperties().getProperty("method") or "xml"


def _type(templates):
    properties = templates.getOutputProperties()
    media = properties.getProperty("media-type")
    media = media or _TYPES.get(_method(templates), "application/xml")
    encoding = properties.getProperty("encoding") or "UTF-8"
    return str("%s; charset=%s" % (media, encoding))


def make_filter(global_conf, stylesheet, includes="false", **parameters):
    """``paste.filter_factory``: further keys are parameters of the stylesheet."""
    wanted = passing.flag(includes)
    return lambda app: Transform(app, stylesheet, parameters, wanted)
