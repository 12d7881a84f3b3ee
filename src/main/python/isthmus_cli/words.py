"""Parses the command line words that several commands share."""

import re
from pathlib import Path

import click
from click.core import ParameterSource

from isthmus_cli import bundled, engines
from isthmus_cli.names import nearest
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import maven_jars, web_xml

LOGINS = ("basic", "digest", "form", "client-cert")
FORM_PAGES = ("/login.html", "/login-failed.html")
# Servlet 4.0, 12.2.
_URL_PATTERN = re.compile(r"/|(/[^*]*)?/\*|/[^*]+|\*\.[^/*]+")


def pairs(_context, _parameter, values):
    """{name: value} of words NAME=VALUE."""
    for word in values:
        if not word.partition("=")[0] or "=" not in word:
            raise click.BadParameter("'%s' is not NAME=VALUE." % word)
    return dict(word.split("=", 1) for word in values)


def further_pairs(context, parameter, values):
    """The same, with those of pyproject.toml; the command line's outweigh them."""
    given = pairs(context, parameter, values)
    if context.get_parameter_source(parameter.name) is not ParameterSource.COMMANDLINE:
        return given
    there = (context.default_map or {}).get(parameter.name, ())
    return {**pairs(context, parameter, there), **given}


def data_sources(_context, _parameter, values):
    """{JNDI name: JDBC URL, or None} of words NAME or NAME=URL."""
    found = {}
    for word in values:
        name, _, url = word.partition("=")
        # A URL without a name is not repeated: it may contain a password.
        if not name or (":" in name and not name.startswith("java:")):
            raise click.BadParameter(
                "A word is not NAME or NAME=URL, with a name such as jdbc/shop."
            )
        found[name] = url or None
    return found


def context_params(context, parameter, values):
    """{name: value} of words NAME=VALUE; names of settings must exist."""
    params = further_pairs(context, parameter, values)
    named = [name for name in params if name.startswith("isthmus.")]
    known = [name for name, _, _ in bundled.settings()] if named else []
    for name in named:
        if name not in known:
            near = nearest(name, known)
            raise ToolError(Rule.CONTEXT_PARAM_UNKNOWN, name, near)
    return params


def logins(_context, _parameter, word):
    """The web_xml.Login of a word METHOD or form=PAGE,PAGE; None without one."""
    if word is None:
        return None
    method, _, text = word.partition("=")
    pages = tuple(text.split(",")) if text else ()
    if method not in LOGINS:
        near = nearest(method, LOGINS)
        known = ", ".join(LOGINS)
        raise click.BadParameter("'%s' is none of %s.%s" % (method, known, near))
    if method == "form":
        pages = pages or FORM_PAGES
        if len(pages) != 2 or not all(page.startswith("/") for page in pages):
            raise click.BadParameter(
                "'%s' is not two pages, each with a / before it, such as form=%s,%s."
                % (text, *FORM_PAGES)
            )
    elif pages:
        raise click.BadParameter("%s has no pages of its own." % method)
    return web_xml.Login(method.upper(), pages)


def constraints(_context, _parameter, values):
    """{URL pattern: roles} of words PATTERN=ROLE, or ROLE,ROLE."""
    found = {}
    for word in values:
        pattern, _, names = word.rpartition("=")
        roles = [role.strip() for role in names.split(",") if role.strip()]
        if not _URL_PATTERN.fullmatch(pattern) or not roles:
            raise click.BadParameter(
                "'%s' is not PATTERN=ROLE, with a pattern such as /*, /admin/*,"
                " /a/page or *.html." % word
            )
        found.setdefault(pattern, []).extend(roles)
    return found


def places(context, parameter, values):
    """[(directory, path in the WAR)] of words DIR or DIR=PATH."""
    stated = context.get_parameter_source(parameter.name)
    is_default = stated is ParameterSource.DEFAULT_MAP
    found = []
    for word in values:
        directory, _, place = word.partition("=")
        if not Path(directory).is_dir():
            place = " that [tool.isthmus] in pyproject.toml names" if is_default else ""
            hint = " If Django fills it, run `python manage.py collectstatic` first."
            raise click.BadParameter(
                "there is no directory '%s'%s.%s" % (directory, place, hint)
            )
        found.append((Path(directory), place))
    return found


# Options that several commands share, so that pyproject.toml can set them once.
ENGINE = click.option(
    "--engine",
    type=click.Choice(engines.NAMES),
    help="jython for Python 2.7, cpython for Python 3; by default what the application"
    " needs.",
)
STATIC = click.option(
    "--static",
    multiple=True,
    callback=places,
    metavar="DIR[=PATH]",
    help="A directory of static files, served first, at / or at PATH.",
)
EXTRA = click.option(
    "--extra",
    "extras",
    multiple=True,
    metavar="NAME",
    help="With -r pyproject.toml: add the optional dependencies of this name.",
)
GROUP = click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="NAME",
    help="With -r pyproject.toml: add the dependency group of this name.",
)
STATUS = click.option(
    "--status/--no-status",
    "has_status",
    default=True,
    show_default=True,
    help="Add health, readiness, metrics and status at /isthmus/*, which an operator"
    " can switch on.",
)
JAVA_LIB = click.option(
    "--java-lib",
    "java_libs",
    multiple=True,
    type=maven_jars.JarOrCoordinates(),
    metavar="JAR",
    help="A jar, a directory of jars, or group:artifact:version, for WEB-INF/lib, such"
    " as a JDBC driver.",
)
CONTEXT_PARAM = click.option(
    "--context-param",
    "context_params",
    multiple=True,
    callback=context_params,
    metavar="NAME=VALUE",
    help="A parameter of the web application: a setting of Isthmus, or your own.",
)
