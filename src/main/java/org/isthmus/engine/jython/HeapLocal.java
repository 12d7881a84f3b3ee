// A ThreadLocal whose values lie in the web application, not in the container's threads.
package org.isthmus.engine.jython;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values of one {@code threading.local}, for each thread one.
 *
 * <p>A container's threads outlive web applications, and what lies in their ThreadLocals with them.
 * Here threads are held weakly and values by this object alone.
 */
@SuppressWarnings("ThreadLocalUsage") // one for each threading.local, as Jython has it
final class HeapLocal extends ThreadLocal<Object[]> {
  private final Map<Key, Object[]> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<Thread> ended = new ReferenceQueue<>();

  @Override
  public Object[] get() {
    Object[] value = values.get(new Key(Thread.currentThread(), null));
    if (value == null) {
      value = new Object[1]; // as thread._local has it: the place of a dict
      set(value);
    }
    return value;
  }

  @Override
  public void set(Object[] value) {
    removeEnded();
    values.put(new Key(Thread.currentThread(), ended), value);
  }

  @Override
  public void remove() {
    values.remove(new Key(Thread.currentThread(), null));
  }

  private void removeEnded() {
    for (Object key = ended.poll(); key != null; key = ended.poll()) {
      values.remove(key);
    }
  }

  /** A thread, by identity. */
  private static final class Key extends WeakReference<Thread> {
    private final int hash;

    Key(Thread thread, ReferenceQueue<Thread> ended) {
      super(thread, ended);
      this.hash = System.identityHashCode(thread);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Key && get() != null && get() == ((Key) other).get());
    }
  }
}
