"""Options of a JVM that is gone in seconds: what C2 would win comes too late for it."""

JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# For javac, keytool and the other tools of a JDK.
TOOL = tuple("-J" + option for option in JAVA)
