"""How the tool ends, for scripts: docs/tool.md, "Exit codes"."""

DONE = 0
FINDINGS = 1  # a check was made, and something was found
USAGE = 2  # Click's own, for a command line that is wrong
BROKEN_RULE = 3  # an error with a code: nothing was made
DEFECT = 70  # EX_SOFTWARE of sysexits.h: a defect of the tool
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
