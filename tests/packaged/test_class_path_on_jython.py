"""What messages say of modules on the class path, as in a fat jar of Spring Boot."""

import archives
import jython

PROGRAM = """
import sys

from isthmus import absent, importing, loading

sys.path.append(sys.argv[1])
print(absent.nearest_module(sys.argv[2]))
try:
    loading.load("found:aplication", None)
except importing.LoadError as e:
    print(e.values[1])
"""


def _hint(tmp_path, name, on_path):
    """The lines that the program prints.

    :param on_path: whether the modules are in a directory of sys.path, not of the
        class path.
    """
    modules, other = tmp_path / "modules", tmp_path / "other"
    for directory in (modules / "bare" / "web", modules / "whole", other):
        directory.mkdir(parents=True)
    for file in ("bare/shop.py", "bare/web/__init__.py", "whole/__init__.py"):
        (modules / file).write_text("")
    found = modules / "found.py"
    found.write_text("def application(): pass\n")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    before = [archives.jar("jakarta")] + ([] if on_path else [modules])
    entry = modules if on_path else other
    return jython.run(program, entry, name, before=before).splitlines()


def test_package_without_init_is_named_in_a_directory(tmp_path):
    hint, file = _hint(tmp_path, "bare.shop", on_path=True)
    assert "'bare'" in hint
    assert "__init__.py" in hint
    assert file == str(tmp_path / "modules" / "found.py")


def test_package_without_init_is_named_on_the_class_path(tmp_path):
    hint, file = _hint(tmp_path, "bare.web.views", on_path=False)
    # What is asked for does not exist, but its package does.
    assert "'bare'" in hint
    assert "__init__.py" in hint
    assert file == "found.py on the class path"


def test_module_missing_in_a_whole_package_lacks_no_init(tmp_path):
    hint, _ = _hint(tmp_path, "whole.shop", on_path=True)
    assert "__init__.py" not in hint
