"""A page that is no HTML: what was asked for, and how."""

from WebKit.Page import Page


class plain(Page):
    def writeHTML(self):
        self.response().setHeader("Content-Type", "text/plain; charset=utf-8")
        fields = self.request().fields()
        for name in sorted(fields):
            self.writeln("%s = %s" % (name, fields[name]))
        self.writeln(self.request().method())
