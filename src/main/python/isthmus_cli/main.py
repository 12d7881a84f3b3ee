"""The command `isthmus`: finds its commands, runs one, and returns an exit code.

Each module of :mod:`isthmus_cli.commands` has a Click command named ``command``, which
returns an exit code or nothing. A module is imported only when its command is
requested, so a slow one does not delay the others.
"""

import errno
import importlib
import os
import pkgutil
import sys
import tempfile
import traceback

import click

from isthmus_cli import bundled, commands, console
from isthmus_cli.exit_codes import BROKEN_RULE, DEFECT, DONE, INTERRUPTED, USAGE
from isthmus_cli.names import nearest
from isthmus_cli.rules import Rule, ToolError

# Errors that only a write can cause, whatever the file.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# The message of tempfile if nothing is writable.
_NOWHERE = "No usable temporary directory"


class Commands(click.Group):
    """One command for each module of the package."""

    def list_commands(self, context):
        names = [module.name for module in pkgutil.iter_modules(commands.__path__)]
        return sorted(name.replace("_", "-") for name in names)

    def get_command(self, context, name):
        if name not in self.list_commands(context):
            return None
        module = commands.__name__ + "." + name.replace("-", "_")
        return importlib.import_module(module).command

    def resolve_command(self, context, args):
        try:
            return super().resolve_command(context, args)
        except click.UsageError as unknown:
            unknown.message += nearest(args[0], self.list_commands(context))
            raise


def _version(context, _parameter, wanted):
    if wanted:
        console.out().print("isthmus " + bundled.version())
        context.exit(DONE)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Each command has a --help with examples; docs/tool.md has everything.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
@click.pass_context
def isthmus(context):
    """Python WSGI applications in Java servlet containers."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(USAGE)


def main():
    """Run the command that the command line names, and end the process."""
    for stream in (sys.stdout, sys.stderr):
        # A file name may contain characters that the terminal's encoding lacks.
        stream.reconfigure(errors="backslashreplace")
    sys.exit(run())


def run(args=None):
    """Run one command; return its exit code. A user's mistake shows no traceback.

    :param args: the command line after ``isthmus``; the process's own if None.
    """
    try:
        code = isthmus.main(args, prog_name="isthmus", standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except ToolError as broken:
        console.err().print(str(broken))
        return BROKEN_RULE
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except Exception as failure:
        message = _of_the_machine(failure) if isinstance(failure, OSError) else None
        if message:
            console.err().print(message)
            return BROKEN_RULE
        traceback.print_exc()
        console.err().print("This is a defect of isthmus. Please report it.")
        return DEFECT


def _of_the_machine(failure):
    """The message for an error that can occur in any command, or None."""
    if failure.errno in _NO_ROOM or _NOWHERE in str(failure):
        return _disk_full(failure)
    if failure.errno == errno.EROFS and failure.filename:
        # More room would not help there.
        return Rule.OUTPUT_UNWRITABLE.message(failure.filename, failure.strerror)
    try:
        os.getcwd()
    except OSError as gone:
        return Rule.CURRENT_DIRECTORY_GONE.message(gone.strerror)
    return None


def _disk_full(failure):
    """The message for errors that no command handles: temporary files, the output."""
    if _NOWHERE in str(failure):
        what = "A temporary file"
    elif failure.filename:
        what = "'%s'" % failure.filename
    else:
        what = "A file in '%s', or the output," % tempfile.gettempdir()
    return Rule.DISK_FULL.message(what, failure.strerror)
