// A ThreadLocal whose values belong to the web application, not to the container's threads.
package org.isthmus.engine.jython;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values of one {@code threading.local}, one per thread.
 *
 * <p>A container's threads outlive web applications, and so would values in their ThreadLocals.
 * Here, threads are referenced weakly, and only this object references the values.
 */
@SuppressWarnings("ThreadLocalUsage") // one for each threading.local, as in Jython
final class HeapLocal extends ThreadLocal<Object[]> {
  private final Map<Key, Object[]> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<Thread> ended = new ReferenceQueue<>();

  @Override
  public Object[] get() {
    Object[] value = values.get(new Key(Thread.currentThread(), null));
    if (value == null) {
      value = new Object[1]; // as thread._local has it: the slot of a dict
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
