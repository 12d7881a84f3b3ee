"""A program with its container, Jython and Isthmus in one jar, as maven-shade does."""

import zipfile

import programs

SERVICES = "META-INF/services/"
# Of signed jars, as Bouncy Castle's: their signatures are not those of the whole.
SIGNATURES = (".SF", ".DSA", ".RSA")


class Shaded(programs.Program):
    """The first of several files of one name is kept; services are joined."""

    def _what(self, classes):
        option, path, main = super()._what(classes)
        jar = programs.BUILT / self.name / "shaded.jar"
        with zipfile.ZipFile(jar, "w") as archive:
            services = {}
            for entry in path.split(":"):
                for name, content in _files(entry):
                    if name.startswith(SERVICES):
                        services[name] = services.get(name, b"") + content + b"\n"
                    elif name not in archive.NameToInfo:
                        _add_parents(archive, name)
                        archive.writestr(name, content)
            for name, content in services.items():
                archive.writestr(name, content)
        return [option, str(jar), main]


def _add_parents(archive, name):
    """Add the entries of the directories that a file is in, as maven-shade does."""
    parts = name.split("/")[:-1]
    for i in range(len(parts)):
        directory = "/".join(parts[: i + 1]) + "/"
        if directory not in archive.NameToInfo:
            archive.writestr(directory, b"")


def _files(entry):
    """Names and contents of a jar, or of a directory."""
    path = programs.HERE.joinpath(entry)
    if path.is_dir():
        for file in path.rglob("*"):
            if file.is_file():
                yield file.relative_to(path).as_posix(), file.read_bytes()
        return
    with zipfile.ZipFile(path) as jar:
        for name in jar.namelist():
            if not name.endswith(("/", *SIGNATURES)) and name != "module-info.class":
                yield name, jar.read(name)
