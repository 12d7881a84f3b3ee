// The queries that a worker has not answered yet.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pairs each QUERY with its QUERY_REPLY (docs/worker-protocol.md).
 *
 * <p><b>Threading.</b> Any number of threads ask; the one that reads events passes the answers on.
 */
final class WorkerQueries {
  /** The max timeout, in milliseconds, if the worker did not answer the previous query. */
  private static final long SILENT_MS = 20;

  /**
   * How many queries may be on their way: far fewer than the pipe to the worker has room for, or
   * whoever asks would wait until it reads again, and so would whoever tells it to end.
   */
  private static final int MAX_UNANSWERED = 100;

  private final Map<Integer, CompletableFuture<Object>> pending = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger(); // also those that nobody awaits
  private volatile boolean silent;

  /** Sends a query under a number. */
  interface Send {
    void query(int number) throws IOException;
  }

  /**
   * Sends a query, and waits for the answer.
   *
   * @param milliseconds the timeout
   * @return null if the answer does not arrive in time, or the worker has ended
   */
  Object ask(Send send, long milliseconds) {
    if (unanswered.get() >= MAX_UNANSWERED) {
      return null;
    }
    unanswered.incrementAndGet();
    int number = count.incrementAndGet();
    CompletableFuture<Object> answer = new CompletableFuture<>();
    pending.put(number, answer);
    try {
      send.query(number);
      // C code may hold Python's lock: do not wait for that with every query.
      long timeout = silent ? Math.min(milliseconds, SILENT_MS) : milliseconds;
      return answer.get(timeout, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (TimeoutException e) {
      silent = true;
      return null;
    } catch (IOException | ExecutionException e) {
      return null;
    } finally {
      pending.remove(number);
    }
  }

  /** Records that the worker has sent an event of any kind: it can answer. */
  void heard() {
    silent = false;
  }

  /** Passes an answer on to the thread that asked, unless it no longer waits. */
  void answered(int number, Object content) {
    unanswered.decrementAndGet();
    CompletableFuture<Object> answer = pending.get(number);
    if (answer != null) {
      answer.complete(content);
    }
  }

  /** Ends all waits, because the worker has ended. */
  void end() {
    pending.values().forEach(answer -> answer.complete(null));
  }
}
