"""Files that a web application, or its public part, must not contain."""

import fnmatch

from isthmus_cli.rules import Rule, ToolError

KEYS = (
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
    "id_rsa",
    "*.jks",
    "*.kdbx",
    "*.key",
    "*.keystore",
    "*.p12",
    "*.pfx",
)
# In addition to hidden files such as `.env` and `.git`.
PRIVATE = ("*.py", "*.py[co]", "*$py.class", "*.pyw", "*.sqlite3", "*.egg-info", "*~")

_PEM = (b"PRIVATE KEY-----", b"-----BEGIN ")
_HEAD = 1 << 16


def check_public(files):
    """Refuse sources, secrets and container files among the public files.

    :param files: {name in the WAR: path}.
    """
    offenders = [
        (name, public_objection(name, lambda path=path: _head(path)))
        for name, path in files.items()
    ]
    _refuse([pair for pair in offenders if pair[1]], "the public root")


def check_private(files, selection):
    """Refuse private keys among an application's own files, unless explicitly included.

    :param files: {name below WEB-INF/app: path}.
    """
    unasked = {n: path for n, path in files.items() if not selection.names(n)}
    offenders = [
        (name, _key(name, lambda path=path: _head(path)))
        for name, path in unasked.items()
    ]
    _refuse([pair for pair in offenders if pair[1]], "WEB-INF/app")


def public_objection(name, head):
    """Return why browsers must not be able to download a file, or None.

    :param name: in the WAR.
    :param head: returns its first octets, or all of them.
    """
    parts = name.split("/")
    if parts[0].upper() == "WEB-INF":
        return "WEB-INF is made by the tool"
    if name.upper() == "META-INF/MANIFEST.MF":
        return "the manifest is made by the tool"
    hidden = [p for p in parts if p.startswith(".") and p != ".well-known"]
    if hidden:
        return "hidden: %s" % hidden[0]
    if any(fnmatch.fnmatchcase(p, pattern) for p in parts for pattern in PRIVATE):
        return "not for browsers"
    return _key(name, head)


def _key(name, head):
    last = name.rpartition("/")[2]
    if any(fnmatch.fnmatchcase(last, pattern) for pattern in KEYS):
        return "a private key, by its name"
    octets = head()[:_HEAD]
    return "a private key" if all(part in octets for part in _PEM) else None


def _head(path):
    try:
        with open(path, "rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise ToolError(Rule.FILE_UNREADABLE, path, error.strerror) from error


def _refuse(offenders, place):
    if offenders:
        listed = "; ".join("%s (%s)" % pair for pair in offenders)
        raise ToolError(Rule.FILE_REFUSED, place, listed)
