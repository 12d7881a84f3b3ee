"""What several commands read in the same way from words of their command line."""

from pathlib import Path

import click


def pairs(_context, _parameter, values):
    """{name: value} of words NAME=VALUE."""
    for word in values:
        if not word.partition("=")[0] or "=" not in word:
            raise click.BadParameter("'%s' is not NAME=VALUE." % word)
    return dict(word.split("=", 1) for word in values)


def places(_context, _parameter, values):
    """[(directory, path in the WAR)] of words DIR or DIR=PATH."""
    found = []
    for word in values:
        directory, _, place = word.partition("=")
        if not Path(directory).is_dir():
            raise click.BadParameter("there is no directory '%s'." % directory)
        found.append((Path(directory), place))
    return found
