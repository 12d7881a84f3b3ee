"""Newer releases of what Jython depends on, as docs/deploy/security.md has them."""

import re
import zipfile

import certificates
import launched
from containers import jdks
from paths import TARGET

PAGE = TARGET.parent / "docs" / "deploy" / "security.md"
NEWER = TARGET / "overridden"
NAME = re.compile(r"(.*/)?(?P<artifact>.+?)-\d[\w.]*\.jar")

# What netty and Bouncy Castle are there for: sockets, TLS, and keys in PEM.
TLS = """
import socket, ssl, sys, threading

server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(1)
context = ssl.SSLContext(ssl.PROTOCOL_SSLv23)
context.load_cert_chain(sys.argv[1], sys.argv[2])

def answer():
    connection = context.wrap_socket(server.accept()[0], server_side=True)
    connection.sendall(connection.recv(4) + b" and back")
    connection.close()

thread = threading.Thread(target=answer)
thread.start()
client = ssl.wrap_socket(socket.create_connection(server.getsockname()))
client.sendall(b"ping")
print(client.recv(100))
thread.join()
"""


def test_tls_works_with_the_releases_of_the_page(tmp_path):
    page = PAGE.read_text()
    newer = {NAME.match(jar.name)["artifact"]: jar for jar in NEWER.glob("*.jar")}
    assert len(newer) >= 11
    releases = set(re.findall(r"<(?:netty|bouncycastle|lang3)\.version>(.+?)<", page))
    for artifact, jar in newer.items():
        assert jar.name[len(artifact) + 1 : -len(".jar")] in releases
    built = launched.build("jakarta", {"WEB-INF/app/tls.py": TLS}, "overridden.war")
    archive = tmp_path / "shop.war"
    replaced = _replace(built, archive, newer)
    # One is new: it came with netty 4.1.74.
    assert set(newer) - replaced == {"netty-transport-native-unix-common"}
    keys = tmp_path / "keys"
    certificates.write(keys, jdks.discover()[0])
    files = [str(keys / "server.pem"), str(keys / "server-key.pem")]
    work = ["--workdir", str(tmp_path / "work")]
    done = launched.run(archive, *work, "run", "tls.py", *files)
    assert (done.returncode, done.stdout) == (0, b"ping and back\n"), done.stderr


def _replace(before, after, newer):
    """Exchange jars of WEB-INF/jython; the artifacts that were there before."""
    replaced = set()
    with zipfile.ZipFile(before) as source, zipfile.ZipFile(after, "w") as target:
        for entry in source.infolist():
            found = NAME.match(entry.filename)
            is_there = entry.filename.startswith("WEB-INF/jython/") and found
            if is_there and found["artifact"] in newer:
                replaced.add(found["artifact"])
            else:
                target.writestr(entry, source.read(entry))
        for jar in newer.values():
            target.write(jar, "WEB-INF/jython/" + jar.name)
    return replaced
