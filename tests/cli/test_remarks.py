"""What `isthmus lock` adds about libraries known not to run whole on Jython."""

import pytest
from packaging.version import Version

from isthmus_cli import remarks


@pytest.mark.parametrize(
    "name, version, words",
    [
        ("chameleon", "3.10.2", "Jinja2"),
        ("genshi", "0.7.12", "Jinja2"),
        ("sqlalchemy", "1.4.54", "SQLAlchemy<1.4"),
    ],
)
def test_library_that_does_not_run_whole_has_an_alternative(name, version, words):
    (text,) = remarks.of(name, Version(version), {})
    assert words in text


@pytest.mark.parametrize("name, version", [("mako", "1.1.6"), ("sqlalchemy", "1.3.24")])
def test_others_have_none(name, version):
    assert list(remarks.of(name, Version(version), {})) == []
