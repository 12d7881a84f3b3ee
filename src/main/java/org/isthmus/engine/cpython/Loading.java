// The applications of a group of workers: what each worker is told, and what came of it.
package org.isthmus.engine.cpython;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Each has a number, by which requests name it. One that could not be loaded is forgotten.
 *
 * <p><b>Threading.</b> Guarded by itself, but for the waiting.
 */
final class Loading {
  private final List<Map<String, Object>> specs = new ArrayList<>();
  private final List<CompletableFuture<String>> outcomes = new ArrayList<>();

  /** Adds an application, and returns its number. */
  synchronized int add(Map<String, Object> spec) {
    specs.add(spec);
    outcomes.add(new CompletableFuture<>());
    return specs.size() - 1;
  }

  /** Returns what workers are told, by number; null for what is forgotten. */
  synchronized List<Map<String, Object>> specs() {
    return new ArrayList<>(specs);
  }

  /** Returns true if a worker has all that there is. */
  synchronized boolean isAll(Member member) {
    for (int i = 0; i < specs.size(); i++) {
      if (specs.get(i) != null && !member.loaded.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** A worker has one of them. */
  void succeeded(int index, String name) {
    outcome(index).complete(name);
  }

  /** A worker could not load one of them; returns false if nobody was waiting for that. */
  boolean failed(int index, WsgiException failure) {
    return outcome(index).completeExceptionally(failure);
  }

  /** A worker could not start; returns false if nobody was waiting for it. */
  synchronized boolean failed(WsgiException failure) {
    boolean waited = false;
    for (CompletableFuture<String> outcome : outcomes) {
      waited |= outcome.completeExceptionally(failure);
    }
    return waited;
  }

  private synchronized CompletableFuture<String> outcome(int index) {
    return outcomes.get(index);
  }

  /**
   * Waits for a first worker to have one of them.
   *
   * @return its name
   * @throws WsgiException if it cannot be had
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
      failure = new WsgiException(Rule.WORKER_START, "nothing was heard of it in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = new WsgiException(e, Rule.WORKER_START, "it was interrupted");
    }
    synchronized (this) {
      specs.set(index, null);
    }
    throw failure;
  }
}
