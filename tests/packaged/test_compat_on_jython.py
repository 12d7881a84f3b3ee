"""isthmus.compat on Jython: what is missing, and what is answered once it is lent.

One start of Jython asks for each of them, before and after.
"""

import json

import pytest

import archives
import jython

PACK = "__import__('struct').pack_into('h', bytearray(4), %d, 1)"
# What StartElementHandler gets of attributes, after a statement about the parser p.
ORDERED = "attributes(%r)"
# Expressions, and what they come to without the module of isthmus.compat and with it.
ASKED = {
    "sys": [
        ("__import__('sys').api_version", "AttributeError", 1013),
    ],
    "threading": [
        (
            "__import__('threading')._get_ident() == __import__('thread').get_ident()",
            "AttributeError",
            True,
        ),
    ],
    "fcntl": [
        ("__import__('fcntl').F_GETFL", "ImportError", 3),
        ("__import__('fcntl').LOCK_EX | __import__('fcntl').LOCK_NB", "ImportError", 6),
        ("__import__('fcntl').fcntl(0, 3)", "ImportError", "IOError EINVAL"),
        ("__import__('fcntl').ioctl(0, 1, '')", "ImportError", "IOError ENOTTY"),
        ("__import__('fcntl').flock(0, 2)", "ImportError", "IOError ENOLCK"),
        ("__import__('fcntl').lockf(0, 2)", "ImportError", "IOError ENOLCK"),
    ],
    "mmap": [
        ("__import__('mmap').ACCESS_READ", "ImportError", 1),
        ("__import__('mmap').mmap(0, 0, access=1)", "ImportError", "error ENODEV"),
        (
            "issubclass(__import__('mmap').error, EnvironmentError)",
            "ImportError",
            True,
        ),
    ],
    "warnings": [
        (
            "__import__('_warnings').warn is __import__('warnings').warn",
            "ImportError",
            True,
        ),
    ],
    "expat": [
        (
            ORDERED % "p.ordered_attributes = True",
            "AttributeError",
            ["z", "1", "a", "2"],
        ),
        (ORDERED % "None", {"a": "2", "z": "1"}, {"a": "2", "z": "1"}),
        (
            ORDERED % "(p.UseForeignDTD(), p.SetParamEntityParsing(2))",
            "AttributeError",
            {"a": "2", "z": "1"},
        ),
    ],
    "gc": [
        ("__import__('gc').disable()", "NotImplementedError", None),
        ("__import__('gc').enable()", None, None),
        ("__import__('gc').isenabled()", True, True),
        ("callable(__import__('gc').collect)", True, True),
    ],
    "struct": [
        (
            "[__import__('struct').pack_into('>H', b, at, 258) or list(b)"
            " for at in (1, -2) for b in [bytearray(4)]]",
            "TypeError",
            [[0, 1, 2, 0], [0, 0, 1, 2]],
        ),
        (PACK % 3, "TypeError", "error"),
        (PACK % -5, "TypeError", "error"),
        ("__import__('struct').unpack('>H', '\\x01\\x02')[0]", 258, 258),
    ],
    "zlib": [
        (
            "__import__('zlib').decompress(buffer('abc'.encode('zlib')))",
            "TypeError",
            "abc",
        ),
        ("__import__('zlib').decompress('abc'.encode('zlib'))", "abc", "abc"),
    ],
    "imports": [
        # A failed import of a module of a package is remembered (by None): another one.
        ("__import__('book.%s', {}, {}, ['x']).where", "ImportError", "book/%s.py"),
        # Without a package around it the directory is taken for one of Java's.
        ("__import__('%s_alone').where", "AttributeError", "%s_alone.py"),
        ("__import__('book.real', {}, {}, ['x']).where", "package", "package"),
        ("__import__('book.none')", "ImportError", "ImportError"),
        ("__import__('json').loads('1')", 1, 1),
    ],
}
CASES = [(name, number) for name in ASKED for number in range(len(ASKED[name]))]

FILES = {"book/__init__.py": ""}
for _name in ("before", "after"):
    FILES["book/%s.py" % _name] = "where = __file__\n"
    FILES["book/%s/text.txt" % _name] = "text"
    FILES["%s_alone.py" % _name] = "where = __file__\n"
    FILES["%s_alone/text.txt" % _name] = "text"
FILES["book/real.py"] = "where = __file__\n"
FILES["book/real/__init__.py"] = "where = 'package'\n"
FILES["book/none/text.txt"] = "text"
FILES["app/asking.py"] = "import isthmus.compat.fcntll\n"

PROGRAM = r"""
import errno, json, os, sys
sys.dont_write_bytecode = True
directory, isthmus = sys.argv[1:]
sys.path[:0] = [isthmus, directory, os.path.join(directory, "app")]
from isthmus import importing, loading, preloading
with open(os.path.join(directory, "asked.json")) as file:
    asked = json.load(file)

def attributes(statement):
    from isthmus.jython import xml_parser
    xml_parser.install()
    from xml.parsers import expat
    p, seen = expat.ParserCreate(None, "}"), []
    eval(compile(statement, "statement", "exec"), {"p": p})
    p.StartElementHandler = lambda tag, found: seen.append(found)
    p.Parse("<x:e xmlns:x='u' z='1' a='2'/>", True)
    return seen[0]

def answer(expression, time):
    try:
        found = eval(expression.replace("%s", time))
        return found.replace(directory + "/", "") if isinstance(found, str) else found
    except EnvironmentError as e:
        return "%s %s" % (type(e).__name__, errno.errorcode[e.errno])
    except Exception as e:
        return type(e).__name__

answers = {"before": {}, "after": {}, "unknown": []}
for name in asked:
    answers["before"][name] = [answer(text, "before") for text in asked[name]]
import isthmus.compat
answers["package"] = [[answer(text, "before") for text in asked["fcntl"]]]
preloading.preload(["isthmus.compat." + name for name in asked])
# An application may have put anything there; a codec is imported when it is used.
sys.path.insert(0, u"nowhere/\xe9")
assert u"a".encode("cp500") == "\x81"
for name in asked:
    answers["after"][name] = [answer(text, "after") for text in asked[name]]
for load in (lambda: loading.load("asking:application", directory),
             lambda: preloading.preload(["isthmus.compat.mmapp"])):
    try:
        load()
    except importing.LoadError as e:
        answers["unknown"].append((e.rule, e.values))
with open(os.path.join(directory, "answers.json"), "w") as file:
    json.dump(answers, file)
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    directory = tmp_path_factory.mktemp("compat")
    asked = {name: [text for text, _, _ in ASKED[name]] for name in ASKED}
    files = dict(FILES, **{"program.py": PROGRAM, "asked.json": json.dumps(asked)})
    for name, text in files.items():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    python = archives.ROOT / "src" / "main" / "python"
    jython.run(directory / "program.py", directory, python, cwd=directory)
    return json.loads((directory / "answers.json").read_text())


@pytest.mark.parametrize(("name", "number"), CASES)
def test_jython_lacks_it_until_it_is_asked_for(answers, name, number):
    assert answers["before"][name][number] == ASKED[name][number][1]


def test_package_alone_lends_nothing(answers):
    assert answers["package"] == [answers["before"]["fcntl"]]


@pytest.mark.parametrize(("name", "number"), CASES)
def test_answer_is_the_documented_one(answers, name, number):
    wanted = ASKED[name][number][2]
    if isinstance(wanted, str):
        wanted = wanted.replace("%s", "after")
    assert answers["after"][name][number] == wanted


def test_unknown_name_is_reported_with_the_nearest(answers):
    (rule, values), (preloaded, preload_values) = answers["unknown"]
    assert (rule, values[2]) == ("IMPORT_ABSENT", "isthmus.compat.fcntll")
    assert values[3] == " (did you mean 'isthmus.compat.fcntl'?)"
    assert preloaded == "PRELOAD_FAILED"
    assert preload_values[1] == " (did you mean 'isthmus.compat.mmap'?)"
