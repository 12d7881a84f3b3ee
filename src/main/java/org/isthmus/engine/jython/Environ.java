// The map behind environ: a real dict whose values are created on first access.
package org.isthmus.engine.jython;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.python.core.PyDictionary;
import org.python.core.PyObject;
import org.python.core.PyString;

/**
 * Backs a {@link PyDictionary}, so {@code type(environ) is dict} (PEP 3333, "environ Variables").
 *
 * <p>Filling environ is the largest cost of a WSGI gateway, and few applications read more than a
 * handful of its keys. So {@code get} creates only the requested value, while operations on the
 * whole map, and deletions, create all values first.
 *
 * <p>A container reuses its request object, so nothing may be read from it once the exchange has
 * ended: {@link #end} copies it then, unless the application never looked at environ. It waits for
 * threads that are creating a value.
 *
 * <p><b>Threading.</b> As safe as a dict while the exchange lasts: two threads may create the same
 * value, and the first one stays.
 */
final class Environ extends AbstractMap<PyObject, PyObject>
    implements ConcurrentMap<PyObject, PyObject> {
  private final EnvironKeys keys;
  private final Call call;
  private volatile AtomicReferenceArray<PyObject> known; // for the table's keys, by Source.index
  private final ConcurrentHashMap<PyObject, PyObject> values =
      new ConcurrentHashMap<>(); // the rest
  private volatile boolean touched;
  private volatile boolean isComplete; // all values are here
  private volatile boolean isKept; // there is a copy of the request

  private Environ(EnvironKeys keys, Call call) {
    this.keys = keys;
    this.call = call;
  }

  static Environ of(EnvironKeys keys, Call call, boolean lazy) {
    Environ environ = new Environ(keys, call);
    if (!lazy) {
      environ.complete();
    }
    return environ;
  }

  PyDictionary dict() {
    return new PyDictionary(this, true);
  }

  /** Makes the values independent of the container's request, and returns the request. */
  void end() {
    isKept = touched && !isComplete;
    call.exchange().giveBack(isKept);
  }

  @Override
  public PyObject get(Object key) {
    if (isComplete) {
      return values.get(key);
    }
    touch();
    EnvironKeys.Source source = keys.source(key);
    if (source != null) {
      return known(source);
    }
    PyObject value = values.get(key);
    if (value == null && EnvironKeys.isHeader(key)) {
      boolean live = enter(null);
      try {
        value = keys.header(call, ((PyString) key).getString());
      } finally {
        leave(live);
      }
      if (value != null) {
        PyObject earlier = values.putIfAbsent((PyObject) key, value);
        value = earlier == null ? value : earlier;
      }
    }
    return value;
  }

  private PyObject known(EnvironKeys.Source source) {
    AtomicReferenceArray<PyObject> cells = cells();
    PyObject value = cells.get(source.index());
    if (value == null) {
      boolean live = enter(source);
      try {
        value = source.value(call);
      } finally {
        leave(live);
      }
      if (value != null && !cells.compareAndSet(source.index(), null, value)) {
        value = cells.get(source.index());
      }
    }
    return value;
  }

  /** Written only once: other threads read it, and each write would invalidate their caches. */
  private void touch() {
    if (!touched) {
      touched = true;
    }
  }

  /**
   * Enters the source of values: the container's request, or the copy of it.
   *
   * @param source of the value; null for a header that is not in the table
   * @return true if it is the container's; {@link #leave} must follow
   */
  private boolean enter(EnvironKeys.Source source) {
    boolean live = call.exchange().acquire();
    if (!live && !isKept && (source == null || source.isOfRequest())) {
      throw PythonExceptions.raised(new WsgiException(Rule.ENVIRON_ENDED));
    }
    return live;
  }

  private void leave(boolean live) {
    if (live) {
      call.exchange().release();
    }
  }

  /** Created only when an application looks: some never do. */
  private AtomicReferenceArray<PyObject> cells() {
    AtomicReferenceArray<PyObject> cells = known;
    return cells != null ? cells : makeCells();
  }

  private synchronized AtomicReferenceArray<PyObject> makeCells() {
    if (known == null) {
      known = new AtomicReferenceArray<>(keys.count());
    }
    return known;
  }

  private Map<PyObject, PyObject> complete() {
    if (!isComplete) {
      completeOnce();
    }
    return values;
  }

  private synchronized void completeOnce() {
    if (isComplete) {
      return;
    }
    touch();
    for (EnvironKeys.Source source : keys.sources()) {
      // The headers not read yet come from a single pass over all of them, below.
      PyObject value = source.isHeader() ? cells().get(source.index()) : known(source);
      if (value != null) {
        values.put(source.key(), value);
      }
    }
    boolean live = enter(null);
    try {
      keys.fillHeaders(call, values);
    } finally {
      leave(live);
    }
    isComplete = true;
  }

  @Override
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  /** Not while the map is being completed, or the value could be lost. */
  @Override
  public synchronized PyObject put(PyObject key, PyObject value) {
    PyObject before = get(key);
    EnvironKeys.Source source = isComplete ? null : keys.source(key);
    if (source == null) {
      values.put(key, value);
    } else {
      cells().set(source.index(), value);
    }
    return before;
  }

  @Override
  public synchronized PyObject putIfAbsent(PyObject key, PyObject value) {
    PyObject before = get(key);
    if (before == null) {
      put(key, value);
    }
    return before;
  }

  @Override
  public PyObject remove(Object key) {
    return complete().remove(key);
  }

  @Override
  public boolean remove(Object key, Object value) {
    return complete().remove(key, value);
  }

  @Override
  public boolean replace(PyObject key, PyObject before, PyObject after) {
    return complete().replace(key, before, after);
  }

  @Override
  public PyObject replace(PyObject key, PyObject value) {
    return complete().replace(key, value);
  }

  @Override
  public void clear() {
    complete().clear();
  }

  @Override
  public int size() {
    return complete().size();
  }

  @Override
  public boolean containsValue(Object value) {
    return complete().containsValue(value);
  }

  @Override
  public Set<PyObject> keySet() {
    return complete().keySet();
  }

  @Override
  public Collection<PyObject> values() {
    return complete().values();
  }

  @Override
  public Set<Entry<PyObject, PyObject>> entrySet() {
    return complete().entrySet();
  }
}
