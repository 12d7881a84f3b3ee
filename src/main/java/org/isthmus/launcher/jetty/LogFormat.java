// The log of a standalone program: one line per record, on standard error, in UTF-8.
package org.isthmus.launcher.jetty;

import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The default of java.util.logging is two lines in the platform's encoding. */
final class LogFormat {
  private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

  /** They log each start at INFO. Referenced here, because unreferenced loggers are lost. */
  private static final List<Logger> TALKATIVE =
      List.of(Logger.getLogger("org.eclipse.jetty"), Logger.getLogger("com.zaxxer.hikari"));

  private static final String PYTHON = "org.isthmus.python.";

  private LogFormat() {}

  /** Changes the defaults, unless the user has a configuration. */
  static void install() {
    if (System.getProperty("java.util.logging.config.file") != null
        || System.getProperty("java.util.logging.config.class") != null) {
      return;
    }
    if (System.getProperty(FORMAT) == null) {
      System.setProperty(FORMAT, "%1$tF %1$tT %4$s %3$s: %5$s%6$s%n");
    }
    TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      try {
        handler.setEncoding("UTF-8");
        handler.setFormatter(new Line());
      } catch (UnsupportedEncodingException e) {
        throw new IllegalStateException("every Java has UTF-8", e);
      }
    }
  }

  /** The text of a Python record begins with its logger's name, for formats that do not show it. */
  private static final class Line extends SimpleFormatter {
    @Override
    public String formatMessage(LogRecord record) {
      String text = super.formatMessage(record);
      String logger = String.valueOf(record.getLoggerName());
      if (!logger.startsWith(PYTHON)) {
        return text;
      }
      String name = logger.substring(PYTHON.length()) + ": ";
      return text.startsWith(name) ? text.substring(name.length()) : text;
    }
  }
}
