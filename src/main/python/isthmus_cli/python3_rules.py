"""Rules of Python 3 (the engine ``cpython``) that a user of the tool can break."""

from isthmus_cli.rules import Coded


class Python3Rule(Coded):
    """A rule of Python 3. All codes but one are between IS0410 and IS0439."""

    PYTHON_NOT_ADMITTED = (
        227,
        "%s in pyproject.toml is '%s', but the tool only has CPython %s. To use the"
        " server's Python, pass --python none; if libraries have C extensions, also"
        " install them with that Python (`pip install --target installed`) and pass"
        " --lib installed. If the application runs on one of the tool's versions,"
        " too, choose it, as in --python %s, or widen the constraint in"
        " pyproject.toml.",
    )
    PYTHON_VERSION_UNSERVED = (
        410,
        "The tool has no CPython '%s' to include in a web application. It has %s."
        " Choose one of these, or use the server's Python: --python none.",
    )
    PYTHON_PLATFORM_UNSERVED = (
        411,
        "There is no CPython %s for '%s', only for %s (%s). Choose another version or"
        " platform, or use the server's Python: pass --python none and leave out this"
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
        "The lock '%s' does not fit: %s. Lock again for this Python and platform%s.",
    )
    LIBRARIES_DIFFER = (
        418,
        "The file '%s' differs between %s and another platform, and no library owns"
        " it, so one web application cannot contain both versions. Build a web"
        " application for each --platform.",
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
        "'%s' locks the libraries, but '%s', which can read it, is not on PATH."
        " Install it, or run `%s` on a machine that has it and keep the file that it"
        " writes.",
    )
    EXPORT_FAILED = (
        422,
        "The lock '%s' cannot be exported: `%s` failed with: %s. Fix the cause and"
        " try again.",
    )
    SYMBOLS_REMAIN = (
        423,
        "--strip could not remove the debug symbols of some shared libraries (%s, such"
        " as %s): %s. The WAR works, but is larger. To remove them, put llvm-strip,"
        " which is part of LLVM, or a newer release of it, on PATH.",
    )
    TERMINAL_ABSENT = (
        424,
        "--debug needs a terminal for the debugger, but standard input is not a"
        " terminal. Start `isthmus serve --debug` in one, without a pipe or"
        " redirection.",
    )
    SYSTEM_LIBRARIES_ABSENT = (
        425,
        "SQLite, xz and bzip2 for CPython %s on %s cannot be fetched. They are in the"
        " wheels %s, and pip failed with: %s. Make these wheels available to pip, or"
        " use the server's Python: --python none.",
    )
    IMPORT_IMPOSSIBLE = (
        426,
        "The application in '%s' cannot be imported here: %s. Leave out --import, and"
        " check in the container's log whether it starts.",
    )
    MODULES_ABSENT = (
        427,
        "CPython %s for %s lacks these modules of the standard library: %s. If the"
        " application or a library imports one, use the server's Python (--python"
        " none) or, instead of sqlite3, another database.",
    )
    LIBRARIES_NOT_ADMITTED = (
        428,
        "%s is built for CPython %s, which %s in pyproject.toml ('%s') excludes."
        " Install the libraries with the server's Python (`pip install --target"
        " installed`), and pass --lib installed.",
    )
    PYTHONS_DIFFER = (
        429,
        "The virtual environment '%s' has Python %s, but `isthmus war` includes"
        " CPython %s, with which syntax and libraries may differ. Recreate the"
        " environment with CPython %s, or choose another one for the WAR with"
        " --python or in [tool.isthmus] (%s).",
    )
    UV_SOURCE = (
        430,
        "[tool.uv.sources] takes '%s' from a place (%s). pip would instead look for it"
        " on an index, where a library of this name may be a stranger's. Build a wheel"
        " of it, name the wheel's directory in PIP_FIND_LINKS, and list what the server"
        " needs in requirements.txt, this library with its version.",
    )
    LOCKED_WITHOUT_WHEEL = (
        431,
        "In the lock '%s', '%s' is %s, but the tool installs only wheels. Build a wheel"
        " of it, name the wheel's directory in PIP_FIND_LINKS, list what the server"
        " needs in requirements.txt, this library with its version, and run `isthmus"
        " lock requirements.txt`.",
    )
    REQUIRES_PYTHON_MALFORMED = (
        432,
        "requires-python in pyproject.toml is '%s', which is no constraint on versions"
        ' of Python. Correct it, as in requires-python = ">=3.9".',
    )
    ENVIRONMENT_PASSED_OVER = (
        436,
        "The virtual environment %s was passed over: %s. %s.",
    )
