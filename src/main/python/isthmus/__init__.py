"""The Python that both engines share; isthmus.jython is for Jython alone."""
