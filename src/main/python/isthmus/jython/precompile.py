"""Compiles sources to ``$py.class`` files that stay valid after packaging.

    java -cp 'WEB-INF/jython/*:WEB-INF/lib/*' org.python.util.jython \\
        -m isthmus.precompile WEB-INF/app WEB-INF/lib-python

Jython uses a ``$py.class`` if its file is no older than the source beside it, and if
the time recorded in it, the source's when it was compiled, is no later than the
source's now. ``compileall`` records that time, so if a source gets an earlier one
afterwards, as by a reproducible build or an archive read in another time zone, it is
silently recompiled at each start. Here no time is recorded, and the file gets its
source's time: the pair stays valid wherever it is copied, until the source changes.
"""

from __future__ import absolute_import

import os
import sys

from java.io import ByteArrayInputStream, File, FileInputStream, SequenceInputStream
from java.lang import Exception as JavaException
from org.python.core import imp

try:
    from org.objectweb.asm import ClassReader, ClassWriter
except ImportError:  # jython-standalone has it under another name
    from org.python.objectweb.asm import ClassReader, ClassWriter

# Sources that are not Python 2.7 raise the former, those too large for Java the latter.
FAILURES = (Exception, JavaException)

_SUFFIX = ".py"


def compile_directories(directories):
    """Compile every source below, each beside itself; return how many, and what failed.

    Sources that cannot be compiled are kept, such as Jinja2's ``asyncsupport.py``,
    which is Python 3; an earlier ``$py.class`` of such a source is deleted.

    :returns: the number of files compiled, and a list of (path, exception).
    """
    compiled, failed = 0, []
    for directory in directories:
        for source, module in _sources(os.path.abspath(directory)):
            try:
                compile_file(source, module, os.path.relpath(source, directory))
                compiled += 1
            except FAILURES:
                failed.append((source, sys.exc_info()[1]))
                if os.path.exists(_target(source)):
                    os.remove(_target(source))
    return compiled, failed


def _sources(directory):
    """Yield (path, module name) for each source below a directory."""
    for folder, folders, names in os.walk(directory):
        folders.sort()
        package = _package(folder, directory)
        for name in sorted(names):
            if name.endswith(_SUFFIX):
                base = name[: -len(_SUFFIX)]
                parts = package if base == "__init__" else package + [base]
                yield os.path.join(folder, name), ".".join(parts) or base


def _package(folder, directory):
    """The packages that contain a folder, outermost first."""
    parts = []
    while folder != directory and os.path.exists(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
        parts.insert(0, name)
    return parts


def compile_file(source, module, display):
    """Compile one source, into a file beside it.

    :param module: the dotted name that it will be imported by.
    :param display: what tracebacks will call it.
    """
    if isinstance(source, bytes):
        # Neither Java nor Jython's open() accepts octets as names.
        source = source.decode("utf-8")
    # Without a time: the form of compileSource that takes a stream knows none.
    code = _framed(imp.compileSource(module, _stream(source), display))
    with open(_target(source), "wb") as target:
        target.write(code.tostring())
    # Read back as Jython reads it: os.utime's rounding could make it older than its
    # source.
    File(_target(source)).setLastModified(File(source).lastModified())


def _stream(source):
    """A source as Jython's parser takes it: with an end to its last line.

    Without one, a file that ends in blanks and has nothing else is an error to it.
    """
    octets = FileInputStream(source)
    return SequenceInputStream(octets, ByteArrayInputStream("\n".encode("ascii")))


def _framed(code):
    """The same class with its stack map frames recomputed.

    Jython's compiler declares the exception handlers of a method after its code, but
    ASM needs them before it. The JVM rejects the resulting frames, and verifies the
    class a second time with the old, slow verifier (JVM specification, 4.10).
    """
    frames = ClassWriter(ClassWriter.COMPUTE_FRAMES)
    ClassReader(code).accept(frames, ClassReader.SKIP_FRAMES)
    return frames.toByteArray()


def _target(source):
    return imp.makeCompiledFilename(source)


def main(directories):
    """Compile, and print which sources could not be compiled."""
    compiled, failed = compile_directories(directories)
    for path, error in failed:
        print("%s stays a source: %s" % (path, error))
    print("%d compiled, %d left as sources" % (compiled, len(failed)))


if __name__ == "__main__":
    main(sys.argv[1:])
