"""The tool's output: results to stdout, all else to stderr; its progress bar."""

from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

# Text is printed unchanged: no wrapping, no [brackets] or :names: as markup.
_PLAIN = {"soft_wrap": True, "markup": False, "highlight": False, "emoji": False}


def out():
    """Results, for terminals and pipes."""
    return Console(**_PLAIN)


def err():
    """Errors, warnings, and progress."""
    return Console(stderr=True, **_PLAIN)


@contextmanager
def progress(title, total):
    """Show a bar that counts octets, on a terminal; yields ``advance(octets)``.

    :param total: how many octets there will be.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    console = err()
    options = {
        "console": console,
        "transient": True,
        "disable": not console.is_terminal,
    }
    with Progress(*columns, **options) as bar:
        task = bar.add_task(title, total=total)
        yield lambda octets: bar.advance(task, octets)
