// The latest broken rules in full, with repetitions combined.
package org.isthmus.metrics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.isthmus.errors.Rule;

/**
 * The latest fifty broken rules of a web application. Repetitions are counted; otherwise, a server
 * that refuses a thousand requests per second would show nothing else.
 *
 * <p><b>Threading.</b> Any threads; guarded by itself. Failures are also logged, which costs more.
 */
public final class Incidents {
  private static final int KEPT = 50;
  private static final int LONGEST = 8000;

  private final Deque<Incident> last = new ArrayDeque<>();

  /** One broken rule, with the number of times it was reported with the same text. Immutable. */
  public static final class Incident {
    final long times;
    final long millis;
    final String code;
    final String app;
    final String request;
    final String text;

    Incident(long times, long millis, String code, String app, String request, String text) {
      this.times = times;
      this.millis = millis;
      this.code = code;
      this.app = app;
      this.request = request;
      this.text = text;
    }

    /** Returns how often it happened. */
    public long times() {
      return times;
    }

    /** Returns when it last happened, as System.currentTimeMillis. */
    public long millis() {
      return millis;
    }

    /** Returns the rule's code. */
    public String code() {
      return code;
    }

    /** Returns the name of the application. */
    public String app() {
      return app;
    }

    /** Returns method and path of the last request; empty if there was none. */
    public String request() {
      return request;
    }

    /** Returns the text in the log. */
    public String text() {
      return text;
    }
  }

  synchronized void add(Rule rule, String app, String request, String text) {
    String kept = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\n…";
    String code = rule.code();
    long times = 1 + timesBefore(code, app, kept);
    if (last.size() == KEPT) {
      last.removeLast();
    }
    last.addFirst(new Incident(times, System.currentTimeMillis(), code, app, request, kept));
  }

  /** Removes an equal incident, if there is one, and returns its count. */
  private long timesBefore(String code, String app, String text) {
    for (Iterator<Incident> all = last.iterator(); all.hasNext(); ) {
      Incident known = all.next();
      if (known.code.equals(code) && known.app.equals(app) && known.text.equals(text)) {
        all.remove();
        return known.times;
      }
    }
    return 0;
  }

  /** Returns the latest ones, most recent first. */
  public synchronized List<Incident> list() {
    return new ArrayList<>(last);
  }
}
