// Another thread, for what a request on it would meet.
package org.isthmus.concurrency;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

final class Elsewhere {
  private Elsewhere() {}

  /** Returns, or throws, what work on another thread does within a minute. */
  static <T> T elsewhere(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(task).start();
    try {
      return task.get(1, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }
}
