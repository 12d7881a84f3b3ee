"""Every rule of the tool that a user can break: its code, what is wrong, the remedy.

The form is that of the Java side (``errors/Rule.java``). The codes are those from
IS0200 on, except IS0400 to IS0403, which are the server's, and the findings of
``doctor/signs.py``. docs/errors.md has one entry for each; codes are never reused.
"""

from enum import Enum

from isthmus_cli.names import punctuated, see


class Rule(Enum):
    """One rule: its permanent number, and a text with a ``%s`` for each value."""

    # IS0200 to IS0229: the tool itself, its artifacts and the JDK.
    JARS_ABSENT = (
        200,
        "The tool needs Isthmus's jars, but %s is not in %s. Run `mvn -DskipTests"
        " package` in the source tree, then `pip install .` there.",
    )
    ARTIFACT_ABSENT = (
        201,
        "%s of the %s jars needed found neither in the cache %s nor in the local Maven"
        " repository %s, and %s. The first one missing is %s. Run the command once"
        " where Maven is installed and has network access, or copy the cache from a"
        " machine that has it.",
    )
    ARTIFACT_DAMAGED = (
        202,
        "%s is not the file that this version was tested with: its SHA-256 is %s"
        " instead of %s. Delete it, so that it is fetched again.",
    )
    CACHE_UNWRITABLE = (
        203,
        "The cache '%s' cannot be written: %s. Set the environment variable"
        " ISTHMUS_CACHE to a writable directory.",
    )
    JDK_ABSENT = (
        204,
        "No Java was found: %s. Install JDK %s or later, and set JAVA_HOME to its"
        " directory or put its `java` on the PATH.",
    )
    JDK_WRONG = (
        205,
        "Java %s or later is needed, but %s is %s. Set JAVA_HOME to a newer JDK.",
    )
    OUTPUT_UNWRITABLE = (
        206,
        "'%s' cannot be written: %s. Choose another place, or move what is in the way.",
    )
    PROJECT_UNREADABLE = (207, "'%s' cannot be read: %s. Correct it.")
    SETTING_UNKNOWN = (
        208,
        "[tool.isthmus] in pyproject.toml has the unknown key '%s'.%s Correct the"
        " name, or remove it.",
    )
    SETTING_MALFORMED = (
        209,
        "[tool.isthmus] in pyproject.toml: '%s' is %s, which is not %s. Correct it.",
    )
    APP_ABSENT = (
        210,
        "No application was found in '%s': %s. Name it, as in `isthmus %s %s`, or as"
        " `app` in [tool.isthmus] of pyproject.toml.",
    )
    APP_UNKNOWN = (211, "'%s' does not name an application: %s. Correct the name%s.")
    FILE_UNREADABLE = (
        212,
        "'%s' cannot be packed into the web application: %s. Correct or remove it, or"
        " exclude it with --exclude.",
    )
    FILE_REFUSED = (
        213,
        "These do not belong in %s of a web application: %s. Move them elsewhere, or"
        " exclude them with --exclude.",
    )
    PYTHON_REFUSED = (
        214,
        "Jython, which implements Python 2.7, cannot compile %s of the application's"
        " files:%s\nCorrect them, or exclude them with --exclude.",
    )
    JYTHON_FAILED = (
        215,
        "Jython exited with code %s: %s. Fix what it reports, or try another JDK.",
    )
    WEB_XML_MALFORMED = (
        216,
        "'%s' is not a valid web.xml for Isthmus: %s. Correct it.",
    )
    NAME_ODD = (217, "'%s' cannot be used as a project name: %s. Choose another.")
    DIRECTORY_TAKEN = (
        218,
        "'%s' already exists and is not an empty directory. Choose another name, or"
        " remove it.",
    )
    CGI_APP_FAILED = (
        219,
        "The application '%s' cannot be run: %s. Correct the name, or fix the cause.",
    )
    CONTEXT_PARAM_UNKNOWN = (
        220,
        "There is no setting '%s' for --context-param.%s Correct the name. Parameters"
        " of your own must not begin with 'isthmus.'.",
    )
    PATH_UNSPEAKABLE = (
        221,
        "Java cannot use a temporary directory below '%s': its path contains a"
        " character that has a meaning in class paths. Set the environment variable"
        " TMPDIR to a directory without ':' and '!/' in its path.",
    )

    JAR_UNREADABLE = (
        222,
        "'%s' cannot be put into WEB-INF/lib: %s. Name a jar, a directory of"
        " jars, or group:artifact:version.",
    )
    JAR_TAKEN = (
        223,
        "There are two jars '%s' for WEB-INF/lib: %s and %s. Keep one of them.",
    )

    EXTRA_UNKNOWN = (
        224,
        "%s has no %s '%s'.%s Correct the name.",
    )
    DEPENDENCIES_DYNAMIC = (
        225,
        "The [project] dependencies of %s are dynamic, so only a build would know them."
        " Name the file that they come from, such as requirements.txt.",
    )

    PYTHON_NOT_ADMITTED = (
        227,
        "%s in pyproject.toml is '%s', but the tool has no such CPython,"
        " only %s. Leave it to the server by --python none; libraries in C are then"
        " installed with the server's Python (`pip install --target installed`), and"
        " --lib installed takes them. If the application runs on one of these all the"
        " same, name it, as in --python %s, or widen what pyproject.toml admits.",
    )

    APP_SERVES_ITSELF = (
        228,
        "Line %s of '%s' calls %s whenever the module is imported, and that does not"
        " return, so no server could start the application. Put it below `if __name__"
        " == '__main__':`.",
    )
    POETRY_DEPENDENCY = (
        229,
        "%s in pyproject.toml has '%s', which no requirement in pip's form can state:"
        " %s. Build a wheel of it, give its directory in PIP_FIND_LINKS, and require a"
        " release; or list what the server needs in requirements.txt.",
    )

    # IS0240 to IS0256: `isthmus lock`, and installing what it has locked.
    REQUIREMENTS_UNREADABLE = (
        240,
        "The requirements '%s' cannot be read: %s. Give a UTF-8 file in pip's format.",
    )
    REQUIREMENTS_MALFORMED = (
        241,
        "The requirements are malformed, at %s: %s. See 'Requirements File Format' in"
        " pip's documentation.",
    )
    REQUIREMENT_NOT_NAMED = (
        242,
        "A requirement must be the name of a package, optionally with version bounds,"
        " but at %s is '%s'. Build a wheel of it, give its directory with"
        " --find-links, and require it by name.",
    )
    PACKAGE_ABSENT = (
        243,
        "There is no package %s (needed by %s) in any of these: %s.%s Correct its"
        " name, or add its index to pip's configuration.",
    )
    VERSION_ABSENT = (
        244,
        "There is no %s (needed by %s). Ask for another version: %s.",
    )
    NOT_FOR_JYTHON = (
        245,
        "No version of %s (needed by %s) runs on Jython 2.7 (%s). Change the"
        " requirement: %s. If the application is for Python 3: --engine cpython.",
    )
    REQUIREMENTS_CONFLICT = (246, "The requirements conflict: %s. Loosen one of them.")
    RESOLUTION_TOO_DEEP = (
        247,
        "No compatible set of versions was found in %s attempts. Pin some of the"
        " packages to exact versions.",
    )
    INDEX_FAILED = (
        248,
        "'%s' could not be fetched: %s. Check the network and pip's configuration"
        " (`pip config list`).",
    )
    PIP_ABSENT = (
        249,
        "pip, whose configuration says where packages come from, is neither in %s nor"
        " on the PATH. Install it.",
    )
    PIP_FAILED = (
        250,
        "`%s` failed: %s. Fix pip's configuration (`pip config list`), or update pip.",
    )
    HASH_DIFFERS = (
        251,
        "%s should have the SHA-256 %s, but the fetched file has %s: the index serves"
        " another file under this name. Do not use it until you know why.",
    )
    ARCHIVE_DAMAGED = (
        252,
        "'%s' is not an installable wheel or sdist: %s. Require another version, or"
        " report it to its authors.",
    )
    LOCK_ABSENT = (253, "There is no lock '%s'. Create it with `isthmus lock`.")
    LOCK_MALFORMED = (
        254,
        "The lock '%s' is malformed: %s. Delete it and create it again with `isthmus"
        " lock`.",
    )
    LOCK_DRIFT = (
        255,
        "The lock '%s' does not match these requirements: %s. Run `isthmus lock`"
        " again.",
    )
    LOCKED_FILE_ABSENT = (
        256,
        "The locked file %s is neither in the cache nor in any of these: %s. Run"
        " `isthmus lock --upgrade`, or add the index that has it to pip's"
        " configuration.",
    )

    # `isthmus doctor`; what it finds is in doctor/signs.py, from IS0270 on.
    NOT_A_WEB_APP = (
        257,
        "'%s' is not a web application: %s. Give a WAR, the directory it is unpacked"
        " into, or a URL; and a container after --container.",
    )
    NOT_A_CONTAINER = (
        258,
        "'%s' is not a container that Isthmus knows: %s. Give the directory where"
        " Tomcat or Jetty is installed, or a URL that it answers.",
    )

    # `isthmus explain`.
    CODE_UNKNOWN = (
        259,
        "There is no error '%s'.%s Write the code as it appears in the message, such"
        " as IS0214.",
    )

    # Errors that any command may report.
    DISK_FULL = (
        260,
        "%s could not be written: %s. Free some space there. The environment variable"
        " TMPDIR sets where temporary files go.",
    )

    # `[server:main] use = egg:isthmus#jetty` in a Paste Deploy file.
    SERVER_KEY_UNKNOWN = (
        261,
        "%s: '%s' is not an option of `isthmus serve`.%s Correct the name, or remove"
        " it.",
    )
    SERVER_VALUE_MALFORMED = (262, "%s: '%s' is '%s': %s. Correct it.")
    SERVER_WITHOUT_FILE = (
        263,
        "egg:isthmus#jetty serves the application of a Paste Deploy file, but was not"
        " loaded from one. Use it in a section [server:main] of that file.",
    )

    # More errors that any command may report.
    CURRENT_DIRECTORY_GONE = (
        264,
        "The current directory does not exist: %s. Change to one that does.",
    )

    # IS0320 to IS0339: libraries and imports on Jython.
    LOCK_NOT_COMPILED = (
        320,
        "The releases in the lock were not compiled with Jython, so one of them may be"
        " written for Python 3. The reason: %s",
    )

    # IS0410 to IS0429: Python 3 (engine cpython).
    PYTHON_VERSION_UNSERVED = (
        410,
        "There is no CPython '%s' to put into a web application. The tool knows %s."
        " Choose one of them, or --python none to use one of the server's.",
    )
    PYTHON_PLATFORM_UNSERVED = (
        411,
        "There is no CPython %s for '%s', only for %s (%s). Choose another version or"
        " platform, or leave CPython to the server: --python none, without this"
        " platform.",
    )
    PYTHON_FAILED = (
        412,
        "The CPython '%s' does not run on this machine: %s. Choose another with"
        " --python.",
    )
    WHEEL_ABSENT = (
        413,
        "There is no wheel of '%s' (needed by %s) for %s. %s, or build a wheel (`pip"
        " wheel --no-deps %s -w wheels`) and name its directory in PIP_FIND_LINKS.",
    )
    PIP_REFUSED = (414, "pip could not find or install the libraries: %s. Correct it.")
    PYLOCK_MALFORMED = (
        415,
        "The lock '%s' is malformed: %s. Create it again with the tool that made it.",
    )
    PYLOCK_DRIFT = (
        416,
        "The lock '%s' was made from other requirements. Run `isthmus lock` again.",
    )
    PYLOCK_UNFIT = (
        417,
        "The lock '%s' does not fit: %s. Lock again, for this Python and platform%s.",
    )
    LIBRARIES_DIFFER = (
        418,
        "The file '%s' differs between %s and another platform, and belongs to no"
        " library, so one web application cannot have both. Make one web application"
        " for each --platform.",
    )
    SOURCES_REFUSED = (
        419,
        "CPython %s cannot compile %s of the application's files:%s\nCorrect them, or"
        " exclude them with --exclude. For Python 2.7, use --engine jython.",
    )
    ENGINE_NOT_IN_WEB_XML = (
        420,
        "'%s' does not set isthmus.engine to '%s', which this application needs. Add"
        " the context-param, or use --engine jython.",
    )
    EXPORTER_ABSENT = (
        421,
        "The libraries are locked in '%s', but '%s', which can read it, is not on PATH."
        " Install it, or run `%s` where it is installed, and keep that file.",
    )
    EXPORT_FAILED = (
        422,
        "The lock '%s' cannot be exported: `%s` said: %s. Correct that.",
    )
    SYMBOLS_REMAIN = (
        423,
        "--strip could not remove the debug symbols of some shared libraries (%s, such"
        " as %s): %s. The WAR works, but is larger. To remove them, put llvm-strip,"
        " which is part of LLVM, or a newer release of it, on PATH.",
    )
    TERMINAL_ABSENT = (
        424,
        "--debug needs a terminal for the debugger, and standard input is none. Start"
        " `isthmus serve --debug` in a terminal, without a pipe or redirection.",
    )
    SYSTEM_LIBRARIES_ABSENT = (
        425,
        "SQLite, xz and bzip2 for the CPython %s of a web application on %s cannot be"
        " fetched. They are in the wheels %s, and pip said: %s. Make these wheels"
        " available to pip, or leave CPython to the server with --python none.",
    )
    IMPORT_IMPOSSIBLE = (
        426,
        "The application in '%s' cannot be imported here: %s. Leave out --import, and"
        " check in the container's log whether it starts.",
    )
    MODULES_ABSENT = (
        427,
        "The CPython %s for %s lacks these modules of Python's library: %s. If the"
        " application or a library imports one, leave CPython to the server with"
        " --python none; for sqlite3, another database may do.",
    )
    LIBRARIES_NOT_ADMITTED = (
        428,
        "%s is for CPython %s, which %s in pyproject.toml ('%s') excludes,"
        " so no Python that it admits could import it. Install the libraries with the"
        " server's Python (`pip install --target installed`), and take them by --lib"
        " installed.",
    )
    PYTHONS_DIFFER = (
        429,
        "The virtual environment '%s' has Python %s, but `isthmus war` includes CPython"
        " %s: on the server, other releases of libraries and another syntax may count."
        " Make an environment of CPython %s, or name another for the WAR, as --python"
        " or in [tool.isthmus] (%s).",
    )

    @property
    def code(self):
        """The code as users see it, such as ``IS0200``."""
        return "IS%04d" % self.value[0]

    def message(self, *values):
        """The whole message: code, rule, values, remedy, and where to find more."""
        text = punctuated(self.value[1] % values)
        return "%s: %s %s" % (self.code, text, see(self.code))


class ToolError(Exception):
    """A broken rule; the tool prints its message and exits with 3.

    :param rule: a :class:`Rule`.
    :param values: the values in its text.
    """

    def __init__(self, rule, *values):
        super().__init__(rule.message(*values))
        self.rule = rule
