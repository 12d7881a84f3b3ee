"""Sessions of web frameworks in the container's: a module for each framework."""
