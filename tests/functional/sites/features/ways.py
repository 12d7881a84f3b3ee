"""Each function is a way to code or data; its result names what it has found."""

import inspect
import os
import pkgutil

import shop

HERE = os.path.dirname(os.path.abspath(__file__))


def import_of_a_package():
    """Return the name of a module in a package of the application."""
    from shop import goods

    return goods.NAME


def relative_import():
    """Return what a module has got from one beside it."""
    from shop.goods import BESIDE

    return BESIDE


def open_beside_the_file():
    """Return the text of a file, found by __file__."""
    with open(os.path.join(os.path.dirname(shop.__file__), "data", "note.txt")) as f:
        return f.read()


def open_beyond_ascii():
    """Return the text of a file whose name is not ASCII."""
    name = "gr\xc3\xb6\xc3\x9fe 100%.txt"
    with open(os.path.join(os.path.dirname(shop.__file__), "data", name)) as f:
        return f.read()


def listdir():
    """Return the names in a directory of data."""
    names = os.listdir(os.path.join(shop.__path__[0], "data"))
    return " ".join(sorted(name for name in names if name.isalnum()))


def get_data():
    """Return the text of a file by way of the import system."""
    return pkgutil.get_data("shop", "data/note.txt")


def iter_modules():
    """Return the names of a package's modules."""
    return " ".join(sorted(name for _, name, _ in pkgutil.iter_modules(shop.__path__)))


def modified():
    """Return the time of a file, in steps of two seconds, as bytecode remembers it."""
    name = os.path.join(os.path.dirname(shop.__file__), "goods.py")
    return str(int(os.path.getmtime(name)) // 2 * 2)


def getsource():
    """Return a line of Python's source."""
    return inspect.getsource(import_of_a_package).splitlines()[0]


def pth():
    """Return what a module in a directory says that a .pth file names."""
    import by_pth

    return by_pth.NAME


def zipped():
    """Return what a module in a zip file says."""
    import by_zip

    return by_zip.NAME


def zipped_data():
    """Return the text of a file in a zip file."""
    return pkgutil.get_data("by_zip", "note.txt")


def egg():
    """Return what a module in an egg says."""
    import by_egg

    return by_egg.NAME


def egg_data():
    """Return the text of a file in an egg."""
    return pkgutil.get_data("by_egg", "note.txt")


def resource_string():
    """Return the text of a file by way of pkg_resources."""
    import pkg_resources

    return pkg_resources.resource_string("shop", "data/note.txt")


def resource_filename():
    """Return the text of a file that pkg_resources has told the place of."""
    import pkg_resources

    with open(pkg_resources.resource_filename("shop", "data/note.txt")) as f:
        return f.read()


def resource_listdir():
    """Return the names in a directory by way of pkg_resources."""
    import pkg_resources

    names = pkg_resources.resource_listdir("shop", "")
    return " ".join(name for name in sorted(names) if name.isalpha())


def resource_of_an_egg():
    """Return the text of a file in an egg by way of pkg_resources."""
    import pkg_resources

    return pkg_resources.resource_string("by_egg", "note.txt")


def resource_file_of_an_egg():
    """Return the text of a file that pkg_resources has taken out of an egg."""
    import pkg_resources

    with open(pkg_resources.resource_filename("by_egg", "note.txt")) as f:
        return f.read()


def place_of_a_file_of_an_egg():
    """Return where pkg_resources has put a file that it has taken out of an egg."""
    import pkg_resources

    return pkg_resources.resource_filename("by_egg", "note.txt")


def distribution():
    """Return the version of a package by its .dist-info."""
    import pkg_resources

    return pkg_resources.get_distribution("Flask").version


def entry_point():
    """Return what an egg's entry point gives."""
    import pkg_resources

    (found,) = pkg_resources.iter_entry_points("shop.plugins")
    return found.load()()


def jinja2():
    """Return a page of a template in a package."""
    from jinja2 import Environment, PackageLoader

    loader = PackageLoader("shop", "templates")
    return Environment(loader=loader).get_template("page.html").render(name="jinja")


def jinja2_of_an_egg():
    """Return a page of a template in an egg."""
    from jinja2 import Environment, PackageLoader

    loader = PackageLoader("by_egg", "templates")
    return Environment(loader=loader).get_template("page.html").render(name="egg")


def write_beside_the_file():
    """Return what comes of writing into the application's own directory."""
    try:
        with open(os.path.join(HERE, "written.txt"), "w") as f:
            f.write("written")
    except IOError as e:
        return "refused: %s" % e.strerror
    os.remove(os.path.join(HERE, "written.txt"))
    return "written"
