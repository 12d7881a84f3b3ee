"""Imports until a file appears in the container's base directory; a test makes it."""

import os
import time

from java.lang import System

BASE = System.getProperty("catalina.base") or System.getProperty("jetty.base")
# Longer than a whole boot takes to deploy all that it has.
SECONDS = 1800


def wait(name):
    end = time.time() + SECONDS
    while not os.path.exists(os.path.join(BASE, name)):
        if time.time() > end:
            raise AssertionError("nobody made %s within %d s" % (name, SECONDS))
        time.sleep(0.05)


wait("background.open")


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"started"]
