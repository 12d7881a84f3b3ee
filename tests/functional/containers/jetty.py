"""Jetty 12 in its ee8 (javax) and ee10 (jakarta) environments, from a JETTY_BASE."""

import functools
import os
import re
import shutil
import subprocess
from urllib.parse import quote
from xml.sax.saxutils import escape

import certificates
import short_lived
from certificates import PASSWORD
from containers.log import DEBUG
from containers.server import Server
from paths import scratch
from users import PASSWORDS, REALM, ROLE

MODULE = """[description]
The second connector and the users of the functional suite.

[depend]
http
security

[xml]
etc/functional.xml
"""

# An idle thread keeps what it ran last, and so a class loader, until its idle timeout,
# by default a minute: tests that count class loaders would wait for it.
PROPERTIES = """--module=functional
jetty.http.host=127.0.0.1
jetty.http.port=0
jetty.deploy.scanInterval=1
jetty.server.stopTimeout=20000
jetty.console-capture.append=true
jetty.threadPool.idleTimeout=5000
jetty.ssl.host=127.0.0.1
jetty.ssl.port=0
jetty.ssl.sniHostCheck=false
jetty.sslContext.keyStorePath=certificates/server.p12
jetty.sslContext.keyStorePassword={0}
jetty.sslContext.trustStorePath=certificates/clients.p12
jetty.sslContext.trustStorePassword={0}
jetty.sslContext.wantClientAuth=true
""".format(PASSWORD)

# The second connector has what docs/deploy/jetty advises beyond the defaults.
SERVER_XML = """<?xml version="1.0"?>
<!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN"
  "https://jetty.org/configure_10_0.dtd">
<Configure id="Server" class="org.eclipse.jetty.server.Server">
  <New id="tunedConfig" class="org.eclipse.jetty.server.HttpConfiguration">
    <Arg><Ref refid="httpConfig"/></Arg>
    <Set name="uriCompliance">
      <Call class="org.eclipse.jetty.http.UriCompliance" name="from">
        <Arg>UNSAFE</Arg>
      </Call>
    </Set>
    <Call name="addCustomizer">
      <Arg>
        <New class="org.eclipse.jetty.server.ForwardedRequestCustomizer"/>
      </Arg>
    </Call>
  </New>
  <Call name="addConnector">
    <Arg>
      <New class="org.eclipse.jetty.server.ServerConnector">
        <Arg name="server"><Ref refid="Server"/></Arg>
        <Arg name="factories">
          <Array type="org.eclipse.jetty.server.ConnectionFactory">
            <Item>
              <New class="org.eclipse.jetty.server.HttpConnectionFactory">
                <Arg name="config"><Ref refid="tunedConfig"/></Arg>
              </New>
            </Item>
%s          </Array>
        </Arg>
        <Set name="name">tuned</Set>
        <Set name="host">127.0.0.1</Set>
        <Set name="port">0</Set>
      </New>
    </Arg>
  </Call>
  <Call name="addBean">
    <Arg>
      <New class="org.eclipse.jetty.security.HashLoginService">
        <Set name="name">%s</Set>
        <Set name="userStore">
          <New class="org.eclipse.jetty.security.UserStore">
%s          </New>
        </Set>
      </New>
    </Arg>
  </Call>
</Configure>
"""

USER = """            <Call name="addUser">
              <Arg>%s</Arg>
              <Arg>
                <Call class="org.eclipse.jetty.util.security.Credential"
                      name="getCredential">
                  <Arg>%s</Arg>
                </Call>
              </Arg>
              <Arg><Array type="String"><Item>%s</Item></Array></Arg>
            </Call>
"""

H2C = """            <Item>
              <New class="org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory">
                <Arg name="config"><Ref refid="tunedConfig"/></Arg>
              </New>
            </Item>
"""

CONTEXT_XML = """<?xml version="1.0"?>
<!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN"
  "https://jetty.org/configure_10_0.dtd">
<Configure class="org.eclipse.jetty.%s.webapp.WebAppContext">
  <Set name="contextPath">%s</Set>
  <Set name="war">%s</Set>
  <Set name="extractWAR">%s</Set>
  <!-- Jetty reads no jar that lies in an archive: of one, it copies WEB-INF/lib. -->
  <Set name="copyWebInf">%s</Set>
  %s
</Configure>
"""


LOGGING = "logging.properties"

# As the JDK has it, but for the handler's own level.
LOGGING_PROPERTIES = """handlers=java.util.logging.ConsoleHandler
java.util.logging.ConsoleHandler.level=ALL
"""


class Jetty(Server):
    STARTED = "Started oejs.Server@"
    ENVIRONMENTS = {"javax": "ee8", "jakarta": "ee10"}

    @property
    def ee(self):
        return self.ENVIRONMENTS[self.parts.namespace]

    @property
    def client_user(self):
        return certificates.CLIENT_NAME if self.ee == "ee8" else super().client_user

    def install(self):
        modules = "http,https,%s-deploy,console-capture,graceful" % self.ee
        if self.http2:
            modules += ",http2c,http2"
        made = base_of(self.home, self.jdk.tool("java"), modules)
        shutil.copytree(made, self.base, dirs_exist_ok=True)
        for name in ("etc", "modules", "temp"):
            (self.base / name).mkdir(exist_ok=True)
        known = "".join(USER % (n, p, ROLE) for n, p in PASSWORDS.items())
        signature = certificates.signature(self.certificates / "client.pem")
        known += USER % (self.client_user, signature, ROLE)
        (self.base / "etc" / "functional.xml").write_text(
            SERVER_XML % (H2C if self.http2 else "", REALM, known)
        )
        (self.base / "modules" / "functional.mod").write_text(MODULE)
        (self.base / "etc" / LOGGING).write_text(LOGGING_PROPERTIES + DEBUG)
        (self.base / "start.d" / "functional.ini").write_text(PROPERTIES)

    def _java(self, *options):
        return _start(self.home, self.jdk.tool("java"), self.base, *options)

    def directory(self, war):
        if war.layout == "unpacked":
            # jetty-<address>-<port>-<archive>-<path>-<host>-<number>
            path = war.path.replace("/", "_")
            (found,) = (self.base / "temp").glob("jetty-*-%s-any-*/webapp" % path)
            return found
        return self._place(war)

    def _place(self, war):
        """Where the WAR is written: in webapps, if that says all there is to say."""
        name = self._name(war)
        if war.path == "/" + name and war.operator is None and war.layout != "packed":
            suffix = "" if war.layout == "exploded" else ".war"
            return self.base / "webapps" / (name + suffix)
        # ASCII, for Jetty ee8 opens no archive with another name.
        return self.base / "content" / (quote(name).replace("%", "_") + ".war")

    def _name(self, war):
        return war.path.strip("/").replace("/", "-") or "root"

    def deploy(self, war):
        place = self._place(war)
        if war.layout == "exploded":
            war.write_directory(place, self.parts)
        else:
            war.write_archive(place, self.parts)
        if place.parent.name == "webapps":
            return
        # A nested path, an archive that stays one, and an operator's own wishes need a
        # context XML.
        extract, copy = (
            "true" if war.layout == layout else "false"
            for layout in ("unpacked", "packed")
        )
        content = (self.ee, escape(war.path or "/"), escape(str(place)))
        (self.base / "webapps" / (self._name(war) + ".xml")).write_text(
            CONTEXT_XML % (*content, extract, copy, self._operator(war))
        )

    def redeploy(self, war):
        """Deploy a web application anew that has a context XML, and wait for it."""
        mark = self.log.mark()
        os.utime(self.base / "webapps" / (self._name(war) + ".xml"))
        # It starts the new one, lets it take the place of the old one, and stops that.
        event = r"%s oeje\S+@\w+\{[^{]*,%s,"
        self.log.wait_for(event % ("Started", war.path), mark)
        # For ee8, Jetty logs no such event.
        ended = "Web application %s has ended" % war.path
        stopped = event % ("Stopped", war.path)
        self.log.wait_for(ended if self.ee == "ee8" else stopped, mark)

    def _operator(self, war):
        if war.operator is None:
            return ""
        for name, text in war.operator.etc.items():
            (self.base / "etc" / name).write_text(text)
        return war.operator.jetty

    def command(self):
        return self._java(
            *self.options,
            "-Djava.io.tmpdir=%s" % (self.base / "temp"),
            "-Djava.util.logging.config.file=%s" % (self.base / "etc" / LOGGING),
        )

    def environment(self):
        return {}

    def log_files(self):
        return sorted((self.base / "logs").glob("*.jetty.log"))

    def read_ports(self):
        text = self.own_log()
        pattern = r"Started %s@\w+\{%s, [^}]*\}\{127\.0\.0\.1:(\d+)\}"
        connectors = (
            (r"oejs\.ServerConnector", r"HTTP/1\.1"),
            ("tuned", r"HTTP/1\.1"),
            (r"oejs\.ServerConnector", "SSL"),
        )
        return tuple(
            int(re.search(pattern % known, text).group(1)) for known in connectors
        )


@functools.cache
def base_of(home, java, modules):
    """A base directory with these modules, to be copied: it takes a start of Java."""
    # Below it, for a directory that is copied gives its mode to the copy.
    base = scratch("jetty-") / "base"
    (base / "start.d").mkdir(parents=True)
    subprocess.run(
        [*_start(home, java, base, *short_lived.JAVA), "--add-modules=" + modules],
        cwd=str(base),
        env={"LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
    )
    return base


def _start(home, java, base, *options):
    return [java, *options, "-jar", str(home / "start.jar"), "jetty.base=%s" % base]
