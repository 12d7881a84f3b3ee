"""One case of modjy's own tests for each ?case=, where no other app here has it."""

import hashlib

import _board

VERSE = b"Rain on the roof:\r\na page turns, then another.\r\nThe kettle sings.\r\n"


class Instance:
    """An iterable of one block that says how many it has."""

    def __init__(self, message):
        self.blocks = [VERSE]
        self.message = message

    def __len__(self):
        return self.message

    def __iter__(self):
        return iter(self.blocks)


class FileLike:
    """Has read() and lines to iterate, as StringIO does."""

    def __init__(self):
        self.lines = VERSE.splitlines(True)

    def read(self, size=-1):
        raise AssertionError("a result is iterated")

    def __iter__(self):
        return iter(self.lines)


def _generated():
    yield VERSE


def _mutated(environ):
    environ["modjy.case"] = "kept"
    del environ["QUERY_STRING"]
    return ["%s %s" % (environ["modjy.case"], "QUERY_STRING" in environ)]


def _streams(environ):
    errors = environ["wsgi.errors"]
    errors.write("modjy_cases writes\n")
    errors.writelines(["modjy_cases writes ", "lines\n"])
    errors.flush()
    return ["written"]


def _read(environ):
    size = int(_board.query(environ)["size"])
    stream = environ["wsgi.input"]
    if size == 0:
        blocks = [stream.read()]
    else:
        blocks = list(iter(lambda: stream.read(size), b""))
    whole = b"".join(blocks)
    longest = max([len(block) for block in blocks] or [0])
    return ["%s %d" % (hashlib.md5(whole).hexdigest(), longest)]


CASES = {
    "float": lambda environ: 42.0,
    "float_block": lambda environ: [42.0],
    "list": lambda environ: [VERSE],
    "generator": lambda environ: _generated(),
    "file_like": lambda environ: FileLike(),
    "instance": lambda environ: Instance(1),
    "instance_of_len_2": lambda environ: Instance(2),
    "mutated": _mutated,
    "streams": _streams,
    "read": _read,
    "scheme": lambda environ: [environ["wsgi.url_scheme"], environ.get("HTTPS", "")],
    "query": lambda environ: [environ["QUERY_STRING"]],
}


def application(environ, start_response):
    headers = [("Content-Type", "text/plain"), ("X-Accents", "\xe1\xe9\xed\xf3\xfa")]
    headers.append(("X-Method", environ["REQUEST_METHOD"]))
    case = CASES[environ["PATH_INFO"].rpartition("/")[2]]
    start_response("200 OK", headers)
    result = case(environ)
    if isinstance(result, list) and isinstance(result[0], str):
        return [text.encode("latin-1") if str is not bytes else text for text in result]
    return result
