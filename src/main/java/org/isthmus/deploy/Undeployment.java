// Undeployment: ends first the requests, then Python, and logs how long each step takes.
package org.isthmus.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.isthmus.concurrency.Gate;
import org.isthmus.errors.Rule;
import org.isthmus.errors.Seconds;
import org.isthmus.exchange.Running;

/**
 * Begins when the container destroys the first servlet, filter or listener; ends with the last.
 *
 * <p><b>Threading.</b> The container's deployer.
 */
final class Undeployment {
  private static final System.Logger LOG = System.getLogger("org.isthmus");

  /** How long requests whose interpreter was closed have to return to the container. */
  static final Duration OVERRUN = Duration.ofSeconds(2);

  private final String path;
  private final Running running;
  private final List<Gate> overrun = new ArrayList<>();
  private final KeptLog log = new KeptLog();
  private long begun;
  private boolean isBegun;

  /**
   * Does nothing before {@link #begin}.
   *
   * @param path the web application, for the log
   * @param running its requests, if they are counted
   */
  Undeployment(String path, Running running) {
    this.path = path;
    this.running = running;
  }

  /** Starts the clock, once, and keeps the log from now on. */
  void begin() {
    if (!isBegun) {
      log.begin();
      isBegun = true;
      begun = System.nanoTime();
    }
  }

  /** Waits for the requests behind a closed gate; several gates share one timeout. */
  void drain(Gate gate, Duration timeout) {
    begin();
    long inside = gate.inside();
    if (inside == 0) {
      return;
    }
    LOG.log(
        System.Logger.Level.INFO,
        "Web application {0} is being stopped: {1} running and may end within {2} seconds.",
        path,
        requests(inside),
        Seconds.text(timeout));
    if (!gate.awaitEmpty(timeout.minus(elapsed()))) {
      String message =
          Rule.DRAIN_OVER.message(requests(gate.inside()), path, Seconds.text(timeout));
      LOG.log(System.Logger.Level.WARNING, message + running.named(any -> true));
      overrun.add(gate);
    }
  }

  /**
   * Waits briefly for the requests that did not finish in time and whose interpreter has been
   * closed. To answer them, their threads need the class loader, which the container closes next.
   */
  void awaitOverrun(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    for (Gate gate : overrun) {
      gate.awaitEmpty(Duration.ofNanos(end - System.nanoTime()));
    }
  }

  /** Logs how long it took, after everything has been closed. */
  void logDuration(Duration python) {
    LOG.log(
        System.Logger.Level.INFO,
        "Web application {0} has ended in {1} seconds, {2} of them for Python.",
        path,
        Seconds.text(elapsed()),
        Seconds.text(python));
  }

  /** Stops keeping the log. */
  void close() {
    log.end();
  }

  private Duration elapsed() {
    long nanos = System.nanoTime() - begun;
    return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private static String requests(long number) {
    return number == 1 ? "1 request is" : number + " requests are";
  }
}
