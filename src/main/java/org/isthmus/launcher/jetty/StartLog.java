// While the server starts: what Jetty does not log, because the program says it when it ends.
package org.isthmus.launcher.jetty;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Jetty logs a failed start with its stack trace, and throws it as well. */
final class StartLog {
  private final Map<Handler, Filter> before = new LinkedHashMap<>();

  /**
   * Filters Jetty's records until {@link #end}.
   *
   * @param isExplained whether the program's last message explains an exception
   */
  StartLog(Predicate<Throwable> isExplained) {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      Filter filter = handler.getFilter();
      before.put(handler, filter);
      handler.setFilter(
          record ->
              (filter == null || filter.isLoggable(record))
                  && !(isOfJetty(record) && isExplained.test(record.getThrown())));
    }
  }

  private static boolean isOfJetty(LogRecord record) {
    return String.valueOf(record.getLoggerName()).startsWith("org.eclipse.jetty.");
  }

  /** From now on, everything is logged as before. */
  void end() {
    before.forEach(Handler::setFilter);
  }
}
