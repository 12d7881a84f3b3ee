"""Greets, with Bottle."""

import html

import bottle

application = bottle.Bottle()


@application.get("/")
@application.get("/<name>")
def greet(name: str = "world") -> str:
    return f"<!doctype html><title>Greeter</title><p>Hello, {html.escape(name)}!"
