"""The tool's exit codes, for scripts: docs/tool.md, "Exit codes"."""

DONE = 0
FINDINGS = 1  # a check found something
USAGE = 2  # Click's own, for a wrong command line
BROKEN_RULE = 3  # an error with a code; nothing was written
DEFECT = 70  # EX_SOFTWARE of sysexits.h: a bug in the tool
INTERRUPTED = 130  # 128 + SIGINT, as in shells
