// Another thread, as that of a request would be.
package org.isthmus.concurrency;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.isthmus.engine.Unavailable;
import org.isthmus.errors.Rule;

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

  /** Returns why a source refuses a thread that is interrupted while it waits. */
  static Rule refusalOfInterrupted(AppSource source) {
    Callable<AppSource.Lease> interrupted =
        () -> {
          Thread.currentThread().interrupt();
          return source.borrow();
        };
    return assertThrows(Unavailable.class, () -> elsewhere(interrupted)).rule();
  }
}
