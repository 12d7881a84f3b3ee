"""Python 3 that Jython really refuses, and what isthmus.jython.python3 calls it.

The rest of these rules is tested on CPython, which takes most of it.
"""

import json

import pytest

import archives
import jython

ANNOTATION = "an annotation"
KEYWORD_ONLY = "keyword-only arguments"
PRINT = "print as a function"
STAR = "unpacking with *"
COMMA = "a comma after the last *argument"
CODING = "text beyond ASCII without a line '# coding: utf-8'"

# A source, and the construct in it.
SOURCES = [
    ("y = f'{x}'\n", "an f-string"),
    ('y = "a" + rf"{x}"\n', "an f-string"),
    ("x = rb'a'\n", "a literal rb''"),
    ("if (x := 1):\n    pass\n", "an assignment expression (:=)"),
    ("async def f():\n    pass\n", "async or await"),
    ("def f():\n    x = await g()\n", "async or await"),
    ("def f():\n    nonlocal x\n", "nonlocal"),
    ("try:\n    pass\nexcept E as e:\n    raise X('a') from e\n", "raise ... from"),
    ("def f():\n    yield from g()\n", "yield from"),
    ("def f():\n    yield 1\n    return 2\n", "return with a value in a generator"),
    ("def f(a: int):\n    pass\n", ANNOTATION),
    ("def f(a, b: 'int' = 1):\n    pass\n", ANNOTATION),
    ("def f(a) -> str:\n    pass\n", ANNOTATION),
    ("def f(\n    a: int,\n    b=1,\n):\n    pass\n", ANNOTATION),
    ("x: int = 1\n", ANNOTATION),
    ("class A(object):\n    x: 'A'\n", ANNOTATION),
    ("class A(object):\n    def f(self):\n        self.x: int = 1\n", ANNOTATION),
    ("def f(a, *, b):\n    pass\n", KEYWORD_ONLY),
    ("def f(*args, b=1):\n    pass\n", KEYWORD_ONLY),
    ("f = lambda *, a: 1\n", KEYWORD_ONLY),
    ("def f(a, /):\n    pass\n", "positional-only arguments"),
    ("def f(a, /, b):\n    pass\n", "positional-only arguments"),
    ("print('a', file=x)\n", PRINT),
    ("print('a',\n      end='')\n", PRINT),
    ("print(\n    'a',\n    file=x,\n)\n", PRINT),
    ("print(*a)\n", PRINT),
    ("a, *b = [1, 2]\n", STAR),
    ("*a, b = [1, 2]\n", STAR),
    ("x = [*a, 1]\n", STAR),
    ("x = [1, *a]\n", STAR),
    ("x = {**a}\n", STAR),
    ("class A(B, metaclass=M):\n    pass\n", "a keyword in a class statement"),
    ("def f(*args,):\n    pass\n", COMMA),
    ("f(*args,)\n", COMMA),
    ("with (open('a') as f):\n    pass\n", "parentheses around what with opens"),
    ("a = b @ c\n", "the operator @"),
    ("def f(): ...\n", "... as an expression"),
    ("x = 1_000\n", "an underscore in a number"),
    ("match x:\n    case 1:\n        pass\n", "a match statement"),
    ("try:\n    pass\nexcept* E:\n    pass\n", "except*"),
    ("type X = int\n", "a type statement"),
    ("# coding: utf-8\n\xe9 = 1\n", "a name beyond ASCII"),
    ("x = 1\ny = '\xe9'\n", CODING),
    ("def f(environ, start_response:\n    pass\n", None),
    ("x = {'a': 1 'b': 2}\n", None),
    ("print 'a' 1\n", None),
    ("x = (1,\n", None),
    ("if x:\npass\n", None),
    # Not too long a line for an expression that recurs.
    ("x = '" + 20000 * "a" + "' 1\n", None),
]

# Writes each source as a module, imports it, and says how the import failed.
PROGRAM = """
import json, os, sys
sys.dont_write_bytecode = True
directory, isthmus = sys.argv[1:]
sys.path[:0] = [isthmus, directory]
from isthmus import importing, loading
reported = []
for number in range(%d):
    try:
        loading.load("case%%d:application" %% number, directory)
    except importing.LoadError as e:
        reported.append((e.rule, e.values))
with open(os.path.join(directory, "reported.json"), "w") as file:
    json.dump(reported, file)
"""


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """What Isthmus says of each source, from one start of Jython."""
    directory = tmp_path_factory.mktemp("python3")
    for number, (source, _) in enumerate(SOURCES):
        (directory / ("case%d.py" % number)).write_bytes(source.encode())
    program = directory / "program.py"
    program.write_text(PROGRAM % len(SOURCES))
    python = archives.ROOT / "src" / "main" / "python"
    jython.run(program, directory, python, cwd=directory)
    return json.loads((directory / "reported.json").read_text())


@pytest.mark.parametrize("number", range(len(SOURCES)))
def test_construct_of_python_3_is_named(reported, number):
    source, construct = SOURCES[number]
    rule, values = reported[number]
    if construct is None:
        assert rule == "SYNTAX_ERROR"
    else:
        assert (rule, values[2].split(" (metaclass")[0]) == (
            "PYTHON3_SYNTAX",
            construct,
        )
    assert values[0] == "case%d" % number
