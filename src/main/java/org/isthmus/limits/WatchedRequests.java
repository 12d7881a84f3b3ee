// The requests that the watchdog of a web application looks after.
package org.isthmus.limits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * By thread: a request that is dispatched from another one (RequestDispatcher) runs on the same
 * thread and is part of that one, so only the outermost is here.
 *
 * <p><b>Threading.</b> Requests come and go on their threads; any thread may look.
 */
public final class WatchedRequests {
  private final Map<Thread, WatchedRequest> byThread = new ConcurrentHashMap<>();

  /** Returns what runs on the current thread, or null. */
  public WatchedRequest current() {
    return byThread.get(Thread.currentThread());
  }

  /** Returns true if this is what its thread is still busy with. */
  boolean has(WatchedRequest request) {
    return byThread.get(request.thread) == request;
  }

  /** Adds what begins on the current thread. */
  public void add(WatchedRequest request) {
    byThread.put(request.thread, request);
  }

  /** Removes what ends on the current thread. */
  public void remove(WatchedRequest request) {
    byThread.remove(request.thread);
  }

  /** Returns all of them, the oldest first. */
  List<WatchedRequest> all() {
    List<WatchedRequest> all = new ArrayList<>(byThread.values());
    // Differences, for the clock's zero is anywhere (System.nanoTime).
    long now = System.nanoTime();
    all.sort(Comparator.comparingLong(request -> request.began - now));
    return all;
  }
}
