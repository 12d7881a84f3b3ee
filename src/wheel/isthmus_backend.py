"""What `pip install .` calls (PEP 517): packs what `mvn package` has left."""

import sys

import wheel_file

TARGET = wheel_file.ROOT / "target"
MISSING = (
    "IS0200: The tool carries Isthmus's jars, and %s is not in %s. Run"
    " `mvn -DskipTests package` first, then `pip install .` again."
    " See docs/errors.md#is0200."
)


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Write the wheel into a directory; return its name."""
    try:
        return wheel_file.write(TARGET, wheel_directory)
    except wheel_file.NotBuilt as missing:
        sys.exit(MISSING % (missing, TARGET))
