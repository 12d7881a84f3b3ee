// The threads other than the request's own that use the container's request and response just now.
package org.isthmus.exchange;

/**
 * Lets the threads of an application use the container's objects for as long as the exchange lasts,
 * and then no more: by then they are another client's.
 *
 * <p><b>Threading.</b> Any thread; guarded by this. The request's own thread is never counted or
 * waited for, since it is the one that ends the exchange.
 */
final class Visitors {
  private final Thread own;
  private int count;
  private volatile boolean closed;

  /**
   * Opens an exchange's objects.
   *
   * @param own the request's thread
   */
  Visitors(Thread own) {
    this.own = own;
  }

  /** Returns true if the current thread may use the objects, until it calls {@link #leave}. */
  boolean enter() {
    if (Thread.currentThread() == own) {
      return !closed;
    }
    synchronized (this) {
      if (!closed) {
        count++;
      }
      return !closed;
    }
  }

  /** Ends what {@link #enter} has begun. */
  void leave() {
    if (Thread.currentThread() != own) {
      synchronized (this) {
        count--;
        notifyAll();
      }
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Admits nobody from now on; returns true if somebody is still inside. */
  synchronized boolean close() {
    closed = true;
    return count > 0;
  }

  /** Waits until the last one has left; an interrupt meanwhile is kept for the request's thread. */
  synchronized void awaitLast() {
    boolean interrupted = false;
    while (count > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      own.interrupt();
    }
  }
}
