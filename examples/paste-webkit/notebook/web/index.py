"""The notebook: its form has two buttons, each an action of the page."""

from WebKit.Page import Page


class index(Page):
    def title(self):
        return "Notebook"

    def actions(self):
        return ["add", "forget"]

    def preAction(self, name):
        pass

    def postAction(self, name):
        pass

    def add(self):
        # A new list: the session is kept where a value is set.
        notes = self._notes() + [self.request().field("note", "")]
        self.session().setValue("notes", notes)
        self.sendRedirectAndEnd(".")

    def forget(self):
        self.session().invalidate()
        self.sendRedirectAndEnd(".")

    def writeContent(self):
        self.writeln("<h1>Notebook</h1>", '<form method="post" action="">')
        self.writeln('<label>Note <input name="note"></label>')
        self.writeln('<button name="_action_add" value="1">Add</button>')
        self.writeln('<button name="_action_forget" value="1">Forget</button>')
        self.writeln("</form>", "<ul>")
        for note in self._notes():
            self.writeln("<li>%s</li>" % self.htmlEncode(note))
        self.writeln("</ul>")

    def writeHTML(self):
        self.response().setHeader("Content-Type", "text/html; charset=utf-8")
        Page.writeHTML(self)

    def _notes(self):
        return self.session().value("notes", [])
