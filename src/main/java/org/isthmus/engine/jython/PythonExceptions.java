// Broken rules as the Python exceptions that an application sees.
package org.isthmus.engine.jython;

import java.io.IOException;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Octets;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyTuple;

/** Turns a {@link WsgiException} into a Python exception with the same message. */
final class PythonExceptions {
  private PythonExceptions() {}

  /**
   * Returns an IOError for the client's fault, with the Java exception as its cause.
   *
   * <p>Its errno is EPIPE, which is 32 on every platform that Jython supports.
   */
  static PyException ioError(IOException cause) {
    return ioError(cause, new PyTuple(Py.newInteger(32), text(cause)));
  }

  /** Returns an IOError for a failure of Java code: without errno, as the client is still there. */
  static PyException ioErrorOfJava(IOException cause) {
    return ioError(cause, PyValues.strOf(cause.toString()));
  }

  private static PyException ioError(IOException cause, PyObject arguments) {
    PyException raised = new PyException(Py.IOError, arguments);
    raised.initCause(cause);
    return raised;
  }

  private static PyObject text(IOException cause) {
    return PyValues.strOf(String.valueOf(cause.getMessage()));
  }

  /**
   * Restores the Java cause of an IOError that Python code has raised again, which loses it:
   * six.reraise does that, and Django, whose UnreadablePostError has the same arguments.
   *
   * @param cause what {@link #ioError} was made of; null if there was none
   */
  static Throwable withCause(Throwable raised, IOException cause) {
    if (cause == null || !(raised instanceof PyException) || raised.getCause() != null) {
      return raised;
    }
    PyException failure = (PyException) raised;
    if (failure.match(Py.IOError)) {
      failure.normalize();
      PyObject text = failure.value.__findattr__("strerror");
      if (text != null && text.equals(text(cause))) {
        failure.initCause(cause);
      }
    }
    return raised;
  }

  /** Returns a TypeError, ValueError or AssertionError, like wsgiref. */
  static PyException raised(WsgiException broken) {
    String message = broken.getMessage();
    switch (broken.rule()) {
      case STATUS_TYPE:
      case HEADERS_TYPE:
      case HEADER_TYPE:
      case EXC_INFO_TYPE:
      case START_RESPONSE_ARGUMENTS:
      case WRITE_ARGUMENTS:
      case BLOCK_TYPE:
        return Py.TypeError(message);
      case SESSION_VALUE:
      case SESSION_KEY:
      case SESSION_VALUE_UNREADABLE:
        return new PyException(Py.TypeError, PyValues.str(Octets.utf8(message))); // quotes any text
      case START_RESPONSE_TWICE:
      case START_RESPONSE_MISSING:
        return Py.AssertionError(message);
      case REQUEST_TOO_LARGE:
      case INPUT_ENDED:
      case RESPONSE_ENDED:
      case TIMED_OUT:
      case RESPONSE_CUT:
        return new PyException(Py.IOError, message);
      case ENVIRON_ENDED:
      case SESSION_TOO_LATE:
      case FORWARD_TOO_LATE:
      case CHAIN_TWICE:
      case SERVICE_ENDED:
      case SESSION_GONE:
      case SERVICE_FAILED:
      case SERVICE_THREAD:
        return Py.RuntimeError(message);
      default:
        return Py.ValueError(message);
    }
  }
}
