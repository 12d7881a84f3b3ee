"""The command line of what has named rows of its own: scripts/bench start, and tool."""

from __future__ import annotations

import argparse


def parser(name: str, description: str) -> argparse.ArgumentParser:
    parse = argparse.ArgumentParser(
        prog=f"scripts/bench {name}", description=description
    )
    add = parse.add_argument
    add("--runs", type=int, default=5, metavar="N", help="runs of each row (5)")
    add("--only", default="", metavar="ROW,..", help="of those that --list names")
    add("--write", action="store_true", help="rewrite the table in bench/results.md")
    add("--check", action="store_true", help="exit 1 if a goal was missed")
    add("--list", action="store_true", help="name the rows, and end")
    return parse


def chosen(text: str, by_name: dict) -> list:
    """The rows that --only names; all of them where it names none."""
    wanted = [name for name in text.split(",") if name] or list(by_name)
    for name in wanted:
        if name not in by_name:
            raise SystemExit(f"bench: no row {name!r}; there are {', '.join(by_name)}")
    return [by_name[name] for name in wanted]
