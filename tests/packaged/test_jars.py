"""The jars hold all of Isthmus, for one servlet namespace, and nothing else."""

import json
import re
import struct
import subprocess

import archives
import executable_war
from containers import jdks

JAVA = archives.ROOT / "src" / "main" / "java"
PYTHON = archives.ROOT / "src" / "main" / "python"
ERRORS = "META-INF/errors.md"
JAVA_11 = 55
MAGIC = 0xCAFEBABE
BYTECODE = "$py.class"
# What runs on CPython, and the list of its files: the engine stages them.
WORKER = "isthmus_worker"
WORKERS = "org/isthmus/engine/cpython/files.txt"
SERVLET = "org/isthmus/WsgiServlet.class"
# What the launcher's jar has, and the others have not.
LAUNCHER = ("org/isthmus/launcher/",)
METADATA = "META-INF/spring-configuration-metadata.json"
SPRING = "org/isthmus/spring/"


def _naming(entries, namespace):
    """The files that name a servlet namespace, in content or by their own name."""
    spelled = re.compile(rb"%s[./]servlet" % namespace.encode())
    return [n for n, c in entries.items() if spelled.search(n.encode() + b"\n" + c)]


def test_jar_names_its_own_namespace(jar, namespace):
    assert SERVLET in _naming(jar, namespace)


def test_no_class_service_or_text_names_the_other_namespace(jar, namespace):
    # The page of errors explains what happens if they are mixed.
    assert set(_naming(jar, archives.other(namespace))) == {ERRORS}


def test_no_python_file_names_a_namespace(jar):
    named = {n for space in archives.NAMESPACES for n in _naming(jar, space)}
    assert [name for name in named if name.endswith(".py")] == []


def _compiled(jar, of_python):
    """{name: content} of the classes compiled from Python, or of those from Java."""
    classes = {n: c for n, c in jar.items() if n.endswith(".class")}
    return {n: c for n, c in classes.items() if n.endswith(BYTECODE) == of_python}


def test_classes_are_of_java_11(jar):
    classes = _compiled(jar, of_python=False)
    heads = {n: struct.unpack(">IHH", c[:8]) for n, c in classes.items()}
    # Minor version 0: no preview features (JVM specification, 4.1).
    assert set(heads.values()) == {(MAGIC, 0, JAVA_11)}


def _sources(classes):
    """The Java sources that these classes come from."""
    return {re.sub(r"(\$[^/]*)?\.class$", ".java", name) for name in classes}


def test_each_java_source_is_there_and_no_other_class(jar):
    sources = archives.relative(JAVA, "*.java")
    classes = _compiled(jar, of_python=False)
    elsewhere = (*LAUNCHER, SPRING, "org/python/")
    assert _sources(classes) == {n for n in sources if not n.startswith(elsewhere)}


def test_launcher_has_its_own_sources_errors_and_directories():
    jar = archives.files(executable_war.launcher())
    sources = archives.relative(JAVA, "*.java")
    own = (*LAUNCHER, "org/isthmus/errors/", "org/isthmus/directories/")
    classes = {name for name in jar if name.endswith(".class")}
    assert _sources(classes) == {n for n in sources if n.startswith(own)}
    messages = "org/isthmus/errors/messages.properties"
    assert set(jar) - classes == {"META-INF/MANIFEST.MF", "META-INF/LICENSE", messages}
    assert archives.manifest(jar)["Main-Class"] == "org.isthmus.launcher.Main"


def test_starter_has_its_own_sources_and_what_spring_reads():
    jar = archives.files(archives.starter())
    sources = archives.relative(JAVA, "*.java")
    classes = {name for name in jar if name.endswith(".class")}
    assert _sources(classes) == {n for n in sources if n.startswith(SPRING)}
    written = archives.relative(archives.ROOT / "src" / "starter" / "META-INF", "*")
    made = {"MANIFEST.MF", "LICENSE", "spring-configuration-metadata.json"}
    assert set(jar) - classes == {"META-INF/" + name for name in written | made}
    assert archives.manifest(jar)["Automatic-Module-Name"] == "org.isthmus.spring"


def test_metadata_of_the_starter_has_each_setting():
    metadata = archives.files(archives.starter())[METADATA]
    names = [row["name"] for row in json.loads(metadata)["properties"]]
    lines = (archives.TARGET / "settings.tsv").read_text("utf-8").splitlines()
    settings = [line.split("\t")[0].replace("_", "-") for line in lines]
    assert names == [*settings, "isthmus.spring.path"]


def test_launcher_names_no_servlet_namespace():
    # One jar for both: Jetty's classes are called by name.
    jar = archives.files(executable_war.launcher())
    named = {n for space in archives.NAMESPACES for n in _naming(jar, space)}
    assert named == set()


def test_each_python_source_is_there_as_it_is(jar):
    python = {name: content for name, content in jar.items() if name.endswith(".py")}
    expected = {
        "%s/%s" % (package, name): (PYTHON / package / name).read_bytes()
        for package in ("isthmus", WORKER)
        for name in archives.relative(PYTHON / package, "*.py")
    }
    assert python == expected


def test_each_python_source_is_compiled(jar):
    # Otherwise each start of a web application would do it.
    sources = {n for n in jar if n.endswith(".py") and not n.startswith(WORKER)}
    compiled = _compiled(jar, of_python=True)
    assert {n.replace(BYTECODE, ".py") for n in compiled} == sources


def test_bytecode_notes_no_time_of_its_source(jar):
    # It would be refused beside a source that has an earlier one: precompile.py.
    # A long constant of -1 (JVM specification, 4.4.5), for the annotation MTime.
    for name, content in _compiled(jar, of_python=True).items():
        assert b"Lorg/python/compiler/MTime;" in content, name
        assert b"\x05" + b"\xff" * 8 in content, name


def test_license_is_there(jar):
    license = (archives.ROOT / "LICENSE").read_bytes()
    assert jar["META-INF/LICENSE"] == license


def test_nothing_else_is_there(jar):
    known = {"META-INF/MANIFEST.MF", "META-INF/LICENSE", ERRORS}
    known |= {archives.STAND_IN, WORKERS}
    others = {n for n in jar if not n.endswith((".class", ".py"))}
    assert others - known == archives.relative(
        archives.ROOT / "src" / "main" / "resources", "*"
    )


def test_nothing_is_in_a_package_of_jythons(jar):
    # A package is in one module only: java.lang.module.Configuration.
    assert [name for name in jar if name.startswith("org/python/")] == []
    assert struct.unpack(">IHH", jar[archives.STAND_IN][:8]) == (MAGIC, 0, JAVA_11)


def test_jars_have_the_same_files():
    jakarta, javax = (archives.names(archives.jar(n)) for n in archives.NAMESPACES)
    assert jakarta == javax


def test_manifest_names_the_module(jar):
    assert archives.manifest(jar)["Automatic-Module-Name"] == "org.isthmus"


def test_jar_explains_a_code(namespace):
    java = jdks.discover()[0].tool("java")
    command = [str(java), "-jar", str(archives.jar(namespace)), "IS0012"]
    explained = subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=300
    )
    assert (explained.returncode, explained.stderr) == (0, "")
    assert explained.stdout.startswith("## IS0012\n") and "exc_info" in explained.stdout


def test_manifest_names_title_and_version(jar, namespace):
    manifest = archives.manifest(jar)
    title, version = "Implementation-Title", "Implementation-Version"
    suffix = "-javax" if namespace == "javax" else ""
    name = "isthmus-%s%s.jar" % (manifest[version], suffix)
    assert manifest[title] == "Isthmus"
    assert name == archives.jar(namespace).name


def test_manifest_has_no_class_path_and_no_signature(jar):
    # The migration would have broken a signature; a Class-Path would lead a container
    # to jars that are not there.
    assert "Class-Path" not in archives.manifest(jar)
    assert [name for name in jar if name.endswith((".SF", ".RSA", ".EC", ".DSA"))] == []
