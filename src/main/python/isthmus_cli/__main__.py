"""`python -m isthmus_cli`: the tool, where its script is not on the PATH."""

from isthmus_cli.main import main

main()
