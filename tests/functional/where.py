"""Where each functional test runs: the table of modules, and the containers it names.

`mvn verify` takes each container once, with one JDK, one entry and Jython, and one of
them again with CPython: PAIRS. Every value of an axis occurs there, and most with most
of the others. `scripts/matrix` takes the full product, before a release. What a module
needs of both is its row in TABLE: tests/python/test_where.py fails if one has none.
"""

from typing import NamedTuple

ENTRIES = ("servlet", "filter")
# How a web application comes to run on one of them: engines.py.
JYTHON, CPYTHON = ENGINES = ("jython", "cpython")
# The JDK of the build, and the newest other one (containers/jdks.py).
BUILD, OTHER = 0, -1


# What the JVM is to speak: one has letters of its own, the other digits.
LOCALES = {
    "": (),
    "tr": ("-Duser.language=tr", "-Duser.country=TR"),
    "ar": ("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab"),
    "de": ("-Duser.language=de", "-Duser.country=DE"),
    # Turkish letters and Arabic digits at once.
    "tr-arab": (
        "-Duser.language=tr",
        "-Duser.country=TR",
        "-Duser.extensions=u-nu-arab",
    ),
}


class Pair(NamedTuple):
    """One boot of `mvn verify`. A container has its locale in scripts/matrix too."""

    container: str
    jdk: int
    entry: str
    locale: str = ""
    engine: str = JYTHON


PAIRS = (
    Pair("tomcat11", OTHER, "servlet"),
    Pair("jetty-ee10", BUILD, "servlet"),
    Pair("tomcat9", BUILD, "servlet"),
    Pair("tomcat10", OTHER, "filter", "tr"),
    Pair("jetty-ee8", OTHER, "filter", "ar"),
    Pair("tomcat11", BUILD, "servlet", engine=CPYTHON),
)
ALL = tuple(dict.fromkeys(pair.container for pair in PAIRS))
TOMCATS = ("tomcat11", "tomcat9", "tomcat10")


class Row(NamedTuple):
    """Where the tests of one module run.

    verify   the containers of `mvn verify`, on the JDK of their pair
    matrix   those of scripts/matrix
    further  in scripts/matrix, those that take it with CPython alone
    both     in `mvn verify` as servlet and as filter, not as the pair has it
    one_jdk  in scripts/matrix on the first JDK alone: the JDK has no part in it, and
             it costs seconds of CPU
    quick    in scripts/check too, on one container: needs no WAR of its own
    engines  what its applications may run on
    verified_engines  which of these in `mvn verify`
    """

    verify: tuple = ALL
    matrix: tuple = ALL
    further: tuple = ()
    both: bool = False
    one_jdk: bool = False
    quick: bool = False
    engines: tuple = ENGINES
    verified_engines: tuple = ENGINES


# Where path or dispatch matters; and where a container's own behaviour does.
BOTH = Row(both=True)
EACH = Row()
QUICK_BOTH = BOTH._replace(quick=True)
QUICK = EACH._replace(quick=True)
# Where the containers play next to no part, one Tomcat and one Jetty are enough.
TWO = Row(verify=("tomcat11", "jetty-ee10"))
TWO_ONE_JDK = TWO._replace(one_jdk=True)
# What no container plays a part in, as most frameworks, is on one of the two. Both have
# their share, and of two frameworks that are alike, each has one.
ON_TOMCAT = TWO_ONE_JDK._replace(verify=("tomcat11",))
ON_JETTY = TWO_ONE_JDK._replace(verify=("jetty-ee10",))
# The harness, and what is to have one container.
ONCE = Row(verify=("tomcat11",))
TOMCAT_11 = Row(("tomcat11",), ("tomcat11",), one_jdk=True)
# What takes long, in scripts/matrix on one of each.
HEAVY = TOMCAT_11._replace(matrix=TWO.verify)
# Starts the containers that it needs, wherever it runs.
OWN = Row((), ())


def jython(row):
    """Of Jython alone: Java from Python, modjy, bytecode, what Jython cannot do."""
    return row._replace(engines=(JYTHON,))


def cpython(row):
    """Of CPython alone: what worker processes do."""
    return row._replace(engines=(CPYTHON,))


def framework(row):
    """Of one source for both: CPython has releases of its own, and the matrix alone."""
    return row._replace(verified_engines=(JYTHON,))


TABLE = {
    "test_after_the_end": QUICK,
    "test_ajp": Row(TOMCATS, TOMCATS, both=True, one_jdk=True),
    "test_background_start": jython(TWO),
    "test_base_beyond_ascii": OWN,
    "test_bodiless": QUICK,
    "test_body": QUICK,
    "test_body_limit": QUICK,
    "test_broken_body": EACH,
    # Jetty gives what it unpacks new times; Tomcat keeps those of the archive.
    "test_bytecode": jython(TWO._replace(verify=("jetty-ee10",))),
    "test_chain": Row(verify=("tomcat9", "jetty-ee10", "tomcat11")),
    "test_chain_alike": Row(verify=("tomcat9", "jetty-ee10", "tomcat11")),
    "test_close": QUICK,
    "test_cluster": OWN,
    "test_cluster_fronts": OWN,
    "test_consumed_form": QUICK_BOTH,
    "test_container_jython": OWN,
    "test_continue": QUICK,
    "test_data_sources": TOMCAT_11,
    "test_databases": jython(TOMCAT_11),
    "test_dispatch": BOTH,
    "test_django_databases": jython(TOMCAT_11),
    "test_ended_environ": EACH,
    # On Jetty, which needs a module for it, in one of its own.
    "test_endpoint": TOMCAT_11,
    "test_environ": QUICK_BOTH,
    "test_error_pages": BOTH,
    "test_events": jython(TWO),
    "test_exceptions": QUICK,
    "test_executable_war": jython(TWO_ONE_JDK),
    "test_failing_start": jython(TWO),
    "test_file_wrapper": QUICK,
    "test_filter": BOTH,
    "test_form_login": TWO,
    # The user is REMOTE_USER, which test_remote_user has on both engines.
    "test_framework_logins": TOMCAT_11._replace(verified_engines=(CPYTHON,)),
    "test_framework_sessions": TOMCAT_11,
    "test_harness": jython(ONCE),
    "test_heads": QUICK,
    # Of connections that Python makes: the JDK has a part in it, the container none.
    "test_host_names": jython(TWO._replace(quick=True)),
    # HTTP/2 ends in the container: what an engine gets is an exchange like any other.
    "test_http2": TWO_ONE_JDK._replace(verified_engines=(JYTHON,)),
    "test_interpreters": jython(TWO._replace(verify=("tomcat11",))),
    "test_java_11": OWN,
    # On Jetty, which needs a module for it, in one of its own.
    "test_jsp": Row(TOMCATS, TOMCATS, one_jdk=True),
    "test_kept_sessions": TOMCAT_11,
    "test_large_head": EACH,
    "test_layout_features": jython(TWO_ONE_JDK),
    "test_layouts": jython(TWO),
    # A Tomcat and a Jetty, and with them both namespaces and both entries.
    "test_leftover": jython(EACH._replace(verify=("tomcat11", "jetty-ee8"))),
    "test_lengths": QUICK,
    "test_loading": jython(TWO._replace(verify=("jetty-ee10",))),
    "test_locale": OWN,
    "test_logging": QUICK,
    "test_logins": TWO,
    "test_mappings": EACH,
    "test_max_concurrent": EACH,
    "test_methods": QUICK_BOTH,
    "test_middleware": jython(ON_JETTY),
    "test_modjy": jython(TWO._replace(verify=("jetty-ee10",))),
    "test_modjy_cases": jython(EACH),
    "test_multithread": QUICK,
    "test_openid": OWN,
    # Tomcats read the same files, and so do Jettys.
    "test_operator": TWO,
    "test_paste_deploy": jython(ON_JETTY._replace(matrix=TWO.verify)),
    "test_portability": QUICK_BOTH,
    "test_portability_modjy": jython(Row(("tomcat9",), ("tomcat9",), one_jdk=True)),
    "test_providers": jython(BOTH),
    "test_proxy": EACH,
    "test_readonly_webapps": OWN,
    "test_redeploy": jython(TWO_ONE_JDK),
    # It is between Isthmus and Jython; redeployments are the container's, on both.
    "test_reload": jython(TWO_ONE_JDK._replace(verify=("jetty-ee10",))),
    "test_remote_user": EACH,
    "test_requests": QUICK_BOTH,
    "test_response_fields": QUICK,
    "test_results": QUICK,
    # What the page shows; streams and their ends are in modules that run on each.
    "test_server_sent_events": TWO._replace(verify=("jetty-ee10",)),
    "test_sessions": TWO,
    "test_shutdown": jython(TWO_ONE_JDK),
    "test_sqlalchemy": jython(TOMCAT_11),
    "test_staging": OWN,
    "test_start_response": QUICK,
    "test_status": jython(TWO),
    "test_status_access": jython(TWO),
    "test_stores_down": OWN,
    "test_streaming": QUICK,
    "test_submit": TWO,
    "test_submit_loaders": jython(TWO._replace(verify=("jetty-ee10",))),
    "test_templates": jython(ON_TOMCAT),
    "test_time_limits": EACH,
    "test_tls": EACH,
    "test_validate": QUICK,
    "test_vanished_client": EACH,
    "test_two_pythons": cpython(ONCE),
    "test_versions": TOMCAT_11,
    "test_websocket": QUICK_BOTH,
    "test_worker_chain": cpython(ONCE),
    "test_worker_limits": cpython(TWO),
    "test_worker_redeploy": OWN,
    "test_xml": jython(QUICK),
    # The example web application, in a browser: one jar of each namespace.
    "example/test_layers": framework(ON_TOMCAT._replace(matrix=TWO.verify)),
    "example/test_login": jython(Row(verify=("tomcat9", "jetty-ee10"))),
    "example/test_look": jython(Row(verify=("jetty-ee10",))),
    "example/test_programs": jython(Row(verify=("jetty-ee10",))),
    "example/test_root": OWN,
    "example/test_stream": jython(Row(verify=("jetty-ee10",))),
    # Frameworks.
    "examples/test_beaker_who": jython(ON_JETTY),
    "examples/test_bottle": framework(ON_TOMCAT),
    "examples/test_cherrypy": framework(ON_JETTY),
    "examples/test_cherrypy2": jython(ON_TOMCAT),
    "examples/test_cherrypy38_sessions": jython(ON_TOMCAT),
    "examples/test_django": jython(ON_TOMCAT),
    "examples/test_django5": cpython(ON_TOMCAT),
    "examples/test_falcon": framework(ON_JETTY),
    # Their own WARs say that they run on CPython; they are in the boot of the others.
    "examples/test_fastapi": jython(HEAVY),
    "examples/test_flask": jython(ON_TOMCAT),
    "examples/test_flask3": jython(HEAVY),
    # They write to a repository, and to a wiki, of their own.
    # On Jython, a push needs an option of Java that Jetty's scripts lack.
    "examples/test_hgweb": framework(TOMCAT_11._replace(further=("jetty-ee10",))),
    "examples/test_mkdocs": cpython(ON_TOMCAT),
    "examples/test_mlflow": cpython(TOMCAT_11),
    "examples/test_moin2": cpython(HEAVY),
    "examples/test_moinmoin": jython(TOMCAT_11),
    "examples/test_paste": framework(ON_TOMCAT),
    "examples/test_paste_webkit": jython(ON_JETTY),
    "examples/test_pypiserver": cpython(ON_TOMCAT),
    "examples/test_pyramid": framework(ON_JETTY),
    "examples/test_pyramid_sessions": framework(ON_JETTY),
    "examples/test_radicale": cpython(ON_TOMCAT),
    "examples/test_scikit_learn": cpython(HEAVY),
    "examples/test_trac": cpython(ON_TOMCAT),
    "examples/test_webob": framework(ON_TOMCAT),
    "examples/test_webpy": framework(ON_TOMCAT),
    "examples/test_werkzeug": framework(ON_JETTY),
    "examples/test_wsgidav": jython(HEAVY),
    "examples/test_wsgidav4": jython(HEAVY),
    "examples/test_wsgiutils": jython(ON_JETTY),
}


class Place(NamedTuple):
    """A container, a JDK and an engine that tests of a module run on, and as what."""

    container: str
    jdk: object
    engine: str
    entries: tuple


def verified(row, jdks):
    """Where `mvn verify` runs a module."""
    return [
        Place(
            pair.container,
            jdks[pair.jdk],
            pair.engine,
            ENTRIES if row.both else (pair.entry,),
        )
        for pair in PAIRS
        if pair.container in row.verify
        and pair.engine in row.engines
        and pair.engine in row.verified_engines
    ]


def product(row, containers, jdks, entries=ENTRIES, engines=ENGINES):
    """Where scripts/matrix does, or somebody who names what to run on."""
    chosen = jdks[:1] if row.one_jdk else jdks
    return [
        Place(container, jdk, engine, entries)
        for container in ALL
        if container in containers
        for jdk in chosen
        for engine in engines
        if engine in row.engines
        and container in row.matrix + (row.further if engine == CPYTHON else ())
    ]


def paired(container, jdks):
    """The JDK that a container has in `mvn verify`, with Jython."""
    return jdks[_pair(container).jdk]


def options(container):
    """The options of Java that a container is started with."""
    return LOCALES[_pair(container).locale]


def _pair(container):
    pairs = [pair for pair in PAIRS if pair.engine == JYTHON]
    (pair,) = [pair for pair in pairs if pair.container == container]
    return pair
