"""Every problem that the doctor can detect: its code, severity and remedy.

The codes follow those of :mod:`isthmus_cli.rules`, and docs/errors.md has an entry for
each of them, too.
"""

from enum import Enum
from typing import NamedTuple

from isthmus_cli.names import punctuated, see

ERROR = "error"
WARNING = "warning"


class Sign(Enum):
    """One sign: its permanent number, severity, description, and remedy."""

    ISTHMUS_ABSENT = (
        270,
        ERROR,
        "WEB-INF/lib has no jar of Isthmus.",
        "Put isthmus-<version>.jar there, or isthmus-<version>-javax.jar for Tomcat 9.",
    )
    ISTHMUS_TWICE = (
        271,
        ERROR,
        "The web application contains Isthmus more than once: %s.",
        "Keep one of them.",
    )
    JYTHON_ABSENT = (
        272,
        ERROR,
        "There is no Jython in WEB-INF/jython or WEB-INF/lib.",
        "Put jython-slim and its dependencies, or jython-standalone, into"
        " WEB-INF/jython.",
    )
    JYTHON_TWICE = (
        273,
        ERROR,
        "The web application contains Jython more than once: %s.",
        "Keep one of them, in WEB-INF/jython.",
    )
    JYTHON_IN_LIB = (
        274,
        WARNING,
        "Jython is in WEB-INF/lib (%s), where the container scans it at each"
        " deployment, and a packed WAR finds its classes very slowly.",
        "Move it, with its dependencies, to WEB-INF/jython.",
    )
    SERVLET_API_INSIDE = (
        275,
        ERROR,
        "%s contains the Servlet API, which the container provides.",
        "Remove it; in Maven, give it the scope `provided`.",
    )
    NAMESPACE_MIXED = (
        276,
        ERROR,
        "%s is for %s.servlet, but the web application's Isthmus is for %s.servlet.",
        "Use the same namespace for both.",
    )
    NAMESPACE_WRONG = (
        277,
        ERROR,
        "%s runs web applications for %s.servlet, but this one is for %s.servlet.",
        "Use the other jar of Isthmus (`isthmus war --servlet ...`), or another"
        " container.",
    )
    WEB_XML_MALFORMED = (
        278,
        ERROR,
        "WEB-INF/web.xml cannot be read: %s.",
        "Correct it.",
    )
    CLASS_ABSENT = (
        279,
        ERROR,
        "WEB-INF/web.xml names the class %s, which no jar contains.%s",
        "Correct the name, or add the jar.",
    )
    SETTING_UNKNOWN = (
        280,
        ERROR,
        "There is no setting '%s' (%s).%s",
        "Correct the name, or remove the parameter.",
    )
    SETTING_MALFORMED = (
        281,
        ERROR,
        "Setting %s (%s) is '%s', which is not %s.",
        "Correct the value.",
    )
    APP_ABSENT = (
        282,
        ERROR,
        "The application '%s' (%s) does not exist: %s.%s",
        "Correct isthmus.app, or put the module into WEB-INF/app.",
    )
    SOURCE_IN_ROOT = (
        283,
        ERROR,
        "'%s' is in the public root, where browsers can download it: %s.",
        "Move it below WEB-INF/app.",
    )
    SECRET_IN_ROOT = (
        284,
        ERROR,
        "'%s' is in the public root, where browsers can download it: %s.",
        "Remove it. If it was ever served, change the secrets in it.",
    )
    PYTHON3_SYNTAX = (
        285,
        ERROR,
        "Line %s of %s has %s, which is not valid in Python 2.7.",
        "Write it for Python 2.7. For a library, install a release for Python 2.7"
        " (`isthmus lock`).",
    )
    PYTHON_REFUSED = (
        286,
        ERROR,
        "Jython cannot compile %s: %s.",
        "Correct it; of a library, install a release for Python 2.7 (`isthmus lock`).",
    )
    MODULE_ABSENT = (
        287,
        ERROR,
        "%s imports '%s', which is neither in WEB-INF/app nor in WEB-INF/lib-python"
        " nor in %s.%s",
        "Correct the name, or %s.",
    )
    PYTHON3_IMPORT = (
        288,
        ERROR,
        "%s imports '%s', which Python 2.7 lacks.",
        "%s If the application is for Python 3, use `isthmus war --engine cpython`.",
    )
    C_EXTENSION_NEEDED = (
        289,
        ERROR,
        "%s imports '%s', which is written in C: Jython cannot load it.",
        "Use %s instead.",
    )
    C_EXTENSION_INERT = (
        290,
        WARNING,
        "%s in WEB-INF/lib-python is written in C: Jython cannot load it.",
        "If its library works without it, remove the file; otherwise use another"
        " library. `isthmus lock` tells which.",
    )
    JYTHON_IN_CONTAINER = (
        291,
        WARNING,
        "%s contains Jython, for all web applications: versions may clash, and Jython"
        " is never unloaded.",
        "Remove it there; put it into each web application.",
    )
    ISTHMUS_IN_CONTAINER = (
        292,
        WARNING,
        "%s contains Isthmus, for all web applications.",
        "Remove it there; put it into each web application.",
    )
    DIRECTORY_UNWRITABLE = (
        293,
        ERROR,
        "'%s', which %s needs, %s.",
        "Create it, and make it writable for the user that the container runs as.",
    )
    JVM_FLAG = (
        294,
        WARNING,
        "%s has the JVM option %s: %s.",
        "Remove it, or change it.",
    )
    JAVA_OLD = (
        295,
        ERROR,
        "%s needs Java %s, but this machine's `java` is %s.",
        "Run it on a newer JDK.",
    )
    CONTAINER_UNKNOWN = (
        296,
        WARNING,
        "The container of '%s' could not be identified: %s.",
        "Give the directory it is installed in.",
    )
    URL_FAILS = (
        297,
        ERROR,
        "'%s' does not respond properly: %s.",
        "Look at the container's log.",
    )
    URL_INSECURE = (
        298,
        WARNING,
        "'%s' %s.",
        "Make the proxy or the container redirect to https, and tell the container the"
        " URL that browsers see (docs/deploy).",
    )
    NOT_READY = (
        299,
        ERROR,
        "'%s' answers %s: an application is not loaded.",
        "Look in the container's log for the code of the failure.",
    )

    EXECUTABLE_LACKS = (
        300,
        WARNING,
        "`java -jar` of this web application has no %s, which its web.xml asks for.",
        "Deploy it to a Tomcat or Jetty that has one, or %s.",
    )
    DATA_INSIDE = (
        301,
        WARNING,
        "'%s' looks like data of the application: a redeployment replaces it with the"
        " WAR's.",
        "Keep data in the directory that isthmus.data_dir names, and leave it out of"
        " the WAR with --exclude.",
    )
    DATA_WRITTEN = (
        302,
        WARNING,
        "%s in '%s' are not from %s: a redeployment deletes them (%s).",
        "Save them, and let the application write to the directory that"
        " isthmus.data_dir names.",
    )
    DATA_BESIDE = (
        303,
        WARNING,
        "Line %s of %s keeps %s within the web application: a redeployment deletes it.",
        "Set isthmus.data_dir to a directory elsewhere, and write to the directory that"
        " the environment variable ISTHMUS_DATA_DIR names.",
    )

    PYTHON3_REQUIRED = (
        304,
        WARNING,
        "pyproject.toml requires Python %s, but Jython implements Python 2.7.",
        "Write the application for both, and lower requires-python.",
    )
    SOURCE_REFUSED = (
        305,
        ERROR,
        "%s is not valid Python 3: line %s: %s.",
        "Correct it. If it is Python 2.7, use --engine jython; if it is not part of the"
        " application, leave it out with --exclude.",
    )
    MODULE_UNDECLARED = (
        306,
        WARNING,
        "%s imports '%s', which no requirement brings in: %s.",
        "Add its library to %s.",
    )

    EXTENSION_UNFIT = (
        307,
        ERROR,
        "%s cannot be imported by the CPython %s for %s in the web application: it is"
        " for %s.",
        "Make the web application again with `isthmus war`, which takes wheels for the"
        " CPython and each platform in it.",
    )
    SYSTEM_LACKS = (
        308,
        WARNING,
        "%s needs %s, which %s.",
        "Make sure that the server has it, or choose another release or library that"
        " does not need it.",
    )
    PLATFORM_OTHER = (
        309,
        WARNING,
        "The web application has CPython for %s, but this machine is %s.",
        "If the container runs on this machine, %sname a Python of the server in"
        " isthmus.python.executable, or in the container's environment, in"
        " ISTHMUS_PYTHON_EXECUTABLE. If it runs elsewhere, run the doctor there.",
    )

    LIBRARY_LACKS = (
        310,
        ERROR,
        "Line %s of %s needs %s of the standard library, which the web application's"
        " CPython for %s lacks.",
        "Use the server's Python (`isthmus war --python none`) or, instead of sqlite3,"
        " another database.",
    )

    # IS0321 to IS0339: libraries and imports.
    IMPORT_FAILS = (
        321,
        ERROR,
        "The application '%s' cannot be imported: %s.",
        "Correct it, or skip this check with `isthmus war --no-check`.",
    )
    IMPORT_RAISES = (
        322,
        WARNING,
        "Importing the application '%s' outside of a container raised an exception:"
        " %s.",
        "If it needs something that only the container has, such as a data source, skip"
        " this check with --no-check. Otherwise correct it%s.",
    )
    IMPORT_SLOW = (
        323,
        WARNING,
        "Importing the application '%s' took longer than %s seconds, so whether it"
        " succeeds is unknown.",
        "If it waits for something that only the container has, skip this check with"
        " --no-check.",
    )

    # IS0435: the server's Python.
    PYTHON_ABSENT = (
        435,
        WARNING,
        "The web application has no CPython of its own and needs %s, but this machine"
        " has %s.",
        "If the container runs on this machine, install such a CPython, and put it on"
        " the container's PATH, or name it in isthmus.python.executable or in the"
        " environment variable ISTHMUS_PYTHON_EXECUTABLE of the container. If it runs"
        " elsewhere, run the doctor there.",
    )

    @property
    def code(self):
        """The code as a reader sees it, such as ``IS0270``."""
        return "IS%04d" % self.value[0]


class Finding(NamedTuple):
    """One detected problem.

    :ivar severity: ERROR or WARNING.
    """

    code: str
    severity: str
    message: str
    remedy: str

    def text(self):
        """The finding as text: severity, code, description, remedy, and a pointer."""
        parts = self.severity, self.code, self.message, self.remedy, see(self.code)
        return "%s %s: %s %s %s" % parts


def found(sign, *values, remedy=()):
    """Return the Finding for a sign.

    :param values: the values in its text.
    :param remedy: the values in its remedy.
    """
    _, severity, text, what = sign.value
    what = what % remedy if remedy else what
    return Finding(sign.code, severity, punctuated(text % values), what)
