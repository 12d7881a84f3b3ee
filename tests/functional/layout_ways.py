"""The ways to code and data of sites/features, what each finds, and their files."""

import io
import os
import pathlib
import zipfile

from paths import HERE, TARGET

SITE = HERE / "sites" / "features"
LIBRARIES = TARGET / "libraries"
# Of Django only what templates and static files need.
LEFT_OUT = ("locale", "tests", "test", "gis", "admin", "auth", "zoneinfo", "bin")
NOTE = "a note"
PAGE = "<p>{{ name }}</p>"

# What the way "modified" finds: archives count in steps of two seconds.
MODIFIED = int((SITE / "shop" / "goods.py").stat().st_mtime) // 2 * 2

# {way: what it finds}; the functions are in sites/features/ways.py.
WAYS = {
    "import_of_a_package": "shop.goods",
    "relative_import": "shop.beside",
    "open_beside_the_file": NOTE,
    "open_beyond_ascii": "of a size",
    "listdir": "one two",
    "get_data": NOTE,
    "iter_modules": "beside django_app flask_app goods templatetags",
    "getsource": "def import_of_a_package():",
    "pth": "by_pth",
    "zipped": "by_zip",
    "zipped_data": NOTE,
    "egg": "by_egg",
    "egg_data": NOTE,
    "resource_string": NOTE,
    "resource_filename": NOTE,
    "resource_listdir": "data static templates templatetags",
    "resource_of_an_egg": NOTE,
    "resource_file_of_an_egg": NOTE,
    "distribution": "1.1.4",
    "entry_point": "plugged in",
    "jinja2": "<p>jinja</p>",
    "jinja2_of_an_egg": "<p>egg</p>",
    "flask/": "<p>flask</p>",
    "flask/static/style.css": "p { margin: 0 }\n",
    "django/": "<p>DJANGO /static/style.css</p>\n",
    "django/static/style.css": "p { margin: 0 }\n",
}
# These import a framework first, which takes seconds of CPU in each web application.
OF_FRAMEWORKS = {way for way in WAYS if way.startswith(("jinja2", "flask", "django"))}


def _archive(files):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        for name, text in files.items():
            zipped.writestr(name, text)
    return archive.getvalue()


def _package(name):
    """An archive of a package of this name, with data."""
    source = "NAME = %r\n\n\ndef plug():\n    return 'plugged in'\n" % name
    return {
        name + "/__init__.py": source,
        name + "/note.txt": NOTE,
        name + "/templates/page.html": PAGE,
    }


EGG = {
    **_package("by_egg"),
    "EGG-INFO/PKG-INFO": "Metadata-Version: 1.0\nName: by-egg\nVersion: 1.0\n",
    "EGG-INFO/entry_points.txt": "[shop.plugins]\nplug = by_egg:plug\n",
    "EGG-INFO/zip-safe": "\n",
}


def files():
    """(path in a WAR, content) of the application and its libraries."""
    yield "WEB-INF/app", SITE
    yield "WEB-INF/app/shop/data/gr\u00f6\u00dfe 100%.txt", "of a size"
    for directory, folders, names in os.walk(LIBRARIES):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        place = pathlib.Path(directory)
        entry = pathlib.PurePosixPath(
            "WEB-INF/lib-python", place.relative_to(LIBRARIES)
        )
        for name in names:
            yield str(entry / name), place / name
    yield "WEB-INF/lib-python/some.pth", "elsewhere\n"
    yield "WEB-INF/lib-python/elsewhere/by_pth.py", 'NAME = "by_pth"\n'
    yield "WEB-INF/lib-python/some.zip", _archive(_package("by_zip"))
    yield "WEB-INF/lib-python/by_egg-1.0-py2.7.egg", _archive(EGG)
