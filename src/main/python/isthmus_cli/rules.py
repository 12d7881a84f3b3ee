"""Every rule of the tool that a user can break: its code, what is wrong, the remedy.

The form is that of the Java side (``errors/Rule.java``), the codes are IS0200 and up.
docs/errors.md has one entry for each; codes are never used again.
"""

from enum import Enum


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

    @property
    def code(self):
        """The code as a reader sees it, such as ``IS0200``."""
        return "IS%04d" % self.value[0]

    def message(self, *values):
        """The whole message: code, rule, values, remedy, and where to read on."""
        text = self.value[1] % values
        return "%s: %s See docs/errors.md#%s." % (self.code, text, self.code.lower())


class ToolError(Exception):
    """A rule that was broken; the tool prints its message and ends with 3.

    :param rule: a :class:`Rule`.
    :param values: what its text shows.
    """

    def __init__(self, rule, *values):
        super().__init__(rule.message(*values))
        self.rule = rule
