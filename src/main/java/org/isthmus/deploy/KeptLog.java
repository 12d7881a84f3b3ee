// Keeps what Isthmus logs while the program ends.
package org.isthmus.deploy;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Isthmus logs through java.util.logging, which Spring Boot passes on to Logback or Log4j. When the
 * JVM ends, java.util.logging takes all handlers away in a shutdown hook of its own ({@code
 * LogManager.reset}), while another hook stops the container; Spring Boot takes its own away before
 * it stops its web server. So this handler stands at the logger {@code org.isthmus} during the end
 * of a web application, and passes records to the handlers that the root logger has, or had.
 *
 * <p>{@code LogManager.reset} removes this one too, and then closes it: it comes back. Web
 * applications that end at the same time have one each, of which the first passes records on. Log
 * managers of other classes, as Tomcat's, end after the container.
 */
public final class KeptLog extends Handler {
  private final Logger ours = Logger.getLogger("org.isthmus");
  private final Logger root = Logger.getLogger("");
  private final List<Handler> kept = List.of(root.getHandlers());
  private volatile boolean isOn;

  /** Remembers the handlers of now, when the web application starts. */
  public KeptLog() {}

  /** Begins to pass records on, once. */
  public void begin() {
    boolean isOfJava = LogManager.getLogManager().getClass() == LogManager.class;
    // Otherwise, somebody wants no records of ours at the root.
    boolean isWanted = ours.getUseParentHandlers() || first() != null;
    if (!isOn && isOfJava && isWanted) {
      isOn = true;
      ours.addHandler(this);
      ours.setUseParentHandlers(false);
    }
  }

  @Override
  public void publish(LogRecord record) {
    if (first() == this) {
      Handler[] now = root.getHandlers();
      for (Handler handler : now.length > 0 ? List.of(now) : kept) {
        handler.publish(record);
      }
    }
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
    if (isOn) {
      ours.addHandler(this);
    }
  }

  /** Gives the logger back. */
  public void end() {
    if (isOn) {
      isOn = false;
      ours.removeHandler(this);
      ours.setUseParentHandlers(first() == null);
    }
  }
}
