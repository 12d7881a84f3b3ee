"""Python parses XML, whichever of Jython's jars a web application has."""


def test_document_is_parsed(mount):
    lines = mount("parsed_xml").get("").body.decode("utf-8").split("\n")
    assert lines[:5] == ["a", "1", "\u00e9", "{urn:d}c", "b"]


def test_what_is_no_document_is_reported_with_its_place(mount):
    unfinished, undefined = mount("parsed_xml").get("").body.decode().split("\n")[5:]
    assert unfinished.startswith("1 ") and "same entity" in unfinished
    assert undefined == "1 undefined entity: line 1, column 3"
