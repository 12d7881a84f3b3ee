// wsgi.input: the request's body as a Python file-like object.
package org.isthmus.engine.jython;

import java.io.IOException;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyIterator;
import org.python.core.PyList;
import org.python.core.PyObject;
import org.python.core.PyType;
import org.python.core.Untraversable;

/** read, readline, readlines and iteration (PEP 3333, "Input and Error Streams"). */
@Untraversable
final class Input extends PyIterator {
  private static final PyType TYPE = PyType.fromClass(Input.class);

  private final Exchange exchange;

  Input(Exchange exchange) {
    super(TYPE);
    this.exchange = exchange;
  }

  boolean isOf(Exchange other) {
    return exchange == other;
  }

  @Override
  public PyObject __findattr_ex__(String name) {
    switch (name) {
      case "read":
        return new Method(this, "read", Input::read);
      case "readline":
        return new Method(this, "readline", Input::readLine);
      case "readlines":
        return new Method(this, "readlines", Input::readLines);
      case "__iter__":
        return new Method(this, "__iter__", (input, size) -> input);
      case "next":
        return new Method(this, "next", (input, size) -> input.next());
      case "close":
        // Some frameworks close what they read, but the stream belongs to the container.
        return new Method(this, "close", (input, size) -> Py.None);
      case "closed":
        return Py.newBoolean(exchange.isEnded());
      default:
        return super.__findattr_ex__(name);
    }
  }

  @Override
  public PyObject __iternext__() {
    PyObject line = readLine(-1);
    return line.__nonzero__() ? line : null;
  }

  private PyObject read(long size) {
    try {
      return new ByteString(exchange.input().read(size));
    } catch (IOException e) {
      throw PythonExceptions.ioError(e);
    } catch (WsgiException e) {
      throw PythonExceptions.raised(e);
    }
  }

  private PyObject readLine(long size) {
    try {
      return new ByteString(exchange.input().readLine(size));
    } catch (IOException e) {
      throw PythonExceptions.ioError(e);
    } catch (WsgiException e) {
      throw PythonExceptions.raised(e);
    }
  }

  /** The hint is a total after which no further line is read, as for a Python file. */
  private PyObject readLines(long hint) {
    PyList lines = new PyList();
    long total = 0;
    for (PyObject line = __iternext__(); line != null; line = __iternext__()) {
      lines.append(line);
      total += line.__len__();
      if (hint > 0 && total >= hint) {
        break;
      }
    }
    return lines;
  }

  private interface Body {
    PyObject call(Input input, long size);
  }

  /** One bound method; its only argument is an optional size. */
  @Untraversable
  private static final class Method extends PyObject {
    private static final PyType METHOD = PyType.fromClass(Method.class);

    private final Input input;
    private final String name;
    private final Body body;

    Method(Input input, String name, Body body) {
      super(METHOD);
      this.input = input;
      this.name = name;
      this.body = body;
    }

    @Override
    public boolean isCallable() {
      return true;
    }

    @Override
    public PyObject __call__() {
      return body.call(input, -1);
    }

    @Override
    public PyObject __call__(PyObject size) {
      return body.call(input, size == Py.None ? -1 : size(size));
    }

    @Override
    public PyObject __call__(PyObject[] arguments, String[] keywords) {
      if (arguments.length == 0) {
        return __call__();
      }
      if (arguments.length == 1) {
        return __call__(arguments[0]);
      }
      throw Py.TypeError(name + "() takes at most 1 argument (" + arguments.length + " given)");
    }

    private long size(PyObject size) {
      try {
        return size.__index__().asLong();
      } catch (PyException e) {
        if (e.match(Py.OverflowError)) {
          return Long.MAX_VALUE; // as good as "all", for no body is larger
        }
        throw e;
      }
    }
  }
}
