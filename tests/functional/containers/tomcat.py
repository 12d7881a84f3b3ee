"""Tomcat 9, 10.1 and 11: the distribution's own configuration, with free ports."""

import base64
import re
import shutil
import xml.etree.ElementTree as ElementTree
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

import client
from certificates import PASSWORD
from containers.log import DEBUG
from containers.server import Server
from paths import HERE
from users import PASSWORDS, ROLE

USERS = """<?xml version="1.0" encoding="UTF-8"?>
<tomcat-users xmlns="http://tomcat.apache.org/xml" version="1.0">
  <role rolename="%s"/>
%s</tomcat-users>
"""

# Tomcat's own manager, by which a web application is deployed anew.
DEPLOYER = ("deployer", "deployer's password")
MANAGER = '<Context docBase="%s" privileged="true"/>\n'

USER = '  <user username="%s" password="%s" roles="%s"/>\n'

# What docs/deploy/tomcat advises beyond the defaults.
TUNED = {
    "encodedSolidusHandling": "passthrough",
    "encodedReverseSolidusHandling": "passthrough",
    "continueResponseTiming": "onRead",
    # Any octet is a character: what is not UTF-8 would be refused otherwise.
    "URIEncoding": "ISO-8859-1",
}


SECURE = (
    """<Connector port="0" address="127.0.0.1" SSLEnabled="true" scheme="https"
                     secure="true">
  <SSLHostConfig certificateVerification="optional"
                 truststoreFile="certificates/clients.p12"
                 truststorePassword="%s">
    <Certificate certificateFile="certificates/server.pem"
                 certificateKeyFile="certificates/server-key.pem"/>
  </SSLHostConfig>
</Connector>
"""
    % PASSWORD
)

CONTEXT = "<Context%s>%s</Context>\n"

# As docs/deploy/tomcat.md has it.
HTTP2 = "org.apache.coyote.http2.Http2Protocol"

# Behind Apache httpd, as docs/deploy/tomcat.md has it.
PAGE = (HERE.parents[1] / "docs" / "deploy" / "tomcat.md").read_text("utf-8")
(AJP,) = re.findall(r'<Connector protocol="AJP/1\.3"[^>]*/>', PAGE)


class Tomcat(Server):
    """What is set before the start, if it is set, concerns <Engine>:

    jvm_route  its attribute of that name
    cluster    an element of it
    """

    STARTED = "Server startup in"
    jvm_route = None
    cluster = None

    def install(self):
        shutil.copytree(self.home / "conf", self.base / "conf")
        for name in ("logs", "temp", "webapps", "work"):
            (self.base / name).mkdir()
        known = "".join(USER % (n, p, ROLE) for n, p in PASSWORDS.items())
        known += USER % (*DEPLOYER, "manager-script,manager-jmx")
        known += USER % (self.client_user, "", ROLE)
        (self.base / "conf" / "tomcat-users.xml").write_text(USERS % (ROLE, known))
        with open(self.base / "conf" / "logging.properties", "a") as file:
            file.write(DEBUG)
        self._write_server_xml(self.base / "conf" / "server.xml")
        contexts = self.base / "conf" / "Catalina" / "localhost"
        contexts.mkdir(parents=True)
        manager = self.home / "webapps" / "manager"
        (contexts / "manager.xml").write_text(MANAGER % manager)

    def _write_server_xml(self, path):
        tree = ElementTree.parse(path)
        server = tree.getroot()
        server.set("port", "-1")
        service = server.find("Service")
        (untouched,) = service.findall("Connector")
        untouched.set("port", "0")
        untouched.set("address", "127.0.0.1")
        tuned = ElementTree.Element("Connector", {**untouched.attrib, **TUNED})
        place = list(service).index(untouched) + 1
        service.insert(place, tuned)
        service.insert(place + 1, ElementTree.fromstring(SECURE))
        if self.http2:
            for connector in service.findall("Connector"):
                ElementTree.SubElement(connector, "UpgradeProtocol", className=HTTP2)
        ajp = ElementTree.fromstring(AJP)
        ajp.set("port", "0")
        service.insert(place + 2, ajp)
        engine = service.find("Engine")
        if self.jvm_route:
            engine.set("jvmRoute", self.jvm_route)
        if self.cluster:
            engine.insert(0, ElementTree.fromstring(self.cluster))
        host = service.find("Engine/Host")
        # Nothing changes under a running server, so nothing needs to look for it.
        host.set("autoDeploy", "false")
        tree.write(path)

    def directory(self, war):
        # Tomcat: the context path /a/b is the file name a#b, and the root is ROOT.
        name = war.path.strip("/").replace("/", "#") or "ROOT"
        return self.base / "webapps" / name

    def deploy(self, war):
        name = self.directory(war).name
        if war.layout == "exploded":
            war.write_directory(self.directory(war), self.parts)
        elif war.layout == "unpacked":
            war.write_archive(self.base / "webapps" / (name + ".war"), self.parts)
        else:
            archive = self.base / "packed" / (name + ".war")
            war.write_archive(archive, self.parts)
            self._write_context(
                name, ' docBase=%s unpackWAR="false"' % quoteattr(str(archive))
            )
        if war.operator:
            self._write_context(name, "", war.operator.tomcat)

    def redeploy(self, war):
        """Stop a web application and start it anew, with a class loader of its own."""
        self._manage("reload", war)

    def undeploy(self, war):
        """Stop a web application and forget it."""
        self._manage("undeploy", war)

    def deploy_while_running(self, war):
        """Deploy a web application beside those that run."""
        place = self.base / "later" / self.directory(war).name
        war.write_directory(place, self.parts)
        more = "&war=" + quote("file:%s" % place)
        if war.operator:
            context = place.with_name(place.name + ".xml")
            context.write_text(CONTEXT % ("", war.operator.tomcat), "utf-8")
            more += "&config=" + quote("file:%s" % context)
        self._manage("deploy", war, more)

    def beans(self, pattern):
        """The names of MBeans, as an operator sees them in JMX."""
        text = self._ask_manager("jmxproxy/?qry=" + quote(pattern))
        # Each has attributes too, one of which may be called Name.
        return re.findall(r"^Name: (.*?)\r?\nmodelerType: ", text, re.M)

    def _manage(self, command, war, more=""):
        path, _, version = war.path.partition("##")
        more += "&version=" + version if version else ""
        self._ask_manager("text/%s?path=%s%s" % (command, quote(path), more))

    def _ask_manager(self, target):
        """What the manager answers, in text that begins with OK."""
        token = base64.b64encode(":".join(DEPLOYER).encode()).decode()
        fields = [("Authorization", "Basic " + token)]
        response = client.fetch(self.address, "GET", "/manager/" + target, fields)
        assert response.body.startswith(b"OK"), response
        return response.body.decode()

    def _write_context(self, name, attributes, elements=""):
        contexts = self.base / "conf" / "Catalina" / "localhost"
        contexts.mkdir(parents=True, exist_ok=True)
        text = CONTEXT % (attributes, elements)
        (contexts / (name + ".xml")).write_text(text, "utf-8")

    def command(self):
        return [str(self.home / "bin" / "catalina.sh"), "run"]

    def environment(self):
        return {
            "CATALINA_HOME": str(self.home),
            "CATALINA_BASE": str(self.base),
            "CATALINA_OPTS": " ".join(self.options),
        }

    def log_files(self):
        # catalina.* has what loggers wrote, localhost.* what ServletContext.log did.
        logs = self.base / "logs"
        return sorted([*logs.glob("catalina.*.log"), *logs.glob("localhost.*.log")])

    @property
    def ajp_port(self):
        """The port of the connector for AJP, which Tomcat alone has."""
        pattern = r'Starting ProtocolHandler \["ajp-nio-127\.0\.0\.1-auto-\d+-(\d+)"\]'
        return int(re.search(pattern, self.own_log()).group(1))

    def read_ports(self):
        pattern = (
            r'Starting ProtocolHandler \["https?-(?:jsse-)?nio-127\.0\.0\.1'
            r'-auto-\d+-(\d+)"\]'
        )
        untouched, tuned, secure = re.findall(pattern, self.own_log())
        return int(untouched), int(tuned), int(secure)
