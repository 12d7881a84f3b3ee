"""Reads requirements files as pip does: named requirements, constraints, options."""

import codecs
import dataclasses
import hashlib
import os
import pathlib
import re

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from isthmus_cli.rules import Rule, ToolError

_COMMENT = re.compile(r"(^|\s+)#.*$")
_VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)\}")
_HASH = re.compile(r"\s--hash[=\s]\s*([a-z0-9]+):([0-9a-fA-F]+)")
_NOT_NAMED = re.compile(r"^(-e\b|--editable\b|(git|hg|svn|bzr)\+|\w+://|file:|\.|/|~)")
_ARCHIVE = re.compile(r"\.(whl|tar\.gz|tgz|zip|tar\.bz2)$", re.IGNORECASE)
_SHORT = {"-r": "--requirement", "-c": "--constraint", "-i": "--index-url"}
_SHORT.update({"-f": "--find-links", "--pypi-url": "--index-url"})
# Options that affect how pip builds or reports, and are irrelevant here.
_WITHOUT_MEANING = {"--prefer-binary", "--require-hashes", "--use-feature"}
_MAX_NESTED = 20


@dataclasses.dataclass
class Requirements:
    """The content of a requirements file and of those that it includes.

    :ivar wanted: packaging's Requirements, regardless of their markers.
    :ivar constraints: the same, for packages that are not requested by that.
    :ivar hashes: by a package's normalized name, the permitted sha256 of its file.
    :ivar index_url: --index-url, or None.
    :ivar places: by a package's normalized name, where uv takes it from: no release.
    :ivar only_binary: normalized names, or ":all:", for which no sdist is used.
    """

    wanted: list = dataclasses.field(default_factory=list)
    constraints: list = dataclasses.field(default_factory=list)
    hashes: dict = dataclasses.field(default_factory=dict)
    index_url: str = None
    extra_index_urls: list = dataclasses.field(default_factory=list)
    find_links: list = dataclasses.field(default_factory=list)
    trusted_hosts: list = dataclasses.field(default_factory=list)
    no_index: bool = False
    pre: bool = False
    places: dict = dataclasses.field(default_factory=dict)
    only_binary: set = dataclasses.field(default_factory=set)

    def digest(self):
        """Return the sha256 of the requirements, regardless of spelling and order.

        The locations of indexes are not part of it: they may be secret, and differ
        between machines.
        """
        lines = ["wanted " + _normal(requirement) for requirement in self.wanted]
        lines += ["constraint " + _normal(bound) for bound in self.constraints]
        lines += ["hash %s %s" % (k, v) for k in self.hashes for v in self.hashes[k]]
        lines += ["only-binary %s" % name for name in self.only_binary]
        names = {canonicalize_name(requirement.name) for requirement in self.wanted}
        lines += ["place %s %s" % (n, self.places[n]) for n in names & {*self.places}]
        lines += ["pre"] if self.pre else []
        text = "\n".join(sorted(set(lines)))
        return hashlib.sha256(text.encode()).hexdigest()


def read(path):
    """Return the Requirements of a file in pip's format, UTF-8.

    :raises ToolError: it cannot be read, is malformed, or requires something unnamed.
    """
    found = Requirements()
    _read(pathlib.Path(path), found, is_constraint=False, nested=0)
    return found


def of_names(names):
    """Return the Requirements of texts such as "Flask<2"."""
    found = Requirements()
    for name in names:
        take(name, found, "the command line")
    return found


def take(text, found, place):
    """Add a requirement, given as text, to Requirements.

    :param place: its location, for messages.
    """
    _take_requirement(text, found, place, is_constraint=False)


def _normal(requirement):
    extras = ",".join(sorted(canonicalize_name(extra) for extra in requirement.extras))
    parts = canonicalize_name(requirement.name), extras, requirement.specifier
    return "%s[%s]%s" % parts + (
        ";%s" % requirement.marker if requirement.marker else ""
    )


def _read(path, found, is_constraint, nested):
    if nested > _MAX_NESTED:
        raise ToolError(
            Rule.REQUIREMENTS_MALFORMED, path, "it names itself by -r or -c"
        )
    for number, line in _lines(path):
        place = "line %d of %s" % (number, path)
        if line.startswith("-") and not _NOT_NAMED.match(line):
            _take_option(line, found, path, place, is_constraint, nested)
        else:
            _take_requirement(line, found, place, is_constraint)


def _lines(path):
    """Yield the number and text of each logical line that is not empty."""
    try:
        octets = path.read_bytes()
        text = octets[3:] if octets.startswith(codecs.BOM_UTF8) else octets
        text = text.decode("utf-8")
    except OSError as error:
        raise ToolError(Rule.REQUIREMENTS_UNREADABLE, path, error.strerror) from error
    except UnicodeDecodeError as error:
        raise ToolError(
            Rule.REQUIREMENTS_UNREADABLE, path, "it is not UTF-8"
        ) from error
    whole, first = "", 1
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        first = first if whole else number
        is_comment = line.lstrip().startswith("#")
        if line.endswith("\\") and not is_comment and number < len(lines):
            whole += line[:-1]
            continue
        whole = _COMMENT.sub("", whole + line).strip()
        if whole:
            yield first, _VARIABLE.sub(_value_of, whole)
        whole = ""


def _value_of(match):
    return os.environ.get(match.group(1), match.group(0))


def _take_option(line, found, path, place, is_constraint, nested):
    option, value = _divided(line)
    if option in ("--requirement", "--constraint"):
        constrains = is_constraint or option == "--constraint"
        _read(path.parent / value, found, constrains, nested + 1)
    elif option == "--index-url":
        found.index_url = value
    elif option == "--extra-index-url":
        found.extra_index_urls.append(value)
    elif option == "--find-links":
        beside = path.parent / value
        found.find_links.append(str(beside) if beside.exists() else value)
    elif option == "--trusted-host":
        found.trusted_hosts.append(value)
    elif option == "--only-binary":
        found.only_binary.update(_names(value))
    elif option in ("--no-index", "--pre"):
        setattr(found, option[2:].replace("-", "_"), True)
    elif option not in _WITHOUT_MEANING:
        raise ToolError(Rule.REQUIREMENTS_MALFORMED, place, "the option %s" % option)


def _divided(line):
    match = re.match(r"(--[\w-]+|-[a-zA-Z])[=\s]*(.*)$", line)
    option, value = match.groups() if match else (line, "")
    return _SHORT.get(option, option), value.strip().strip("\"'")


def _names(value):
    names = [name.strip() for name in value.split(",") if name.strip()]
    return [n if n.startswith(":") else canonicalize_name(n) for n in names]


def _take_requirement(line, found, place, is_constraint):
    hashes = [
        digest.lower() for kind, digest in _HASH.findall(line) if kind == "sha256"
    ]
    has_other = len(_HASH.findall(line)) > len(hashes)
    text = _HASH.sub("", line).strip()
    if _NOT_NAMED.match(text) or _ARCHIVE.search(text):
        raise ToolError(Rule.REQUIREMENT_NOT_NAMED, place, text)
    try:
        requirement = Requirement(text)
    except InvalidRequirement as error:
        why = str(error).splitlines()[0]
        raise ToolError(
            Rule.REQUIREMENTS_MALFORMED, place, "%r: %s" % (text, why)
        ) from error
    if requirement.url:
        raise ToolError(Rule.REQUIREMENT_NOT_NAMED, place, text)
    if has_other and not hashes:
        raise ToolError(
            Rule.REQUIREMENTS_MALFORMED, place, "a --hash that is not of sha256"
        )
    (found.constraints if is_constraint else found.wanted).append(requirement)
    if hashes:
        name = canonicalize_name(requirement.name)
        found.hashes.setdefault(name, []).extend(hashes)
