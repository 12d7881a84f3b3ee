"""isthmus.compat on CPython, where it does nothing; and that its page is complete.

What it answers on Jython is in tests/packaged/test_compat_on_jython.py.
"""

import importlib
import pathlib
import re
import sys
import threading

import pytest

from isthmus import compat

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "compat.md").read_text(encoding="utf-8")
NAMES = sorted(
    path.stem
    for path in pathlib.Path(compat.__file__).parent.glob("*.py")
    if not path.stem.startswith("_")
)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_changed(name):
    before = (set(vars(sys)), set(vars(threading)), list(sys.meta_path))
    mine = sys.modules.get(name)
    importlib.import_module("isthmus.compat." + name)
    assert (set(vars(sys)), set(vars(threading)), list(sys.meta_path)) == before
    assert sys.modules.get(name) is mine


def test_page_has_each_module_and_no_other():
    assert NAMES == sorted(re.findall(r"^\| `isthmus\.compat\.(\w+)` \|", PAGE, re.M))
