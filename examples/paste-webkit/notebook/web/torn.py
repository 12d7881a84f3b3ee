"""A page that fails: what went wrong is in the log, and not in the answer."""

from WebKit.Page import Page


class torn(Page):
    def writeContent(self):
        raise ValueError("page %d is missing" % 7)
