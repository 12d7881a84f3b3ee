"""One run of a container as a process: start, wait until it answers, stop."""

import ctypes
import os
import shutil
import signal
import subprocess
import time
from urllib.parse import quote

import certificates
import client
import short_lived
from containers.log import Log

# <linux/prctl.h>, <linux/capability.h>
PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE = 1

START_LIMIT = 900.0
STOP_LIMIT = 120.0

# Quick starts: the tests are about behaviour, not speed.
JVM_OPTIONS = [
    "-Xmx1g",
    *short_lived.JAVA,
    "-Dfile.encoding=UTF-8",
]


class Server:
    """What Tomcat and Jetty have in common. A subclass says how to

    install()      make self.base and write its configuration,
    deploy(war)    put one built WAR where the container takes it from,
    directory(war) name the directory of a WAR that is one, or has become one,
    command()      and environment(), start the container in the foreground,
    log_files()    list the files it logs to,
    and its STARTED pattern shows in the log when all deployments are done.

    There are three connectors: `port` is configured as the distribution has it,
    `tuned_port` as the deployment guides advise (lenient towards encoded slashes,
    100-continue only when the application reads), and `secure_port` has TLS and asks
    for a client's certificate. With `http2` the first two speak h2c too, and the third
    h2, as the deployment guides have it.
    """

    STARTED = None

    def __init__(self, name, home, base, jdk, parts, options=(), http2=False):
        self.name = name
        self.home = home
        self.base = base
        self.jdk = jdk
        self.parts = parts
        self.options = [*JVM_OPTIONS, *options]
        self.http2 = http2
        self.log = Log(self.log_files)
        self.wars = []
        # {path below the base: text, or a file to copy}, beside what install() writes.
        self.files = {}
        self.port = None
        self.tuned_port = None
        self.secure_port = None
        self._process = None
        self._before = {}

    def install(self):
        raise NotImplementedError

    def deploy(self, war):
        raise NotImplementedError

    def directory(self, war):
        raise NotImplementedError

    def command(self):
        raise NotImplementedError

    def environment(self):
        raise NotImplementedError

    def log_files(self):
        raise NotImplementedError

    def read_ports(self):
        raise NotImplementedError

    @property
    def engine(self):
        """What its WARs run on: an engines.Engine."""
        return self.parts.engine

    @property
    def address(self):
        return ("127.0.0.1", self.port)

    @property
    def tuned_address(self):
        return ("127.0.0.1", self.tuned_port)

    @property
    def secure_address(self):
        return ("127.0.0.1", self.secure_port)

    @property
    def certificates(self):
        """The directory of the keys and certificates of both sides."""
        return self.base / "certificates"

    @property
    def client_user(self):
        """Whom the client's certificate logs in, as the container writes the name."""
        return certificates.CLIENT_USER

    @property
    def pid(self):
        return self._process.pid

    def start(self, wars):
        """Deploy the WARs into a fresh base, start, and wait until each answers."""
        self.begin(wars)
        self.wait_until_up()

    def begin(self, wars):
        """Start as `start` does, without waiting: several may do so at a time."""
        _remove(self.base)
        self.base.mkdir(parents=True)
        self.wars = list(wars)
        certificates.write(self.certificates, self.jdk)
        self.install()
        for name, content in self.files.items():
            _write(self.base / name, content)
        for war in self.wars:
            self.deploy(war)
        self._begin_again()

    def start_again(self):
        """Start on the base directory as the last run has left it."""
        self._begin_again()
        self.wait_until_up()

    def _begin_again(self):
        self._before = self.log.mark()
        self._launch()

    def wait_until_up(self):
        """Wait until each WAR answers."""
        try:
            self._wait_until_started()
            self.port, self.tuned_port, self.secure_port = self.read_ports()
            for war in self.wars:
                self._wait_until_answering(war)
        except BaseException:
            self.stop()
            raise

    def stop(self):
        """End the process by its id: politely, then after a limit by force."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(
                "The container did not end within %d s of SIGTERM; killed.\n%s"
                % (STOP_LIMIT, self.log.tail())
            ) from None

    def kill(self):
        """End the process without a warning."""
        process, self._process = self._process, None
        process.kill()
        process.wait()

    def own_log(self):
        """What has been logged since the start."""
        return self.log.since(self._before)

    def alive(self):
        return self._process is not None and self._process.poll() is None

    @property
    def console(self):
        """The file that takes the standard output and error of the process."""
        return self.base / "console.txt"

    def _launch(self):
        inherited = {
            name: value
            for name, value in os.environ.items()
            # What belongs to another Java or container of this shell stays out.
            if not name.startswith(("JAVA", "JDK_", "JRE_", "CATALINA", "JETTY", "LC_"))
        }
        with open(self.console, "wb") as console:
            self._process = subprocess.Popen(
                self.command(),
                cwd=str(self.base),
                env=dict(
                    inherited,
                    JAVA_HOME=str(self.jdk.home),
                    LC_ALL="C.UTF-8",
                    # Python's temporary files too stay below the base.
                    TMPDIR=str(self.base / "temp"),
                    **self.environment(),
                ),
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                preexec_fn=obey_permissions,
            )

    def _wait_until_started(self):
        deadline = time.monotonic() + START_LIMIT
        while self.STARTED not in self.own_log():
            self._check_alive()
            if time.monotonic() > deadline:
                self._fail("did not start within %d s" % START_LIMIT)
            time.sleep(0.05)

    def _wait_until_answering(self, war):
        """Contexts are deployed before STARTED shows: a refusal now is final."""
        if war.probe is None:
            return
        self._check_alive()
        target = quote(war.path + war.probe)
        response = client.fetch(self.address, "GET", target)
        if not war.answered(response):
            self._fail("answers %s for %s%s" % (response.status, war.path, war.probe))

    def _check_alive(self):
        if not self.alive():
            self._fail("ended with status %s" % self._process.poll())

    def _fail(self, what):
        raise AssertionError(
            "%s %s\n--- log\n%s\n--- console\n%s"
            % (
                self.base.name,
                what,
                self.log.tail(),
                self.console.read_text(errors="replace")[-3000:],
            )
        )


def _write(place, content):
    place.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        place.write_text(content, "utf-8")
    else:
        shutil.copyfile(content, place)


def obey_permissions():
    """Bind even root's process to the permissions of files (capabilities(7))."""
    prctl = ctypes.CDLL(None).prctl
    if os.geteuid() == 0 and prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0):
        raise PermissionError("root cannot give up CAP_DAC_OVERRIDE")


def _remove(base):
    """Delete what the last run left, directories that nobody may write to included."""
    for directory, _, _ in os.walk(base):
        os.chmod(directory, 0o755)
    if base.exists():
        shutil.rmtree(base)
