"""The jars, the WARs and the wheel, as the build left them, and what is in them."""

import io
import zipfile

import containers
from paths import TARGET

ROOT = TARGET.parent
NAMESPACES = ("jakarta", "javax")
WEBAPP = ROOT / "webapp"
# In a jar, for a class of Jython's: docs/decisions/0013-a-class-of-jythons.md.
STAND_IN = "org/isthmus/engine/jython/boot/JavaImportHelper.stand-in"


def jar(namespace, target=TARGET):
    """The path of the Isthmus jar of this namespace."""
    return target / containers.jar(namespace).name


def war(namespace, target=TARGET):
    """The path of the example WAR of this namespace."""
    suffix = "-javax" if namespace == "javax" else ""
    return target / ("isthmus-example%s.war" % suffix)


def starter(target=TARGET):
    """The starter for Spring Boot, as this build made it."""
    (jar,) = target.glob("isthmus-spring-boot-starter-*.jar")
    return jar


def wheel(target=TARGET):
    """The path of the tool's wheel."""
    (found,) = target.glob("isthmus-*.whl")
    return found


def other(namespace):
    return NAMESPACES[1 - NAMESPACES.index(namespace)]


def files(archive):
    """{name: content} of the files in an archive; no name may be there twice."""
    with zipfile.ZipFile(_opened(archive)) as opened:
        names = [name for name in opened.namelist() if not name.endswith("/")]
        assert len(names) == len(set(names)), "a name twice in %s" % archive
        return {name: opened.read(name) for name in names}


def names(archive):
    """The names of the files in an archive, without reading them."""
    with zipfile.ZipFile(_opened(archive)) as opened:
        return [name for name in opened.namelist() if not name.endswith("/")]


def manifest(entries):
    """{name: value} of the manifest among an archive's files."""
    # A line that begins with a space continues the one before (JAR specification).
    text = entries["META-INF/MANIFEST.MF"].decode("utf-8").replace("\r\n", "\n")
    lines = text.replace("\n ", "").strip().split("\n")
    return dict(line.split(": ", 1) for line in lines)


def relative(directory, pattern):
    """The files below a directory, as names in an archive."""
    found = directory.rglob(pattern)
    return {path.relative_to(directory).as_posix() for path in found if path.is_file()}


def _opened(archive):
    return io.BytesIO(archive) if isinstance(archive, bytes) else archive
