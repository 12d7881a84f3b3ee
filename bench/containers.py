"""Peers in servlet containers: Isthmus, a plain servlet and modjy, a process each.

A name is `what[@container][+flags]`: isthmus, servlet+parallel, isthmus@tomcat11.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from bench import artifacts, cpython, database, packages
from bench.artifacts import WORK
from bench.process import Server, free_port

# `workers` is Isthmus with isthmus.engine=cpython.
KINDS = ("isthmus", "workers", "baseline", "unmetered", "servlet", "modjy")

FLAGS = {
    "": (),
    "parallel": ("-XX:+UseParallelGC",),
    "serial": ("-XX:+UseSerialGC",),
    "parallel-young": ("-XX:+UseParallelGC", "-Xmn512m"),
    "parallel-types": ("-XX:+UseParallelGC", "-XX:TypeProfileWidth=4"),
    "parallel-inline": (
        "-XX:+UseParallelGC", "-XX:MaxInlineLevel=20", "-XX:FreqInlineSize=500",
    ),
    "parallel-thp": ("-XX:+UseParallelGC", "-XX:+UseTransparentHugePages"),
}  # fmt: skip

SERVLETS = {"hello": "Hello", "allocation": "Hello", "keys": "Keys"}
SERVLETS.update(stream="Stream", upload="Upload", session="Session")
SERVLETS["products"] = "Products"
SERVLETS["chain"] = "Hello"  # with Python around it, and alone

NAMESPACES = {"tomcat9": "javax", "tomcat11": "jakarta", "jetty": "jakarta"}

WEB_XML = """<?xml version="1.0" encoding="UTF-8"?>
<web-app xmlns="http://xmlns.jcp.org/xml/ns/javaee" version="4.0"
         metadata-complete="true">
  <absolute-ordering/>
{elements}
</web-app>
"""

SERVLET_XML = """  <servlet>
    <servlet-name>app</servlet-name>
    <servlet-class>{name}</servlet-class>
{parameters}
    <load-on-startup>1</load-on-startup>
  </servlet>
  <servlet-mapping>
    <servlet-name>app</servlet-name>
    <url-pattern>/*</url-pattern>
  </servlet-mapping>"""

PARAMETER_XML = """    <init-param>
      <param-name>{name}</param-name>
      <param-value>{value}</param-value>
    </init-param>"""

FILTER_XML = """  <filter>
    <filter-name>around</filter-name>
    <filter-class>{name}</filter-class>
{parameters}
  </filter>
  <filter-mapping>
    <filter-name>around</filter-name>
    <url-pattern>/*</url-pattern>
  </filter-mapping>"""

# Defaults but for maxKeepAliveRequests: at its default of 100 wrk would measure
# reconnecting as well.
SERVER_XML = """<?xml version="1.0" encoding="UTF-8"?>
<Server port="-1">
  <Service name="Catalina">
    <Connector address="127.0.0.1" port="{port}" protocol="HTTP/1.1"
               maxKeepAliveRequests="-1"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false"/>
    </Engine>
  </Service>
</Server>
"""


@dataclass
class Options:
    """What the command line may change for every JVM of a run."""

    flags: tuple[str, ...] = ()
    baseline: Path | None = None


def parse(name: str) -> tuple[str, str, str]:
    """`isthmus@tomcat11+parallel` is kind, container, flags."""
    rest, _, flags = name.partition("+")
    kind, _, container = rest.partition("@")
    container = container or "tomcat9"
    if kind not in KINDS or container not in NAMESPACES or flags not in FLAGS:
        raise SystemExit(f"bench: no peer is called {name!r}")
    if kind == "modjy" and container != "tomcat9":
        raise SystemExit("bench: modjy is javax only; it runs on tomcat9")
    return kind, container, flags


def names() -> list[str]:
    """Every Isthmus under a set of flags, and the peers that workloads name."""
    flagged = [f"isthmus+{flags}" for flags in FLAGS if flags]
    plain = ["isthmus", "workers", "unmetered", "servlet", "servlet+parallel", "modjy"]
    return [*plain, *flagged] + [
        f"{kind}@{container}"
        for kind in ("isthmus", "servlet")
        for container in ("tomcat11", "jetty")
    ]


def element(template: str, name: str, parameters: dict[str, str]) -> str:
    lines = [
        PARAMETER_XML.format(name=key, value=value) for key, value in parameters.items()
    ]
    return template.format(name=name, parameters="\n".join(lines))


def servlet_xml(name: str, **parameters: str) -> str:
    return element(SERVLET_XML, name, parameters)


def filter_xml(name: str, **parameters: str) -> str:
    return element(FILTER_XML, name, parameters)


def python_xml(app: str, **settings: str) -> str:
    """Python as a servlet, or around one of Java."""
    if app != "chain":
        return servlet_xml("org.isthmus.WsgiServlet", **settings)
    settings["isthmus.filter.chain"] = "wsgi"
    around = filter_xml("org.isthmus.WsgiFilter", **settings)
    return around + "\n" + servlet_xml(f"{SERVLETS[app]}Servlet")


def python_app(app: str) -> str:
    return "hello" if app == "allocation" else app


def isthmus_webapp(web_inf: Path, app: str, jar: Path, **settings: str) -> str:
    artifacts.link(jar, web_inf / "lib" / jar.name)
    for jython in artifacts.jython_jars():
        artifacts.link(jython, web_inf / "jython" / jython.name)
    artifacts.copy_apps(web_inf / "app")
    if app == "flask_app":
        shutil.copytree(packages.lib_python(), web_inf / "lib-python")
    callable_name = f"{python_app(app)}:application"
    settings["isthmus.app"] = callable_name
    return python_xml(app, **settings)


def workers_webapp(web_inf: Path, app: str, jar: Path) -> str:
    artifacts.link(jar, web_inf / "lib" / jar.name)
    artifacts.copy_apps(web_inf / "app")
    version = cpython.newest()
    if app == "flask_app":
        shutil.copytree(packages.lib_python3(version), web_inf / "lib-python")
    return python_xml(
        app,
        **{
            "isthmus.app": f"{app}:application",
            "isthmus.engine": "cpython",
            "isthmus.python.executable": str(packages.pythons()[version]),
            "isthmus.workers": str(cpython.CORES),
            "isthmus.worker.threads": str(cpython.threads(app)),
        },
    )


def modjy_webapp(web_inf: Path, app: str) -> str:
    artifacts.isthmus_jar("javax")  # so that target/jython is there
    for jython in artifacts.jython_jars():
        artifacts.link(jython, web_inf / "lib" / jython.name)
    artifacts.copy_apps(web_inf / "app")
    if app == "flask_app":
        packages_folder = web_inf / "lib-python"
        shutil.copytree(packages.lib_python(), packages_folder)
        (packages_folder / "all.pth").write_text(".\n", encoding="ascii")
    return servlet_xml(
        "com.xhaus.modjy.ModjyJServlet",
        app_directory="$/WEB-INF/app",
        app_import_name=f"{python_app(app)}.application",
        log_level="info",  # its real default is debug, a line per request
    )


def plain_webapp(webapp: Path, app: str) -> str:
    if app == "download":  # the container's own DefaultServlet serves it
        artifacts.link(artifacts.data_file(), webapp / "data.bin")
        return ""
    return servlet_xml(f"{SERVLETS[app]}Servlet")


def make_webapp(webapp: Path, kind: str, app: str, namespace: str, options) -> None:
    web_inf = webapp / "WEB-INF"
    web_inf.mkdir(parents=True)
    if kind == "servlet":
        elements = plain_webapp(webapp, app)
    elif kind == "modjy":
        elements = modjy_webapp(web_inf, app)
    elif kind == "workers":
        elements = workers_webapp(web_inf, app, artifacts.isthmus_jar(namespace))
    else:
        jar = artifacts.isthmus_jar(namespace)  # and with it target/jython
        if kind == "baseline":
            jar = options.baseline
        settings = {"isthmus.metrics.enabled": "false"} if kind == "unmetered" else {}
        elements = isthmus_webapp(web_inf, app, jar, **settings)
    if kind == "servlet" or app in ("allocation", "chain"):
        shutil.copytree(artifacts.servlet_classes(namespace), web_inf / "classes")
    if app == "products":
        database.provide(webapp)
    if app == "allocation":
        elements = filter_xml("AllocationFilter") + "\n" + elements
    text = WEB_XML.format(elements=elements)
    (web_inf / "web.xml").write_text(text, encoding="utf-8")


def tomcat(home: Path, base: Path, port: int, flags) -> tuple[list, dict]:
    """Tomcat as its own script starts it; `run` replaces the shell by java."""
    conf = base / "conf"
    conf.mkdir()
    for name in ("web.xml", "logging.properties"):
        shutil.copy2(home / "conf" / name, conf / name)
    (conf / "server.xml").write_text(SERVER_XML.format(port=port), encoding="utf-8")
    for folder in ("logs", "temp", "work"):
        (base / folder).mkdir()
    environment = {
        "JAVA_HOME": str(artifacts.java_home()),
        "CATALINA_HOME": str(home),
        "CATALINA_BASE": str(base),
        "CATALINA_OPTS": " ".join(flags),
        "JAVA_OPTS": "",
    }
    return [home / "bin" / "catalina.sh", "run"], environment


def jetty(home: Path, base: Path, port: int, flags) -> tuple[list, dict]:
    """Jetty by start.jar, which forks no JVM: no ini file asks for flags."""
    inis = {
        "http": f"jetty.http.host=127.0.0.1\njetty.http.port={port}\n",
        # A file of its own: what stands beside it belongs to the ee10 environment only.
        "ee10-deploy": "",
    }
    (base / "start.d").mkdir()
    for module, lines in inis.items():
        text = f"--module={module}\n{lines}"
        (base / "start.d" / f"{module}.ini").write_text(text, encoding="ascii")
    java = artifacts.java_home() / "bin" / "java"
    return [java, *flags, "-jar", home / "start.jar", f"jetty.base={base}"], {}


def server(name: str, app: str, options: Options, suffix: str = "") -> Server:
    """A server, not started; a suffix tells two of one name apart."""
    kind, container, flag_name = parse(name)
    if kind == "baseline" and not options.baseline:
        raise SystemExit("bench: the peer baseline needs --baseline JAR")
    home = artifacts.container_home(container)
    base = WORK / "base" / f"{name}-{app}{suffix}"
    shutil.rmtree(base, ignore_errors=True)
    make_webapp(base / "webapps" / "ROOT", kind, app, NAMESPACES[container], options)
    flags = [*FLAGS[flag_name], *options.flags]
    port = free_port()
    start = jetty if container == "jetty" else tomcat
    command, environment = start(home, base, port, flags)
    environment["BENCH_FILE"] = str(artifacts.data_file())
    log = WORK / "logs" / f"{name}-{app}{suffix}.log"
    return Server(name, command, port=port, log=log, cwd=base, env=environment)


def version(name: str) -> str:
    kind, container, flag_name = parse(name)
    where = artifacts.container_home(container).name.replace("-", " ").capitalize()
    flags = " ".join(FLAGS[flag_name]) or "default flags"
    if kind == "workers":
        kind = f"isthmus.engine=cpython, CPython {cpython.newest()},"
    return f"{kind} on {where}, {flags}"
