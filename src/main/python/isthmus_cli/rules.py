"""Rules of the tool that a user can break: their codes, what is wrong, the remedy.

The form is that of the Java side (``errors/Rule.java``). The codes begin at IS0200;
those of Python 3 are in ``python3_rules.py``, those of the doctor's findings in
``doctor/signs.py``. docs/errors.md has one entry for each; codes are never reused.
"""

from enum import Enum

from isthmus_cli.names import punctuated, see


class Coded(Enum):
    """One rule: its permanent number, and a text with a ``%s`` for each value."""

    @property
    def code(self):
        """The code as users see it, such as ``IS0200``."""
        return "IS%04d" % self.value[0]

    def message(self, *values):
        """The whole message: code, rule, values, remedy, and where to find more."""
        text = punctuated(self.value[1] % values)
        return "%s: %s %s" % (self.code, text, see(self.code))


class Rule(Coded):
    """A rule that is not of Python 3 alone."""

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

    APP_SERVES_ITSELF = (
        228,
        "Line %s of '%s' calls %s whenever the module is imported, and that does not"
        " return, so no server could start the application. Put it below `if __name__"
        " == '__main__':`.",
    )
    POETRY_DEPENDENCY = (
        229,
        "%s in pyproject.toml has '%s', which pip cannot require: %s. Build a wheel"
        " of it, name the wheel's directory in PIP_FIND_LINKS, and require its"
        " version; or list what the server needs in requirements.txt.",
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
        " requirement: %s. If the application is for Python 3, pass --engine cpython.",
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


class ToolError(Exception):
    """A broken rule; the tool prints its message and exits with 3.

    :param rule: a :class:`Rule`.
    :param values: the values in its text.
    """

    def __init__(self, rule, *values):
        super().__init__(rule.message(*values))
        self.rule = rule
