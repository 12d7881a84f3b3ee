// What isthmus.session calls: the container's services, with Python's values.
package org.isthmus.engine.jython;

import java.util.ArrayList;
import java.util.List;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.services.PlainValues;
import org.isthmus.services.Services;
import org.python.core.PyDictionary;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyType;
import org.python.core.Untraversable;

/** A callable: the name of a service's function, then its arguments. */
@Untraversable
final class ServiceCall extends PyObject {
  private static final PyType TYPE = PyType.fromClass(ServiceCall.class);

  private final Services services;

  ServiceCall(Exchange exchange) {
    super(TYPE);
    this.services = new Services(exchange);
  }

  @Override
  public boolean isCallable() {
    return true;
  }

  @Override
  public PyObject __call__(PyObject[] given, String[] keywords) {
    try {
      String name = given[0].toString();
      boolean isWrite = name.equals("session.set");
      List<Object> arguments = new ArrayList<>();
      String where = isWrite ? PlainValues.place(key(given[1])) : place(name);
      for (int i = 1; i < given.length; i++) {
        if (isWrite && i == 1) {
          arguments.add(key(given[1]));
        } else if (given[i] instanceof PyDictionary && name.startsWith("dispatch.")) {
          arguments.add(PlainConversion.attributes((PyDictionary) given[i]));
        } else {
          arguments.add(PlainConversion.plain(given[i], where));
        }
      }
      return PlainConversion.python(services.call(name, arguments));
    } catch (WsgiException e) {
      throw PythonExceptions.raised(e);
    }
  }

  private static String place(String name) {
    return name.startsWith("dispatch.") ? "path" : "an argument of isthmus." + name;
  }

  private static String key(PyObject key) {
    Object text = key instanceof PyString ? PlainConversion.plain(key, "a key") : null;
    if (!(text instanceof String)) {
      throw new WsgiException(Rule.SESSION_KEY, PyValues.described(key));
    }
    return (String) text;
  }
}
