"""One of the programs by CGI, for comparison: a web server calls it for each request.

``run_with_cgi`` is what PEP 3333 calls its example of a gateway; the standard library
has it.
"""
from wsgiref.handlers import CGIHandler

import hello


def run_with_cgi(application):
    CGIHandler().run(application)


if __name__ == "__main__":
    run_with_cgi(hello.application)
