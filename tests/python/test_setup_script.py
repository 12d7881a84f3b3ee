"""scripts/setup names what it may not install, and fails."""

import pathlib
import subprocess
import sys

SETUP = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "setup"


def test_without_apt_each_missing_package_is_named(tmp_path):
    done = subprocess.run(
        [sys.executable, str(SETUP)],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "apt-get" in done.stderr
    for package in ("chromium", "chromium-driver", "wrk"):
        assert "Debian package %s " % package in done.stderr
