"""Makes a web application: what goes into it, what may not, and how it is written."""
