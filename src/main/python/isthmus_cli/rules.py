"""Every rule of the tool that a user can break: its code, what is wrong, the remedy.

The form is that of the Java side (``errors/Rule.java``), the codes are IS0200 and up.
docs/errors.md has one entry for each; codes are never used again.
"""

from enum import Enum

from isthmus_cli.names import punctuated, see


class Rule(Enum):
    """One rule: its permanent number, and a text with a ``%s`` for each value."""

    # IS0200 to IS0229: the tool itself, its artifacts and the JDK.
    JARS_ABSENT = (
        200,
        "The tool carries Isthmus's jars, and %s is not in %s. Run `mvn -DskipTests"
        " package` in the sources, then `pip install .` there.",
    )
    ARTIFACT_ABSENT = (
        201,
        "%s of %s jars are neither in the cache %s nor in the local Maven repository"
        " %s, and %s. The first is %s. Run the command once where Maven is installed"
        " and has a network, or copy the cache from a machine that has it.",
    )
    ARTIFACT_DAMAGED = (
        202,
        "%s is not the file that this version was tested with: its SHA-256 is %s"
        " instead of %s. Delete it, so that it is fetched anew.",
    )
    CACHE_UNWRITABLE = (
        203,
        "The cache '%s' cannot be written: %s. Let the environment variable"
        " ISTHMUS_CACHE name a directory that can.",
    )
    JDK_ABSENT = (
        204,
        "No Java was found: %s. Install a JDK %s or later, and let JAVA_HOME name its"
        " directory or put its `java` on the PATH.",
    )
    JDK_WRONG = (
        205,
        "Java %s or later is needed, and %s is %s. Let JAVA_HOME name a later JDK.",
    )
    OUTPUT_UNWRITABLE = (206, "'%s' cannot be written: %s. Name another place.")
    PROJECT_UNREADABLE = (207, "'%s' cannot be read: %s. Correct it.")
    SETTING_UNKNOWN = (
        208,
        "[tool.isthmus] in pyproject.toml has the key '%s', which no command knows.%s"
        " Correct the name, or remove it.",
    )
    SETTING_MALFORMED = (
        209,
        "[tool.isthmus] in pyproject.toml: '%s' is %s, which is not %s. Correct it.",
    )
    APP_ABSENT = (
        210,
        "No application was found in '%s': %s. Name it, as in `isthmus war"
        " hello:application`, or as `app` in [tool.isthmus] of pyproject.toml.",
    )
    APP_UNKNOWN = (211, "'%s' names no application: %s. Correct the name.")
    FILE_UNREADABLE = (
        212,
        "'%s' cannot be taken into the web application: %s. Correct or remove it, or"
        " leave it out with --exclude.",
    )
    FILE_REFUSED = (
        213,
        "These do not belong into %s of a web application: %s. Move them elsewhere, or"
        " leave them out with --exclude.",
    )
    PYTHON_REFUSED = (
        214,
        "Jython, which is Python 2.7, cannot compile %s of the application's files:%s\n"
        "Correct them, or leave them out with --exclude.",
    )
    JYTHON_FAILED = (
        215,
        "Jython ended with exit code %s: %s. Correct what it says, or try another JDK.",
    )
    WEB_XML_MALFORMED = (216, "'%s' is no web.xml for Isthmus: %s. Correct it.")
    NAME_ODD = (217, "'%s' cannot be a project's name: %s. Choose another.")
    DIRECTORY_TAKEN = (
        218,
        "'%s' is there already and not an empty directory. Choose another name, or"
        " remove it.",
    )
    CGI_APP_FAILED = (
        219,
        "The application '%s' cannot be run: %s. Correct the name, or the cause.",
    )
    CONTEXT_PARAM_UNKNOWN = (
        220,
        "There is no setting '%s' for --context-param.%s Correct the name; parameters"
        " of your own do not begin with 'isthmus.'.",
    )
    PATH_UNSPEAKABLE = (
        221,
        "Java cannot use a temporary directory below '%s': a class path cannot name it."
        " Let the environment variable TMPDIR name a directory without ':' and '!/' in"
        " its path.",
    )

    JAR_UNREADABLE = (
        222,
        "'%s' cannot be put into WEB-INF/lib: %s. Name a jar, or a directory of them.",
    )
    JAR_TAKEN = (
        223,
        "There are two jars '%s' for WEB-INF/lib: %s and %s. Keep one of them.",
    )

    # IS0240 to IS0256: `isthmus lock`, and installing what it has locked.
    REQUIREMENTS_UNREADABLE = (
        240,
        "The requirements '%s' cannot be read: %s. Name a file in UTF-8, in the format"
        " of pip.",
    )
    REQUIREMENTS_MALFORMED = (
        241,
        "The requirements are malformed, at %s: %s. Write it as pip's documentation"
        " 'Requirements File Format' says.",
    )
    REQUIREMENT_NOT_NAMED = (
        242,
        "A requirement must be a package's name, with bounds if you like, but at %s is"
        " '%s'. Build a wheel of it, name its directory with --find-links, and require"
        " it by its name.",
    )
    PACKAGE_ABSENT = (
        243,
        "There is no package '%s' (needed by %s) in any of these: %s. Correct its name,"
        " or add its index to pip's configuration.",
    )
    VERSION_ABSENT = (
        244,
        "There is no %s (needed by %s). Ask for another version: %s.",
    )
    NOT_FOR_JYTHON = (
        245,
        "No version of %s (needed by %s) runs on Jython 2.7 (%s). Change the"
        " requirement: %s.",
    )
    REQUIREMENTS_CONFLICT = (
        246,
        "The requirements contradict each other: %s. Loosen one of them.",
    )
    RESOLUTION_TOO_DEEP = (
        247,
        "After %s attempts no set of versions was found that fits together. Pin some of"
        " the packages to exact versions.",
    )
    INDEX_FAILED = (
        248,
        "'%s' could not be fetched: %s. Look at the network and at pip's configuration"
        " (`pip config list`).",
    )
    PIP_ABSENT = (
        249,
        "pip, which knows where packages come from, is neither in %s nor on the PATH."
        " Install it.",
    )
    PIP_FAILED = (
        250,
        "`%s` failed: %s. Mend pip's configuration (`pip config list`), or update pip.",
    )
    HASH_DIFFERS = (
        251,
        "%s should have the SHA-256 %s, but what was fetched has %s. Do not use it"
        " before you know why: the index serves another file under this name.",
    )
    ARCHIVE_DAMAGED = (
        252,
        "'%s' is no wheel or sdist that can be installed: %s. Ask for another version,"
        " or tell its authors.",
    )
    LOCK_ABSENT = (253, "There is no lock '%s'. Make it with `isthmus lock`.")
    LOCK_MALFORMED = (
        254,
        "The lock '%s' is malformed: %s. Delete it and make it anew with"
        " `isthmus lock`.",
    )
    LOCK_DRIFT = (
        255,
        "The lock '%s' is not of these requirements: %s. Run `isthmus lock` again.",
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
        "'%s' is no web application: %s. Name a WAR, the directory that one is unpacked"
        " into, or a URL.",
    )
    NOT_A_CONTAINER = (
        258,
        "'%s' is no container that Isthmus knows: %s. Name the directory that Tomcat or"
        " Jetty is installed in, or the URL that it answers.",
    )

    # `isthmus explain`.
    CODE_UNKNOWN = (
        259,
        "There is no error '%s'.%s Write the code as a message has it, such as IS0214.",
    )

    # What no command expects.
    DISK_FULL = (
        260,
        "%s could not be written: %s. Make room there; temporary files go where the"
        " environment variable TMPDIR says.",
    )

    # `[server:main] use = egg:isthmus#jetty` of Paste Deploy's.
    SERVER_KEY_UNKNOWN = (
        261,
        "%s: '%s' is no option of `isthmus serve`.%s Correct the name, or remove it.",
    )
    SERVER_VALUE_MALFORMED = (262, "%s: '%s' is '%s': %s. Correct it.")
    SERVER_WITHOUT_FILE = (
        263,
        "egg:isthmus#jetty serves what a file of Paste Deploy's has, and was not loaded"
        " from one. Let a section [server:main] of the file say so.",
    )

    # What no command expects, either.
    CURRENT_DIRECTORY_GONE = (
        264,
        "The current directory is not there: %s. Change to one that is.",
    )

    @property
    def code(self):
        """The code as a reader sees it, such as ``IS0200``."""
        return "IS%04d" % self.value[0]

    def message(self, *values):
        """The whole message: code, rule, values, remedy, and where to read on."""
        text = punctuated(self.value[1] % values)
        return "%s: %s %s" % (self.code, text, see(self.code))


class ToolError(Exception):
    """A rule that was broken; the tool prints its message and ends with 3.

    :param rule: a :class:`Rule`.
    :param values: what its text shows.
    """

    def __init__(self, rule, *values):
        super().__init__(rule.message(*values))
        self.rule = rule
