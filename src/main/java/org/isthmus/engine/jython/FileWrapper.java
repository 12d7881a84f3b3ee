// wsgi.file_wrapper: marks a file-like object for transfer without Python.
package org.isthmus.engine.jython;

import org.python.core.Py;
import org.python.core.PyIterator;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyType;
import org.python.core.Untraversable;

/**
 * Wraps anything with {@code read(size)} (PEP 3333, "Optional Platform-Specific File Handling").
 *
 * <p>If it is the application's result, {@link RealFile} sends it; wrapped in middleware, it is an
 * ordinary iterator of blocks.
 */
@Untraversable
final class FileWrapper extends PyIterator {
  private static final PyType TYPE = PyType.fromClass(FileWrapper.class);
  private static final int BLOCK = 64 * 1024;

  private final PyObject file;
  private final PyObject blockSize;

  private FileWrapper(PyObject file, PyObject blockSize) {
    super(TYPE);
    this.file = file;
    this.blockSize = blockSize;
  }

  /** Returns the file-like object. */
  PyObject file() {
    return file;
  }

  @Override
  public PyObject __iternext__() {
    PyObject block = file.invoke("read", blockSize);
    return block.__nonzero__() ? block : null;
  }

  @Override
  public PyObject __findattr_ex__(String name) {
    switch (name) {
      case "close":
        return file.__findattr__("close");
      case "filelike":
        return file;
      case "blksize":
        return blockSize;
      default:
        return super.__findattr_ex__(name);
    }
  }

  /** The callable in environ. */
  @Untraversable
  static final class Factory extends PyObject {
    private static final PyType FACTORY = PyType.fromClass(Factory.class);

    Factory() {
      super(FACTORY);
    }

    @Override
    public boolean isCallable() {
      return true;
    }

    @Override
    public PyObject __call__(PyObject file) {
      return new FileWrapper(file, Py.newInteger(BLOCK));
    }

    @Override
    public PyObject __call__(PyObject file, PyObject blockSize) {
      return new FileWrapper(file, blockSize);
    }

    @Override
    public PyObject __call__(PyObject[] arguments, String[] keywords) {
      boolean named =
          keywords.length == 1
              && (keywords[0].equals("blksize") || keywords[0].equals("block_size"));
      if (arguments.length == 2 && (keywords.length == 0 || named)) {
        return __call__(arguments[0], arguments[1]);
      }
      if (arguments.length == 1 && keywords.length == 0) {
        return __call__(arguments[0]);
      }
      throw Py.TypeError("file_wrapper takes a file-like object and an optional block size");
    }

    @Override
    public PyString __repr__() {
      return PyValues.str("<wsgi.file_wrapper of Isthmus>");
    }
  }
}
