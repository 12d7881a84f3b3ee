"""isthmus.paths: what is on sys.path, in which order, and what .pth files do."""

import os
import sys
import zipfile

import pytest

from isthmus import paths


@pytest.fixture
def added(web_inf, monkeypatch):
    """What install() puts in front of sys.path, relative to WEB-INF."""
    monkeypatch.setattr(sys, "path", ["/already/there"])

    def install():
        paths.install(web_inf.path)
        assert sys.path[-1] == "/already/there"
        return [path[len(web_inf.path) + 1 :] for path in sys.path[:-1]]

    return install


def _archive(path, **modules):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in modules.items():
            archive.writestr(name.replace("__slash__", "/") + ".py", text)


def test_application_comes_first_then_libraries_then_classes(web_inf, added):
    for directory in ("classes", "lib-python", "app"):
        web_inf.write(directory + "/.keep")
    assert added() == ["app", "lib-python", "classes"]


def test_what_is_not_there_is_left_out(web_inf, added):
    web_inf.write("app/.keep")
    assert added() == ["app"]


def test_eggs_are_unpacked_below_the_containers_directory(monkeypatch):
    monkeypatch.setattr(os, "environ", {})
    paths.place_eggs(None)
    assert os.environ == {}
    paths.place_eggs("/srv/temporary")
    eggs = os.path.join("/srv/temporary", "python-eggs")
    assert os.environ == {"PYTHON_EGG_CACHE": eggs}


def test_place_of_eggs_in_the_environment_comes_first(monkeypatch):
    monkeypatch.setattr(os, "environ", {"PYTHON_EGG_CACHE": "/var/eggs"})
    paths.place_eggs("/srv/temporary")
    assert os.environ == {"PYTHON_EGG_CACHE": "/var/eggs"}


def test_without_web_inf_nothing_changes():
    before = list(sys.path)
    paths.install(None)
    assert sys.path == before


def test_archives_need_no_pth_file(web_inf, added):
    for name in ("b.zip", "a.egg", "c.whl"):
        _archive(web_inf.write("lib-python/" + name))
    web_inf.write("lib-python/d.tar.gz")
    names = ["", "/a.egg", "/b.zip", "/c.whl"]
    assert added() == ["lib-python" + name for name in names]


def test_module_in_an_archive_is_imported(web_inf, added):
    _archive(web_inf.write("lib-python/one.zip"), in_archive="name = 'zipped'\n")
    added()
    import in_archive

    assert in_archive.name == "zipped"


def test_directories_of_the_class_path_are_those_of_a_war(web_inf, added, tmp_path):
    for directory in ("classes", "lib-python", "app"):
        web_inf.write(directory + "/.keep")
    for directory in ("python", "lib-python", "lib-python/by_pth"):
        (tmp_path / directory).mkdir()
    (tmp_path / "lib-python" / "x.pth").write_text("by_pth\n")
    class_path = [str(tmp_path / "python"), str(tmp_path / "lib-python")]
    paths.install(web_inf.path, class_path)
    inner = str(tmp_path / "lib-python" / "by_pth")
    of_war = [web_inf.path + "/" + name for name in ("app", "lib-python", "classes")]
    expected = [of_war[0], class_path[0], of_war[1], class_path[1], inner, of_war[2]]
    assert sys.path == [*expected, "/already/there"]


def test_directories_of_the_class_path_need_no_web_inf(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", ["/already/there"])
    (tmp_path / "python").mkdir()
    paths.install(None, [str(tmp_path / "python")])
    assert sys.path == [str(tmp_path / "python"), "/already/there"]


def test_pth_lines_are_paths_below_the_libraries(web_inf, added):
    web_inf.write("lib-python/one/.keep")
    web_inf.write("lib-python/two/.keep")
    web_inf.write("lib-python/x.pth", "two\r\n\n# a comment\n  \none\n")
    assert added() == ["lib-python", "lib-python/two", "lib-python/one"]


def test_pth_files_are_read_in_the_order_of_their_names(web_inf, added):
    for name in ("a", "b", "c"):
        web_inf.write("lib-python/%s/.keep" % name)
    web_inf.write("lib-python/2.pth", "a\n")
    web_inf.write("lib-python/1.pth", "c\n")
    web_inf.write("lib-python/3.pth", "b\n")
    assert added()[1:] == ["lib-python/c", "lib-python/a", "lib-python/b"]


def test_pth_files_that_lead_to_each_other_are_no_circle(web_inf, added):
    web_inf.write("lib-python/inner/.keep")
    web_inf.write("lib-python/x.pth", ".\ninner\n../lib-python/inner\n")
    web_inf.write("lib-python/inner/x.pth", "..\n")
    assert added() == ["lib-python", "lib-python/inner"]


def test_pth_line_that_leads_nowhere_is_left_out(web_inf, added):
    web_inf.write("lib-python/x.pth", "nowhere\nnowhere.zip/inner\n")
    assert added() == ["lib-python"]


def test_pth_line_may_lead_into_an_archive(web_inf, added):
    _archive(
        web_inf.write("lib-python/sub/x.zip"), inner__slash__in_inner="value = 1\n"
    )
    web_inf.write("lib-python/x.pth", "sub/x.zip/inner\n")
    assert added() == ["lib-python", "lib-python/sub/x.zip/inner"]
    import in_inner

    assert in_inner.value == 1


def test_pth_line_twice_is_added_once(web_inf, added):
    web_inf.write("lib-python/one/.keep")
    web_inf.write("lib-python/a.pth", "one\n./one\n.\n")
    web_inf.write("lib-python/b.pth", "one\n")
    assert added() == ["lib-python", "lib-python/one"]


def test_archive_that_a_pth_names_is_added_once(web_inf, added):
    _archive(web_inf.write("lib-python/one.zip"))
    web_inf.write("lib-python/a.pth", "one.zip\n")
    assert added() == ["lib-python", "lib-python/one.zip"]


@pytest.mark.parametrize("separator", [" ", "\t"])
def test_pth_import_is_executed(web_inf, added, separator):
    web_inf.write("lib-python/from_pth.py", "value = 1\n")
    web_inf.write("lib-python/x.pth", "import%sfrom_pth\n" % separator)
    added()
    assert sys.modules["from_pth"].value == 1


def test_pth_path_that_begins_with_import_is_a_path(web_inf, added):
    web_inf.write("lib-python/imported/.keep")
    web_inf.write("lib-python/x.pth", "imported\n")
    assert added() == ["lib-python", "lib-python/imported"]


def test_pth_import_may_change_sys_path(web_inf, added, tmp_path):
    web_inf.write(
        "lib-python/x.pth", "import sys; sys.path.insert(0, %r)\n" % str(tmp_path)
    )
    paths.install(web_inf.path)
    libraries = web_inf.path + "/lib-python"
    assert sys.path == [str(tmp_path), libraries, "/already/there"]


def test_pth_of_a_namespace_package_finds_its_directory(web_inf, added):
    # As setuptools writes it: the directory is a local of the frame that executes it.
    web_inf.write(
        "lib-python/space.pth",
        "import sys, types, os;"
        "p = os.path.join(sys._getframe(1).f_locals['sitedir'], *('space_of_pth',));"
        "m = sys.modules.setdefault('space_of_pth', types.ModuleType('space_of_pth'));"
        "mp = m.__dict__.setdefault('__path__',[]);(p not in mp) and mp.append(p)\n",
    )
    web_inf.write("lib-python/space_of_pth/inner.py", "value = 2\n")
    added()
    from space_of_pth import inner

    assert inner.value == 2


def test_failing_pth_line_ends_its_file_alone(web_inf, added, capsys):
    for name in ("one", "two", "three"):
        web_inf.write("lib-python/%s/.keep" % name)
    web_inf.write("lib-python/a.pth", "one\nimport nowhere_at_all\ntwo\n")
    web_inf.write("lib-python/b.pth", "three\n")
    assert added() == ["lib-python", "lib-python/one", "lib-python/three"]
    message = capsys.readouterr().err
    assert message.startswith("Line 2 of %s/lib-python/a.pth failed" % web_inf.path)
    assert "nowhere_at_all" in message


def test_install_twice_adds_nothing(web_inf, added):
    web_inf.write("app/.keep")
    web_inf.write("lib-python/.keep")
    assert added() == added() == ["app", "lib-python"]


def test_entries_are_appended_each_once(web_inf, added):
    paths.extend(["/one", "/two", "/one"], web_inf.path)
    paths.extend(["/two", "/three"], web_inf.path)
    assert sys.path == ["/already/there", "/one", "/two", "/three"]


def test_entries_before_an_asterisk_come_first_with_what_is_in_them(web_inf, added):
    web_inf.write("vendor/lib.egg", "")
    web_inf.write("vendor/more.pth", "further\n")
    web_inf.write("vendor/further/x.py", "")
    web_inf.write("own/x.py", "")
    before = list(sys.path)
    for _ in range(2):
        paths.extend(["own", "vendor", "absent", "*", "/last"], web_inf.path)
    names = ["own", "vendor", "vendor/further", "vendor/lib.egg"]
    ahead = [os.path.join(web_inf.path, name) for name in names]
    assert sys.path == [*ahead, *before, "/last"]


def test_entry_before_an_asterisk_is_moved_to_the_front(web_inf, added):
    web_inf.write("vendor/lib.egg", "")
    web_inf.write("vendor/more.pth", "further\n")
    web_inf.write("vendor/further/x.py", "")
    names = ["vendor", "vendor/further", "vendor/lib.egg"]
    vendor = [os.path.join(web_inf.path, name) for name in names]
    sys.path[1:] = [vendor[1], "/other", vendor[0]]
    for _ in range(2):
        paths.extend(["__pyclasspath__/own", "vendor", "vendor", "*"], web_inf.path)
        expected = ["__pyclasspath__/own", *vendor, "/already/there", "/other"]
        assert sys.path == expected


def test_relative_entry_is_below_web_inf(web_inf, added):
    paths.extend(["vendor", "./vendor/x.zip", "."], web_inf.path)
    expected = ["/vendor", "/vendor/x.zip", ""]
    assert sys.path[1:] == [web_inf.path + end for end in expected]


def test_entry_comes_before_java_packages(web_inf, added):
    sys.path.extend(["__classpath__", "__pyclasspath__/"])
    paths.extend(["/one", "/two"], web_inf.path)
    assert sys.path[1:4] == ["/one", "/two", "__classpath__"]


def test_entry_of_the_class_path_stays_as_it_is(web_inf, added):
    paths.extend(["__pyclasspath__/vendor", "__classpath__"], web_inf.path)
    assert sys.path[1:] == ["__pyclasspath__/vendor", "__classpath__"]
