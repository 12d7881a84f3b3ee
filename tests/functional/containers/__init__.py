"""The containers of the matrix: which distribution, which namespace, which class."""

import os
import tarfile
import tempfile
from typing import NamedTuple

import engines
import where
from containers.jetty import Jetty
from containers.tomcat import Tomcat
from paths import RUNS, TARGET
from wars import Parts


class Kind(NamedTuple):
    """One row of the matrix."""

    family: type
    namespace: str
    distribution: str
    servlet_api: str


KINDS = {
    "tomcat9": Kind(Tomcat, "javax", "tomcat-9.*", "servlet-api.jar"),
    "tomcat10": Kind(Tomcat, "jakarta", "tomcat-10.*", "servlet-api.jar"),
    "tomcat11": Kind(Tomcat, "jakarta", "tomcat-11.*", "servlet-api.jar"),
    "jetty-ee8": Kind(Jetty, "javax", "jetty-home-*", "jetty-servlet-api-4.*.jar"),
    "jetty-ee10": Kind(
        Jetty, "jakarta", "jetty-home-*", "jakarta.servlet-api-6.0.*.jar"
    ),
}


def create(
    name, jdk, compiler, base=None, options=(), http2=False, engine=where.JYTHON
):
    """A server of this kind, not started; `compiler` is the JDK whose javac is used.

    `http2`: its connectors speak HTTP/2 too. `engine`: what its WARs run on.
    """
    kind = KINDS[name]
    unpacked = home(name)
    parts = Parts(
        kind.namespace,
        jar(kind.namespace),
        TARGET / "jython",
        _only(unpacked / "lib", kind.servlet_api),
        compiler.tool("javac"),
        engines.KINDS[engine],
    )
    base = base or RUNS / ("%s-%r" % (name, jdk))
    return kind.family(name, unpacked, base, jdk, parts, options, http2)


def home(name):
    """The unpacked distribution of a container of this kind."""
    distribution = KINDS[name].distribution + ".tar.gz"
    return _unpacked(_only(TARGET / "containers", distribution))


def jar(namespace):
    """The Isthmus jar of this namespace, as the build packaged it."""
    javax = _only(TARGET, "isthmus-*-javax.jar")
    if namespace == "javax":
        return javax
    return javax.with_name(javax.name.replace("-javax.jar", ".jar"))


def _only(directory, pattern):
    found = sorted(directory.glob(pattern))
    if len(found) != 1:
        raise FileNotFoundError(
            "%s/%s: %s found. Build with `mvn verify`, after `mvn clean` if a version "
            "has changed." % (directory, pattern, len(found) or "none")
        )
    return found[0]


def _unpacked(archive):
    """The distribution's directory beside its archive, unpacked at first use."""
    with tarfile.open(archive) as tar:
        top = tar.next().name.split("/")[0]
        home = archive.parent / top
        if not home.exists():
            # The filter is of CPython 3.12 and of late releases before it.
            safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
            with tempfile.TemporaryDirectory(dir=archive.parent) as partial:
                tar.extractall(partial, **safely)
                try:
                    os.rename(os.path.join(partial, top), home)
                except OSError:
                    # Another process may have been faster: its directory is as good.
                    if not home.exists():
                        raise
    return home
