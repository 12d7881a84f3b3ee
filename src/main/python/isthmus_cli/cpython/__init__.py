"""Python 3 in a web application: the interpreter, its libraries, their bytecode."""
