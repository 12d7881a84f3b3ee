"""Renders with Mako, and tells what the lists of ast's nodes can do."""

import ast
import json
import sys

from mako.template import Template

MAKO = u"""
<%def name="item(n, mark='*')">${mark}${n.upper()};</%def>
% for n in names:
${item(n)}${item(n, mark="+")}
% endfor
<%block name="last">${names[-1]}</%block>
"""

NAMES = [u"a", u"x", u"\u00e9"]


def application(environ, start_response):
    way = environ["PATH_INFO"].strip("/")
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [globals()[way]().encode("utf-8")]


def mako():
    return Template(MAKO).render_unicode(names=NAMES)


def ready():
    return u""


def lists():
    found = {}
    for name in sorted(ASKED):
        module = ast.parse("a = 1; b = a; c = b")
        try:
            found[name] = ASKED[name](module)
        except:  # noqa: E722
            # Jython's own raise Java's exceptions.
            found[name] = "%s: %s" % sys.exc_info()[:2]
    return json.dumps(found).encode("ascii").decode("ascii")


def _named(statements):
    return "".join(statement.targets[0].id for statement in statements)


def _last_first(statement):
    return -ord(statement.targets[0].id)


def _statement(name):
    return ast.parse("%s = 4" % name).body[0]


def _changed(change):
    """A way to change the list of a module; what the module has after that."""

    def asked(module):
        change(module.body)
        compile(module, "<changed>", "exec")
        return _named(module.body)

    return asked


def _names(of):
    node = ast.parse("def f(x, y):\n global g, h").body[0].body[0]
    of(node.names)
    return "".join(node.names)


def _replace(body):
    body[1:] = [_statement("d"), _statement("e")]


def _delete(body):
    del body[1:2]


def _set(body):
    body[-1] = _statement("d")


# What is asked of the lists: of statements, and of names, which are no nodes.
ASKED = {
    "+ list": lambda module: _named(module.body + [_statement("d")]),
    "list +": lambda module: _named([_statement("d")] + module.body),
    "+ itself": lambda module: _named(module.body + module.body),
    "[::-1]": lambda module: _named(module.body[::-1]),
    "[1:]": lambda module: _named(module.body[1:]),
    "[-1]": lambda module: _named([module.body[-1]]),
    "isinstance": lambda module: isinstance(module.body, list),
    "==": lambda module: module.body == list(module.body),
    "sorted": lambda module: _named(sorted(module.body, key=_last_first)),
    "append": _changed(lambda body: body.append(_statement("d"))),
    "extend": _changed(lambda body: body.extend([_statement("d"), _statement("e")])),
    "insert": _changed(lambda body: body.insert(0, _statement("d"))),
    "pop": _changed(lambda body: body.pop()),
    "remove": _changed(lambda body: body.remove(body[1])),
    "reverse": _changed(lambda body: body.reverse()),
    "[1:] =": _changed(_replace),
    "del": _changed(_delete),
    "[-1] =": _changed(_set),
    "names": lambda module: _names(lambda names: names.append("i")),
    "names reversed": lambda module: _names(lambda names: names.reverse()),
    "operators": lambda module: [
        type(op).__name__ for op in ast.parse("1 < 2 <= 3").body[0].value.ops[::-1]
    ],
}
