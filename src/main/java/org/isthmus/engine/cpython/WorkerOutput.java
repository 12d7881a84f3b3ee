// What a worker prints, from its standard error and its pipes o and e, to the container's log.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Has a thread for each stream. A child process of the worker may hold a pipe open for longer than
 * the worker itself, so {@link #close} wakes the readers, with a NUL behind what the worker wrote.
 *
 * <p><b>Threading.</b> {@link #read} is called by one thread at a time, {@link #close} by any.
 */
final class WorkerOutput implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");
  private static final long JOIN_MS = 1000;

  private final WorkerLog log;
  private final String threadPrefix;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<Pipe> pipes = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * Reads nothing yet.
   *
   * @param threadPrefix what the names of its threads begin with
   */
  WorkerOutput(WorkerLog log, String threadPrefix) {
    this.log = log;
    this.threadPrefix = threadPrefix;
  }

  /** Logs the lines of a pipe, which {@link #close} closes. */
  void read(Pipe pipe, String threadSuffix, String stream) {
    pipes.add(pipe);
    read(new PipeInput(pipe), threadSuffix, stream);
  }

  /**
   * Logs the lines of a stream until it ends.
   *
   * @param stream {@code stdout} or {@code stderr}
   */
  void read(InputStream in, String threadSuffix, String stream) {
    Thread thread = new Thread(() -> lines(in, stream), threadPrefix + "-" + threadSuffix);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void lines(InputStream in, String stream) {
    try {
      log.lines(in, stream, () -> closed);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A worker's output ended.", e);
    }
  }

  /** Logs what the worker, which has ended, has written; then closes the pipes. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Pipe pipe : pipes) {
      wake(pipe);
    }
    for (Thread thread : threads) {
      try {
        thread.join(JOIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    pipes.forEach(Pipe::close);
  }

  private static void wake(Pipe pipe) {
    try {
      pipe.wake();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A pipe failed.", e);
    }
  }
}
