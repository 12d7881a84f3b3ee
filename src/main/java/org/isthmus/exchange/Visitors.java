// Counts the threads, other than the request's own, that are using its request and response.
package org.isthmus.exchange;

/**
 * Lets an application's threads use the container's request and response until the exchange ends.
 * After that, the container may reuse them for another client.
 *
 * <p><b>Threading.</b> Any thread; guarded by this. The request's own thread is never counted or
 * waited for, since it is the one that ends the exchange.
 */
final class Visitors {
  private final Thread own;
  private int count;
  private volatile boolean closed;

  /**
   * Allows the use of an exchange's objects.
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

  /** Ends the use that {@link #enter} has begun. */
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

  /** Admits no more threads; returns true if one is still inside. */
  synchronized boolean close() {
    closed = true;
    return count > 0;
  }

  /** Waits until the last thread has left; passes an interrupt on to the request's thread. */
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
