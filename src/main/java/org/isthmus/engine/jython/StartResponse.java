// The start_response callable of one request.
package org.isthmus.engine.jython;

import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.ResponseBody;
import org.isthmus.exchange.ResponseHead;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyList;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyType;
import org.python.core.Untraversable;

/** Checks and keeps a response's head (PEP 3333, "The start_response() Callable"). */
@Untraversable
final class StartResponse extends PyObject {
  private static final PyType TYPE = PyType.fromClass(StartResponse.class);

  private final ResponseBody body;

  StartResponse(ResponseBody body) {
    super(TYPE);
    this.body = body;
  }

  @Override
  public boolean isCallable() {
    return true;
  }

  @Override
  public PyObject __call__(PyObject status, PyObject headers) {
    return start(status, headers, Py.None);
  }

  @Override
  public PyObject __call__(PyObject status, PyObject headers, PyObject excInfo) {
    return start(status, headers, excInfo);
  }

  @Override
  public PyObject __call__(PyObject[] arguments, String[] keywords) {
    PyObject[] bound = {null, null, Py.None};
    int positional = arguments.length - keywords.length;
    boolean fits = positional <= bound.length;
    if (fits) {
      System.arraycopy(arguments, 0, bound, 0, positional);
    }
    for (int i = 0; i < keywords.length; i++) {
      int parameter = parameter(keywords[i]);
      fits = fits && parameter >= positional;
      if (fits) {
        bound[parameter] = arguments[positional + i];
      }
    }
    if (!fits || bound[0] == null || bound[1] == null) {
      throw PythonExceptions.raised(
          new WsgiException(
              Rule.START_RESPONSE_ARGUMENTS,
              positional + " positional and the keywords " + String.join(", ", keywords)));
    }
    return start(bound[0], bound[1], bound[2]);
  }

  private static int parameter(String keyword) {
    switch (keyword) {
      case "status":
        return 0;
      case "response_headers":
      case "headers":
        return 1;
      case "exc_info":
        return 2;
      default:
        return -1;
    }
  }

  private PyObject start(PyObject status, PyObject headers, PyObject excInfo) {
    try {
      if (excInfo != Py.None) {
        replace(excInfo);
      } else if (body.hasHead()) {
        throw new WsgiException(Rule.START_RESPONSE_TWICE, PyValues.described(status));
      }
      body.setHead(head(status, headers));
    } catch (WsgiException broken) {
      throw PythonExceptions.raised(broken);
    }
    return new Write(body);
  }

  /** Re-raises the application's own exception if the head is out, else lets it be replaced. */
  private void replace(PyObject excInfo) {
    if (!(excInfo instanceof PyTuple) || ((PyTuple) excInfo).size() != 3) {
      throw new WsgiException(Rule.EXC_INFO_TYPE, PyValues.described(excInfo));
    }
    if (body.isHeadOut()) {
      PyObject[] info = ((PyTuple) excInfo).getArray();
      throw PyException.doRaise(info[0], info[1], info[2]);
    }
  }

  private static ResponseHead head(PyObject status, PyObject headers) {
    if (!PyValues.isStr(status)) {
      throw new WsgiException(Rule.STATUS_TYPE, PyValues.described(status));
    }
    if (!(headers instanceof PyList)) {
      throw new WsgiException(Rule.HEADERS_TYPE, PyValues.described(headers));
    }
    PyObject[] list = ((PyList) headers).getArray();
    ResponseHead head = new ResponseHead(((PyString) status).getString(), list.length);
    for (PyObject header : list) {
      add(head, header);
    }
    return head;
  }

  private static void add(ResponseHead head, PyObject header) {
    PyObject[] pair = header instanceof PyTuple ? ((PyTuple) header).getArray() : Py.EmptyObjects;
    if (pair.length != 2 || !PyValues.isStr(pair[0]) || !PyValues.isStr(pair[1])) {
      String described = pair.length == 2 ? pair(pair[0], pair[1]) : PyValues.described(header);
      throw new WsgiException(Rule.HEADER_TYPE, described);
    }
    head.add(((PyString) pair[0]).getString(), ((PyString) pair[1]).getString());
  }

  private static String pair(PyObject name, PyObject value) {
    return "(" + PyValues.described(name) + ", " + PyValues.described(value) + ")";
  }
}
