"""Imports for ever; the import ends when it is interrupted."""

import time

while True:
    time.sleep(0.05)
