"""A web application that points at a project, and the Jetty that serves it.

It writes nothing into the project: the web application is a temporary directory with a
web.xml, the jars, and a .pth file that names the project's own directories.
"""

import os
import re
import signal
import subprocess
import threading
import webbrowser
from pathlib import Path

from isthmus_cli import artifacts, bundled, console, plain
from isthmus_cli.exit_codes import BROKEN_RULE, DONE, USAGE
from isthmus_cli.war import launcher, tree, web_xml

MAIN = "org.isthmus.launcher.Main"
PTH = "WEB-INF/lib-python/project.pth"
# The launcher's exit statuses (docs/deploy/executable.md), as exit codes of the tool.
CODES = {0: DONE, 1: BROKEN_RULE, 2: USAGE}

# In seconds: the longest that a setting allows.
_FOREVER = "999999"

_ARCHIVES = (".zip", ".egg", ".whl")
_ADDRESS = re.compile(r"Serving at (\S+)")


def write(
    directory,
    app,
    namespace,
    libraries,
    watched,
    params,
    has_status=True,
    python=None,
    terminal=None,
    jars=(),
    data_sources=(),
):
    """Create the web application.

    :param directory: an empty directory for it.
    :param app: the application, an apps.App.
    :param libraries: a directory of libraries, or None.
    :param watched: further files, directories and patterns to watch.
    :param params: {name: value} of further context-params, which override others.
    :param has_status: whether to add the status servlet, for this machine.
    :param python: the path of the CPython that runs it; None for Jython.
    :param terminal: the path of the terminal for a debugger in it, or None.
    :param jars: further jars for WEB-INF/lib, such as a JDBC driver.
    :param data_sources: the JNDI names of those that it needs.
    """
    java = {"lib": [artifacts.isthmus(namespace), *jars]}
    if python is None:
        java["jython"] = artifacts.jython()
    for name, files in java.items():
        target = directory / "WEB-INF" / name
        target.mkdir(parents=True)
        for jar in files:
            plain.link(jar, target / jar.name)
    pth = directory / PTH
    pth.parent.mkdir()
    literal = _literal if python is None else _literal3
    pth.write_text("".join(_lines(app, libraries, literal)), encoding="ascii")
    root = app.root.resolve()
    here = _unmagical(Path.cwd())
    extra = [os.path.join(here, name) for name in watched]
    # Frameworks keep templates until they are restarted.
    for found in tree.directories(root, "templates"):
        extra.append(_unmagical(found) + "/**")
    if app.file is not None:
        extra.append(_unmagical(root / app.file))
    settings = {
        "isthmus.reload.mode": "watch",
        "isthmus.reload.extra": ",".join(extra),
        # Even a failed start waits until the error is fixed.
        "isthmus.init.error": "503",
        "isthmus.debug.page": "loopback",
        "isthmus.status.access": "loopback",
        "isthmus.health.access": "loopback",
        **(_engine(python) if python else {}),
        **params,
        **(_debugging(terminal) if terminal else {}),
    }
    resources = dict.fromkeys(data_sources, web_xml.DATA_SOURCE)
    described = web_xml.Description(
        root.name, app.in_place(), False, settings, resources, False, has_status
    )
    (directory / "WEB-INF" / "web.xml").write_bytes(web_xml.written(described))


def _unmagical(path):
    """A pattern for a path with characters that mean a separator or other files.

    The setting is a list with commas, and has no other way to quote them.
    """
    return re.sub(r"[][{}*?,]", "?", str(path))


def _engine(python):
    return {
        web_xml.ENGINE: "cpython",
        "isthmus.python.executable": str(python),
        # One is easier to follow, and quicker to start again.
        "isthmus.workers": "1",
    }


def _debugging(terminal):
    # One request at a time, and no time limit for whoever reads and thinks.
    return {
        "isthmus.worker.terminal": terminal,
        "isthmus.workers": "1",
        "isthmus.worker.threads": "1",
        "isthmus.worker.start_timeout": _FOREVER,
        "isthmus.timeout": _FOREVER,
        # Ctrl-C at the debugger's prompt.
        "isthmus.drain": "0",
    }


def _lines(app, libraries, literal):
    """The lines of a .pth file; as code, which can hold any name in ASCII."""
    line = "import sys; sys.path.append(%s)\n"
    for directory in (app.root, *app.further):
        yield line % literal(directory)
    if libraries:
        # Its own .pth files are processed as well.
        yield "import site; site.addsitedir(%s)\n" % literal(libraries)
        for file in sorted(libraries.iterdir()):
            if file.suffix in _ARCHIVES:
                yield line % literal(file)


def _literal(path):
    """A path as a native string of Python 2."""
    return repr(os.fsencode(path.resolve()))[1:]


def _literal3(path):
    """A path as a string of Python 3, in ASCII."""
    return ascii(str(path.resolve()))


def command(java, namespace, place, options):
    """The command line of the launcher.

    :param java: the Java to use, a jdk.Jdk.
    :param place: a temporary directory, with a plain path.
    :param options: words for the launcher itself.
    """
    path = [bundled.jar("launcher"), *artifacts.jetty(namespace)]
    # Developers wait for the start.
    words = [str(java.java), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    words += ["--add-opens=%s=ALL-UNNAMED" % package for package in launcher.OPENS]
    if java.major >= 24:
        words.append("--enable-native-access=ALL-UNNAMED")
        words.append("--sun-misc-unsafe-memory-access=allow")
    words += ["-cp", plain.class_path(path, place), MAIN, "--stop-at-eof"]
    return [*words, *options]


def run(words, opens, kept=()):
    """Serve until stopped; return an exit code.

    The server's standard input is a pipe, so that it shuts down cleanly when this
    process ends, for whatever reason.

    :param opens: whether to show the application in a browser.
    :param kept: descriptors that the server keeps open.
    """
    if threading.current_thread() is threading.main_thread():
        # A supervisor's signal stops it like Ctrl-C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    out = console.out()
    server = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        pass_fds=kept,
    )
    ended = False
    while not ended:
        try:
            for line in server.stdout:
                out.out(line, end="")
                address = _ADDRESS.match(line) if opens else None
                if address:
                    webbrowser.open(address.group(1))
                    opens = False
            code = server.wait()
            ended = True
        except KeyboardInterrupt:
            # In a terminal, the server gets the signal, too. Let running requests
            # finish.
            server.stdin.close()
    return CODES.get(code, code)
