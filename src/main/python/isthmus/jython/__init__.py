"""What Isthmus does only for Jython: inside the JVM, and to sources for it."""
