"""Rules of Python 3 (the engine ``cpython``) that a user of the tool can break."""

from isthmus_cli.rules import Coded


class Python3Rule(Coded):
    """A rule of Python 3. All codes but one are between IS0410 and IS0429."""

    PYTHON_NOT_ADMITTED = (
        227,
        "%s in pyproject.toml is '%s', but the tool has no such CPython,"
        " only %s. Leave it to the server by --python none; libraries in C are then"
        " installed with the server's Python (`pip install --target installed`), and"
        " --lib installed takes them. If the application runs on one of these all the"
        " same, name it, as in --python %s, or widen what pyproject.toml admits.",
    )
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
