"""Sends the head that ?case= names: well-formed ones, and every way to be malformed."""

import _board

OK = "200 OK"


class Text(str):
    pass


def _header(name, value):
    return (OK, [("X-App", "failed"), (name, value)])


HEADS = {
    # Statuses.
    "status_without_a_reason": ("200", []),
    "status_of_two_digits": ("20 OK", []),
    "status_below_100": ("099 x", []),
    "status_interim": ("100 Continue", []),
    "status_switching": ("101 Switching Protocols", []),
    "status_with_a_letter": ("2x0 OK", []),
    "status_without_digits": ("abc", []),
    "status_empty": ("", []),
    "status_of_four_digits": ("2000 OK", []),
    "status_after_a_space": (" 200 OK", []),
    "status_with_a_tab": ("200\tOK", []),
    "status_with_cr_lf": ("200 OK\r\nX-App: split", []),
    "status_with_lf": ("200 OK\nX-App: split", []),
    "status_with_nul": ("200 O\x00K", []),
    "status_with_delete": ("200 O\x7fK", []),
    "status_number": (200, []),
    "status_unicode": (OK.encode("ascii").decode("ascii"), []),
    "status_bytes": (b"200 OK", []),
    "status_beyond": (b"200 \xe2\x82\xac".decode("utf-8"), []),
    "status_none": (None, []),
    # Header lists.
    "headers_tuple": (OK, (("X-App", "failed"),)),
    "headers_dict": (OK, {"X-App": "failed"}),
    "headers_none": (OK, None),
    "headers_iterator": (OK, iter([("X-App", "failed")])),
    "header_list": (OK, [["X-App", "failed"]]),
    "header_string": (OK, ["X-App: failed"]),
    "header_of_one": (OK, [("X-App",)]),
    "header_of_three": (OK, [("X-App", "failed", "more")]),
    "header_value_number": _header("X-App", 5),
    "header_value_none": _header("X-App", None),
    "header_value_unicode": _header("X-App", b"text".decode("ascii")),
    "header_name_unicode": _header(b"X-App".decode("ascii"), "failed"),
    "header_value_bytes": _header("X-App", b"failed"),
    "header_name_bytes": _header(b"X-App", "failed"),
    "header_value_beyond": _header("X-App", b"\xe2\x82\xac".decode("utf-8")),
    "header_name_beyond": _header(b"X-\xe2\x82\xac".decode("utf-8"), "failed"),
    # Names (RFC 9110, 5.1).
    "name_empty": _header("", "failed"),
    "name_with_a_space": _header("X App", "failed"),
    "name_with_a_colon": _header("X-App:", "failed"),
    "name_with_cr_lf": _header("X-App\r\nX-App", "failed"),
    "name_with_nul": _header("X-App\x00", "failed"),
    "name_with_an_octet": _header("X-App\xe9", "failed"),
    # Values (RFC 9110, 5.5).
    "value_with_cr_lf": _header("X-App", "failed\r\nX-App: split"),
    "value_with_lf": _header("X-App", "failed\nX-App: split"),
    "value_with_cr": _header("X-App", "failed\rX-App: split"),
    "value_with_folding": _header("X-App", "failed\r\n folded"),
    "value_with_nul": _header("X-App", "fai\x00led"),
    "value_with_escape": _header("X-App", "\x1b[31mfailed"),
    "value_with_delete": _header("X-App", "failed\x7f"),
    "type_with_cr_lf": _header("Content-Type", "text/plain\r\nX-App: split"),
    # Content-Length (RFC 9110, 8.6).
    "length_negative": _header("Content-Length", "-1"),
    "length_with_plus": _header("Content-Length", "+5"),
    "length_after_a_space": _header("Content-Length", " 5"),
    "length_before_a_space": _header("Content-Length", "5 "),
    "length_text": _header("Content-Length", "five"),
    "length_empty": _header("Content-Length", ""),
    "length_list": _header("Content-Length", "5, 5"),
    "length_hexadecimal": _header("Content-Length", "0x5"),
    "length_fraction": _header("Content-Length", "5.0"),
    "length_beyond_64_bits": _header("Content-Length", "99999999999999999999"),
    "length_number": _header("Content-Length", 5),
    "length_twice": (OK, [("Content-Length", "5"), ("Content-Length", "6")]),
    "length_twice_the_same": (OK, [("Content-Length", "5"), ("content-length", "5")]),
    # What a head may be.
    "reason_empty": ("200 ", [("X-App", "good")]),
    "reason_of_octets": ("200 \xe9t\xe9", [("X-App", "good")]),
    "status_unknown": ("299 Whatever", [("X-App", "good")]),
    "status_599": ("599 Whatever", [("X-App", "good")]),
    "status_of_a_str_subclass": (Text("200 OK"), [("X-App", "good")]),
    "header_of_str_subclasses": (OK, [(Text("X-App"), Text("good"))]),
    "name_of_odd_tokens": (OK, [("X-App", "good"), ("!#$%&'*+-.^_`|~9z", "odd")]),
    "value_with_a_tab": (OK, [("X-App", "good"), ("X-Tab", "a\tb")]),
    "value_empty": (OK, [("X-App", "good"), ("X-Empty", "")]),
}

for _name in ("Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization"):
    HEADS["hop_by_hop " + _name] = _header(_name, "failed")
for _name in ("TE", "Trailers", "Transfer-Encoding", "Upgrade", "tRaNsFeR-eNcOdInG"):
    HEADS["hop_by_hop " + _name] = _header(_name, "failed")


def application(environ, start_response):
    status, headers = HEADS[_board.query(environ)["case"].replace("%20", " ")]
    start_response(status, headers)
    return [b"secret"]
