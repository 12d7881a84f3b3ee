"""The example WARs hold webapp/, one Isthmus jar and Jython, and no servlet API."""

import archives

LIBRARY = "WEB-INF/lib/"
JYTHON = "WEB-INF/jython/"
BYTECODE = (".class", ".pyc")


def _jars(war):
    return {name: content for name, content in war.items() if name.endswith(".jar")}


def _below(war, directory):
    return {n[len(directory) :]: c for n, c in war.items() if n.startswith(directory)}


def test_webapp_is_there_as_it_is(war):
    sources = {
        name: (archives.WEBAPP / name).read_bytes()
        for name in archives.relative(archives.WEBAPP, "*")
        if not name.endswith(BYTECODE)
    }
    assert "WEB-INF/web.xml" in sources
    others = (LIBRARY, JYTHON, "META-INF/")
    there = {n: c for n, c in war.items() if not n.startswith(others)}
    assert {n: c for n, c in there.items() if not n.endswith(BYTECODE)} == sources


def test_each_program_is_compiled(war):
    sources = {name for name in war if name.endswith(".py")}
    compiled = {name for name in war if name.endswith(BYTECODE)}
    assert {name.replace("$py.class", ".py") for name in compiled} == sources


def test_library_is_the_isthmus_jar_of_the_namespace(war, namespace):
    jar = archives.jar(namespace)
    assert _below(war, LIBRARY) == {jar.name: jar.read_bytes()}


def test_jython_is_there_with_all_it_needs(war):
    built = archives.TARGET / "jython"
    expected = {jar.name: jar.read_bytes() for jar in built.iterdir()}
    assert [name for name in expected if name.startswith("jython-slim-")]
    assert _below(war, JYTHON) == expected


def test_no_jar_brings_a_servlet_api(war):
    # Refused by containers, or worse, not: Servlet specification, 10.7.2.
    bringing = [
        (name, entry)
        for name, content in _jars(war).items()
        for entry in archives.names(content)
        if entry.startswith(("javax/servlet/", "jakarta/servlet/"))
    ]
    assert bringing == []


def test_no_library_of_the_tests_is_there(war):
    packages = ("org/junit/", "org/opentest4j/", "org/apache/catalina/", "org/eclipse/")
    packages += ("org/springframework/",)
    bringing = {
        name
        for name, content in _jars(war).items()
        for entry in archives.names(content)
        if entry.startswith(packages)
    }
    assert bringing == set()


def test_nothing_of_isthmus_tests_is_there(war):
    tests = {name.rpartition("/")[2] for name in _sources_of_tests()}
    there = set(war)
    for content in _jars(war).values():
        there.update(n for n in archives.names(content) if n.startswith("org/isthmus/"))
    assert {name.rpartition("/")[2] for name in there} & tests == set()


def _sources_of_tests():
    tests = archives.ROOT / "tests"
    java = archives.relative(tests, "*.java")
    python = archives.relative(tests, "test_*.py") | archives.relative(tests, "conft*")
    return {name.replace(".java", ".class") for name in java} | python


def test_wars_differ_in_the_isthmus_jar_alone():
    jakarta, javax = (archives.files(archives.war(n)) for n in archives.NAMESPACES)
    for entries, namespace in ((jakarta, "jakarta"), (javax, "javax")):
        del entries[LIBRARY + archives.jar(namespace).name]
    assert jakarta == javax
