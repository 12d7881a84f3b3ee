"""Who may log in to every container: the users that `mvn jetty:run` has, too."""

# The name of Jetty's login service; web.xml asks for it.
REALM = "isthmus"
ROLE = "member"
PASSWORDS = {"alice": "secret", "mallory": "secret"}
