// The real file behind a file-like object, if there is one.
package org.isthmus.engine.jython;

import java.io.File;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.FileTransfer;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyFile;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.io.RawIOBase;

/** Recognises Python files, {@code io} objects and {@code java.io.File}. */
final class RealFile {
  private RealFile() {}

  /**
   * Sends the file behind a wrapper without Python.
   *
   * @return false if there is none, and the wrapper must be iterated over
   */
  static boolean send(Exchange exchange, PyObject file) throws IOException {
    File java = PyValues.java(file, File.class);
    if (java != null) {
      Path path = java.toPath();
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        if (!FileTransfer.send(exchange, path, channel, 0)) {
          FileTransfer.stream(exchange, channel);
        }
      }
      return true;
    }
    FileChannel channel = channel(file);
    return channel != null && FileTransfer.send(exchange, path(file), channel, position(file));
  }

  /**
   * Returns the file's own position, and leaves the channel's: the file may have read ahead of
   * where Python believes it is, and may have to go on reading.
   */
  private static long position(PyObject file) {
    return file.invoke("tell").asLong();
  }

  /** Returns the channel behind a binary file that has a position. */
  private static FileChannel channel(PyObject file) {
    try {
      PyObject number = file.__findattr__("fileno");
      if (number == null || translatesLines(file)) {
        return null;
      }
      RawIOBase raw = PyValues.java(number.__call__(), RawIOBase.class);
      Channel channel = raw == null ? null : raw.getChannel();
      if (!(channel instanceof FileChannel)) {
        return null;
      }
      position(file);
      return (FileChannel) channel;
    } catch (PyException e) {
      // fileno() of a StringIO, tell() of a pipe: fall back to read().
      return null;
    }
  }

  /** True for universal newlines and io's text files, which change the file's octets. */
  private static boolean translatesLines(PyObject file) {
    PyObject mode = file.__findattr__("mode");
    boolean universal = mode instanceof PyString && mode.toString().indexOf('U') >= 0;
    return universal || (!(file instanceof PyFile) && file.__findattr__("errors") != null);
  }

  /**
   * Only an ordinary file is certain to exist after close(): not a NamedTemporaryFile or a subclass
   * of file, whose close() may delete it.
   */
  private static Path path(PyObject file) {
    boolean ordinary =
        file.getType() == PyFile.TYPE || file.getType().getModule().toString().equals("_io");
    PyObject name = ordinary ? file.__findattr__("name") : null;
    return name instanceof PyString ? Path.of(Py.getSystemState().getPath(name.toString())) : null;
  }
}
