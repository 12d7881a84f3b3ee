"""The half of Isthmus that is Python: it runs on Jython, inside the container."""
