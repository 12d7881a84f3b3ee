// The applications of a group of workers: what each worker has to import, and the outcome.
package org.isthmus.engine.cpython;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Each application has a number, which requests refer to. One that fails to load is forgotten.
 *
 * <p><b>Threading.</b> Guarded by itself, except while it waits.
 */
final class GroupApps {
  private final List<Map<String, Object>> specs = new ArrayList<>();
  private final List<CompletableFuture<String>> outcomes = new ArrayList<>();

  /** Adds an application, and returns its number. */
  synchronized int add(Map<String, Object> spec) {
    specs.add(spec);
    outcomes.add(new CompletableFuture<>());
    return specs.size() - 1;
  }

  /** Returns what workers need to load each application, by number; null if it is forgotten. */
  synchronized List<Map<String, Object>> specs() {
    return new ArrayList<>(specs);
  }

  /** Returns true if a worker has loaded all applications. */
  synchronized boolean isAll(Member member) {
    for (int i = 0; i < specs.size(); i++) {
      if (specs.get(i) != null && !member.loaded.get(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns true if a worker has loaded nothing and should have. If every import failed, it stays,
   * because a reload asks it which files to watch. {@link #await} has a timeout of its own.
   */
  synchronized boolean isLate(Member member) {
    return !isAwaited() && member.loaded.isEmpty() && !isAll(member);
  }

  /** Returns true if a thread waits for an outcome. */
  synchronized boolean isAwaited() {
    return !outcomes.stream().allMatch(CompletableFuture::isDone);
  }

  /** Records that a worker has loaded an application. */
  void succeeded(int index, String name) {
    outcome(index).complete(name);
  }

  /** Records that a worker could not load one; returns false if another worker has loaded it. */
  synchronized boolean failed(int index, WsgiException failure) {
    CompletableFuture<String> outcome = outcomes.get(index);
    if (outcome.completeExceptionally(failure)) {
      specs.set(index, null); // no other worker need try
    }
    return outcome.isCompletedExceptionally();
  }

  /**
   * Records that a worker could not start, or ended at once, perhaps because of the applications
   * whose outcome is awaited; returns false if there are none.
   */
  synchronized boolean failed(WsgiException failure) {
    boolean waited = false;
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i).completeExceptionally(failure)) {
        waited = true;
        specs.set(i, null); // the next worker must not end by it
      }
    }
    return waited;
  }

  /** Returns true if workers have nothing to load. */
  synchronized boolean isNone() {
    return specs.stream().allMatch(Objects::isNull);
  }

  private synchronized CompletableFuture<String> outcome(int index) {
    return outcomes.get(index);
  }

  /**
   * Waits until a first worker has loaded an application.
   *
   * @param milliseconds the timeout
   * @return its name
   * @throws WsgiException if it cannot be loaded
   */
  String await(int index, long milliseconds) {
    WsgiException failure;
    try {
      return outcome(index).get(milliseconds, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      failure =
          e.getCause() instanceof WsgiException
              ? (WsgiException) e.getCause()
              : new WsgiException(e.getCause(), Rule.WORKER_START, e.getCause());
    } catch (TimeoutException e) {
      failure = new WsgiException(Rule.WORKER_START, "it did not report in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = new WsgiException(e, Rule.WORKER_START, "it was interrupted");
    }
    outcome(index).completeExceptionally(failure); // nobody waits any more
    synchronized (this) {
      specs.set(index, null);
    }
    throw failure;
  }
}
