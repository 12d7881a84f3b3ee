"""The parts of an executable WAR: docs/deploy/executable.md, "What is in it"."""

import zipfile

from isthmus_cli import artifacts, bundled

DIRECTORY = "WEB-INF/launcher/"
# Java starts them from here, so that no class is in the public root.
CLASSES = "META-INF/versions/11/"
PACKAGES = ("org/isthmus/launcher", "org/isthmus/errors", "org/isthmus/directories")
# Packages that Jython accesses by reflection, mainly for file descriptors.
OPENS = ("java.base/java.io", "java.base/java.lang", "java.base/sun.nio.ch")


def manifest():
    """{name: value} for the manifest."""
    return {
        "Main-Class": "org.isthmus.launcher.Main",
        "Multi-Release": "true",
        "Enable-Native-Access": "ALL-UNNAMED",
        "Add-Opens": " ".join(OPENS),
        "Isthmus-Version": bundled.version(),
    }


def classes():
    """{name: octets} of the classes that Java starts, and of their messages."""
    with zipfile.ZipFile(bundled.jar("launcher")) as jar:
        found = [zipfile.Path(jar, name + "/") for name in PACKAGES]
        files = [file for package in found for file in package.iterdir()]
        return {CLASSES + f.at: f.read_bytes() for f in files if f.is_file()}


def jars(namespace):
    """{name: path} of the launcher and of Jetty, for a servlet namespace."""
    found = [bundled.jar("launcher"), *artifacts.jetty(namespace)]
    return {DIRECTORY + jar.name: jar for jar in found}


def artifacts_of(namespace):
    """The artifacts that are Jetty, for the bill of materials."""
    return artifacts.wanted("jetty") + artifacts.wanted("jetty-" + namespace)
