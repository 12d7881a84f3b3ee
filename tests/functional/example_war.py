"""The example WAR as the build leaves it: deployed untouched, or read from."""

import shutil
import zipfile

from paths import HERE, TARGET
from wars import War

PATH = "/demo/example"
SOURCES = HERE.parents[1] / "webapp"


class ExampleWar(War):
    """A WAR that is not built here, only copied."""

    def __init__(self, path=PATH, layout="unpacked"):
        super().__init__(path, layout=layout, probe="/hello")

    def write_archive(self, archive, parts):
        archive.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(TARGET / self._name(parts), archive)

    def entries(self, parts):
        with zipfile.ZipFile(TARGET / self._name(parts)) as war:
            for name in war.namelist():
                if not name.endswith("/"):
                    yield name, war.read(name)

    @staticmethod
    def _name(parts):
        suffix = "-javax" if parts.namespace == "javax" else ""
        return "isthmus-example%s.war" % suffix

    def write_directory(self, directory, parts):
        archive = directory.with_suffix(".partial")
        self.write_archive(archive, parts)
        with zipfile.ZipFile(archive) as war:
            war.extractall(directory)
        archive.unlink()


EXAMPLE = ExampleWar()


def source(name):
    """The text of one of the example's Python programs."""
    return (SOURCES / "WEB-INF" / "app" / name).read_text(encoding="utf-8")
