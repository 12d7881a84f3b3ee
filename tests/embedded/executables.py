"""Executable archives with a web application in them, run by `java -jar`."""

import io
import pathlib
import zipfile

import containers
import programs
from containers import jdks
from layout_ways import files
from paths import TARGET
from programs import BUILT, Kind
from wars import War
from webxml import Servlet, WebXml

ARCHIVE = "executable.war"
SERVLET = Servlet("app", ["/*"], {"isthmus.app": "features:application"})
JETTY = ("lib/jetty-ee10-[sw]*.jar", "lib/jetty-ee-*.jar", "lib/jetty-[hisux]*.jar")
JETTY += ("lib/jetty-se*.jar", "lib/jakarta.servlet-api-6.0.*.jar")
JETTY += ("lib/logging/*.jar",)
TOMCAT = ("lib/*.jar", "bin/tomcat-juli.jar")
KINDS = {
    "tomcat11": Kind("NestedInTomcat", "jakarta", "tomcat11", TOMCAT),
    "jetty-ee10": Kind("NestedInJetty", "jakarta", "jetty-ee10", JETTY, "ee10"),
    "spring": Kind("NestedInSpring", "jakarta", "", ("spring",)),
    # With Jython where Maven puts it.
    "spring-lib": Kind("NestedInSpring", "jakarta", "", ("spring",)),
    "spring-4": Kind("NestedInSpring", "jakarta", "", ("spring-4",)),
}


class Executable(programs.Program):
    """A program in an archive, which has the container's jars beside it or in it."""

    kinds = KINDS
    common = ("Program",)

    def __init__(self, name):
        # Whatever is extracted shows up here.
        self.temporary = BUILT / (name + "-temporary")
        programs.empty(self.temporary)
        super().__init__(name, ["-Djava.io.tmpdir=%s" % self.temporary])

    def _what(self, classes):
        compiled = self._compiled()
        program = {
            path.relative_to(compiled).as_posix(): path
            for path in compiled.rglob("*.class")
        }
        entries, manifest = getattr(self, "_for_" + self.name.split("-")[0])(program)
        archive = BUILT / self.name / ARCHIVE
        archive.write_bytes(_archive(entries, manifest))
        return ["-jar", str(archive)]

    def _war(self):
        parts = containers.create("tomcat11", None, jdks.discover()[0]).parts
        return dict(War("", WebXml(servlets=[SERVLET]), dict(files())).entries(parts))

    def _for_tomcat11(self, program):
        """The WAR is an archive in the archive, of which Tomcat reads no lib."""
        war = self._war()
        isthmus = containers.jar(self.kind.namespace)
        del war["WEB-INF/lib/" + isthmus.name]
        entries = {**program, "application.war": _archive(war)}
        return entries, self._beside([isthmus])

    def _for_jetty(self, program):
        """The WAR is a directory of the archive: Jetty 12 reads no archive in one."""
        war = {"application/" + name: content for name, content in self._war().items()}
        return {**program, **war}, self._beside([])

    def _for_spring(self, program):
        """The WAR is the archive, with Spring Boot's loader in front."""
        classes = {"WEB-INF/classes/" + name: c for name, c in program.items()}
        jars = {"WEB-INF/lib/" + jar.name: jar for jar in self._container}
        war = self._war()
        if self.name == "spring-lib":
            jython = {
                n: war.pop(n) for n in list(war) if n.startswith("WEB-INF/jython")
            }
            jars.update((n.replace("/jython/", "/lib/"), c) for n, c in jython.items())
        # The loader looks for this directory's own entry.
        release = "4.1" if self.name == "spring-4" else "3.5"
        return {**loader(release), "WEB-INF/classes/": b"", **war, **classes, **jars}, {
            "Main-Class": "org.springframework.boot.loader.launch.WarLauncher",
            "Start-Class": "embedded." + self.kind.main,
        }

    def _beside(self, jars):
        path = " ".join(jar.as_uri() for jar in [*self._container, *jars])
        return {"Main-Class": "embedded." + self.kind.main, "Class-Path": path}


class FatJar(programs.Program):
    """A Spring Boot program with all that it needs in one jar, as its plugin makes it.

    :param release: of Spring Boot, and of its loader.
    """

    def __init__(self, release):
        self._release = release
        self.temporary = BUILT / "fat-temporary"
        programs.empty(self.temporary)
        name = "spring-4" if release == "4.1" else "spring"
        super().__init__(name, ["-Djava.io.tmpdir=%s" % self.temporary])

    def _what(self, classes):
        compiled = self._compiled()
        program = {p.relative_to(compiled): p for p in compiled.rglob("*.class")}
        entries = {"BOOT-INF/classes/": b""}
        resources = {p.name: p for p in self._resources().glob("*.py")}
        for name, path in {**program, **resources}.items():
            entries["BOOT-INF/classes/%s" % name] = path
        jars = [*self._container, containers.jar("jakarta")]
        for jar in [*jars, *(TARGET / "jython").glob("*.jar")]:
            entries["BOOT-INF/lib/" + jar.name] = jar
        archive = BUILT / self.name / "fat.jar"
        manifest = {
            "Main-Class": "org.springframework.boot.loader.launch.JarLauncher",
            "Start-Class": "embedded." + self.kind.main,
            "Spring-Boot-Classes": "BOOT-INF/classes/",
            "Spring-Boot-Lib": "BOOT-INF/lib/",
        }
        content = _archive({**loader(self._release), **entries}, manifest)
        archive.write_bytes(content)
        return ["-jar", str(archive)]


def loader(release):
    """{name: content} of the classes that start a program of Spring Boot's."""
    (jar,) = (TARGET / "spring-boot-loader").glob("*-%s.*.jar" % release)
    with zipfile.ZipFile(jar) as archive:
        names = [n for n in archive.namelist() if n.startswith("org/")]
        return {n: archive.read(n) for n in names if n.endswith(".class")}


def _archive(entries, manifest=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if manifest:
            archive.writestr("META-INF/MANIFEST.MF", _manifest(manifest))
        for name, content in entries.items():
            # Spring Boot's loader takes jars that are stored.
            stored = name.endswith((".jar", ".war"))
            method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            if isinstance(content, pathlib.Path):
                archive.write(content, name, method)
            else:
                archive.writestr(name, content, method)
    return out.getvalue()


def _manifest(fields):
    """Lines of at most 72 octets (JAR file specification, 'Line length')."""
    lines = ["Manifest-Version: 1.0"]
    for name, value in fields.items():
        line = "%s: %s" % (name, value)
        lines.append(line[:70])
        rest = line[70:]
        lines += [" " + rest[i : i + 69] for i in range(0, len(rest), 69)]
    return "\r\n".join([*lines, "", ""])
