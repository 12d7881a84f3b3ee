"""Calls start_response in every way that PEP 3333 speaks of; ?case= names the way."""

import sys

import _board

HEADERS = [("Content-Type", "text/plain"), ("X-App", "first")]
OTHERS = [("Content-Type", "text/plain"), ("X-App", "second")]


class Broken(Exception):
    pass


def _failure():
    try:
        raise Broken("secret of the first response")
    except Broken:
        return sys.exc_info()


def by_position(start_response):
    start_response("200 OK", HEADERS)
    start_response("503 Sorry", OTHERS, _failure())
    return [b"error page"]


def by_keyword(start_response):
    start_response("200 OK", HEADERS)
    start_response("503 Sorry", OTHERS, exc_info=_failure())
    return [b"error page"]


def after_an_empty_block(start_response):
    start_response("200 OK", HEADERS)
    yield b""
    start_response("503 Sorry", OTHERS, _failure())
    yield b"error page"


def exc_info_at_first(start_response):
    start_response("503 Sorry", OTHERS, _failure())
    return [b"error page"]


def exc_info_none(start_response):
    start_response("503 Sorry", OTHERS, None)
    return [b"error page"]


def all_by_keyword(start_response):
    start_response(status="503 Sorry", headers=OTHERS, exc_info=None)
    return [b"error page"]


def inside_the_first_next(start_response):
    start_response("503 Sorry", OTHERS)
    yield b"error page"


def after_empty_blocks(start_response):
    yield b""
    yield b""
    start_response("503 Sorry", OTHERS)
    yield b"error page"


def empty_list(start_response):
    start_response("503 Sorry", OTHERS)
    return []


def empty_generator(start_response):
    start_response("503 Sorry", OTHERS)
    return iter(())


def twice(start_response):
    start_response("200 OK", HEADERS)
    start_response("201 Created", HEADERS)
    return [b"secret"]


def never_with_an_empty_list(start_response):
    return []


def never_with_blocks(start_response):
    return [b"secret"]


def never_with_an_empty_generator(start_response):
    return iter(())


def never_with_a_generator(start_response):
    yield b"secret"


def no_arguments(start_response):
    start_response()


def one_argument(start_response):
    start_response("200 OK")


def four_arguments(start_response):
    start_response("200 OK", HEADERS, None, None)


def unknown_keyword(start_response):
    start_response("200 OK", HEADERS, reason="secret")


def argument_given_twice(start_response):
    start_response("200 OK", HEADERS, status="200 OK")


def exc_info_not_a_tuple(start_response):
    start_response("200 OK", HEADERS, ValueError("secret"))


def exc_info_of_two(start_response):
    start_response("200 OK", HEADERS, (ValueError, ValueError("secret")))


def twice_but_caught(start_response):
    start_response("503 Sorry", OTHERS)
    try:
        start_response("200 OK", HEADERS)
    except AssertionError:
        return [b"error page"]


def malformed_but_caught(start_response):
    try:
        start_response("200", HEADERS)
    except ValueError:
        start_response("503 Sorry", OTHERS)
        return [b"error page"]


def application(environ, start_response):
    return globals()[_board.query(environ)["case"]](start_response)
