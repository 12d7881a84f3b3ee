"""The first start of an example that makes its data, in processes without a server.

They have the CPython and the libraries of the WAR, and a directory of their own.
"""

import os
import signal
import subprocess
import time
import zipfile

from isthmus_cli.cpython import pruning, releases

LIMIT = 300


class FirstStart:
    """Starts of a deployed example's application; close it afterwards."""

    def __init__(self, web_inf, place):
        """
        :param web_inf: the directory of the deployed example.
        :param place: a new directory, for its CPython and its data.
        """
        self.data = place / "data"
        self._app = web_inf / "app"
        self._libraries = web_inf / "lib-python"
        self._python = place / "cpython" / pruning.PROGRAM
        self._begun = []
        with zipfile.ZipFile(web_inf / "cpython" / (releases.here() + ".zip")) as whole:
            whole.extractall(place / "cpython")
        self._python.chmod(0o755)

    def at_once(self, code, count=4):
        """Run code that imports the application in several processes; all succeed."""
        begun = [self._begin(code) for _ in range(count)]
        for process in begun:
            output = process.communicate(timeout=LIMIT)[0]
            assert process.returncode == 0, output

    def kill(self, sign):
        """Start the application, and kill it as soon as a file of its data exists.

        :param sign: a pattern of the file.
        """
        process = self._begin("import app")
        end = time.monotonic() + LIMIT
        while process.poll() is None and not any(self.data.glob(sign)):
            assert time.monotonic() < end, "no %s" % sign
            time.sleep(0.005)
        process.kill()
        output = process.communicate(timeout=LIMIT)[0]
        assert process.returncode == -signal.SIGKILL, output

    def close(self):
        for process in self._begun:
            process.kill()
            process.communicate()

    def _begin(self, code):
        path = os.pathsep.join(map(str, (self._app, self._libraries)))
        process = subprocess.Popen(
            [self._python, "-c", code],
            env={
                "PATH": os.defpath,
                "HOME": str(self.data.parent),
                "PYTHONPATH": path,
                "PYTHONDONTWRITEBYTECODE": "1",
                "ISTHMUS_DATA_DIR": str(self.data),
                "GIT_PYTHON_REFRESH": "quiet",
            },
            cwd=self.data.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._begun.append(process)
        return process
