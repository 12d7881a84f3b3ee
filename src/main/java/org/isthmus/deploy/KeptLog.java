// Keeps what Isthmus logs while the program ends.
package org.isthmus.deploy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Isthmus logs through java.util.logging, which Spring Boot passes on to Logback or Log4j. When the
 * JVM ends, java.util.logging removes all handlers in a shutdown hook of its own ({@code
 * LogManager.reset}), while another hook stops the container; Spring Boot removes its own before it
 * stops its web server. So during undeployment, the logger {@code org.isthmus} has this handler,
 * which passes records to the handlers that the loggers above have, or had.
 *
 * <p>{@code LogManager.reset} removes this one too, and then closes it, which adds it again. Web
 * applications that end at the same time have one each, of which the first passes records on. Log
 * managers of other classes, such as Tomcat's, end after the container.
 *
 * <p><b>Threading.</b> Any thread. The logger is the same for all web applications, whichever class
 * loader they have this class from, so it is the lock.
 */
final class KeptLog extends Handler {
  private final Logger ours = Logger.getLogger("org.isthmus");
  private final Map<Logger, List<Handler>> kept = new HashMap<>();
  private boolean isOn;

  /** Remembers the present handlers; called when the web application starts. */
  KeptLog() {
    for (Logger each = ours.getParent(); each != null; each = each.getParent()) {
      kept.put(each, List.of(each.getHandlers()));
    }
  }

  /** Begins to pass records on, once. */
  void begin() {
    boolean isOfJava = LogManager.getLogManager().getClass() == LogManager.class;
    synchronized (ours) {
      // Otherwise, the configuration keeps our records from the loggers above.
      boolean isWanted = ours.getUseParentHandlers() || first() != null;
      if (!isOn && isOfJava && isWanted) {
        isOn = true;
        ours.addHandler(this);
        ours.setUseParentHandlers(false);
      }
    }
  }

  @Override
  public void publish(LogRecord record) {
    if (first() == this) {
      Logger above = ours.getParent();
      while (above != null) {
        Handler[] now = above.getHandlers();
        for (Handler handler : now.length > 0 ? List.of(now) : had(above)) {
          handler.publish(record);
        }
        // As Logger.log does.
        above = above.getUseParentHandlers() ? above.getParent() : null;
      }
    }
  }

  private List<Handler> had(Logger above) {
    return kept.getOrDefault(above, List.of());
  }

  /** By name: another web application has this class from another loader. */
  private Handler first() {
    for (Handler handler : ours.getHandlers()) {
      if (handler.getClass().getName().equals(KeptLog.class.getName())) {
        return handler;
      }
    }
    return null;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    synchronized (ours) {
      if (isOn) {
        ours.addHandler(this);
      }
    }
  }

  /** Removes this handler from the logger. */
  void end() {
    synchronized (ours) {
      if (isOn) {
        isOn = false;
        ours.removeHandler(this);
        ours.setUseParentHandlers(first() == null);
      }
    }
  }
}
