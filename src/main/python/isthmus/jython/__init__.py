"""What Isthmus does for Jython alone: inside the JVM, and to sources for it."""
