// Keeps what Isthmus logs while the program ends.
package org.isthmus.spring;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Isthmus logs through java.util.logging, which Spring Boot passes on to Logback or Log4j. Spring
 * Boot stops that before it stops its web server, and so does java.util.logging itself when the JVM
 * ends: both take the handlers away from the root logger. This handler stands at the logger {@code
 * org.isthmus} and passes records to the handlers that the root logger has, or had.
 *
 * <p>{@code LogManager.reset} removes this one too, and then closes it: it comes back.
 */
final class KeptLog extends Handler {
  private final Logger ours = Logger.getLogger("org.isthmus");
  private final Logger root = Logger.getLogger("");
  private final List<Handler> kept = List.of(root.getHandlers());
  private final boolean parents = ours.getUseParentHandlers();
  private volatile boolean isOver;

  private KeptLog() {}

  static KeptLog begin() {
    KeptLog log = new KeptLog();
    if (log.parents) {
      log.ours.setUseParentHandlers(false);
      log.ours.addHandler(log);
    } else {
      // Another context of this JVM has one, or the operator wants no records at the root.
      log.isOver = true;
    }
    return log;
  }

  @Override
  public void publish(LogRecord record) {
    Handler[] now = root.getHandlers();
    for (Handler handler : now.length > 0 ? List.of(now) : kept) {
      handler.publish(record);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    if (!isOver) {
      ours.addHandler(this);
    }
  }

  /** Gives the logger back. */
  void end() {
    if (isOver) {
      return;
    }
    isOver = true;
    ours.removeHandler(this);
    ours.setUseParentHandlers(parents);
  }
}
