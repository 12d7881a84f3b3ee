"""An application file as modjy ran it: its callable is not called application."""

import pickle

import beside

CALLS = []


class Basket(object):
    pass


def serve(environ, start_response):
    CALLS.append(1)
    basket = pickle.loads(pickle.dumps(Basket()))
    text = "%s %s %s %d" % (
        __name__,
        beside.NAME,
        type(basket) is Basket,
        len(CALLS),
    )
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [text.encode("ascii")]
