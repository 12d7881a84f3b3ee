"""The Python half of Isthmus: it runs on Jython, inside the container."""
