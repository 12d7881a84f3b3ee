// The last broken rules in full, those that are alike as one.
package org.isthmus.metrics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.isthmus.errors.Rule;

/**
 * The last fifty broken rules of a web application; what is told again is counted, or a server that
 * refuses a thousand requests in a second would have nothing else to tell.
 *
 * <p><b>Threading.</b> Any threads; guarded by itself. What fails is logged too, which costs more.
 */
public final class Incidents {
  private static final int KEPT = 50;
  private static final int LONGEST = 8000;

  private final Deque<Incident> last = new ArrayDeque<>();

  /** One broken rule, as often as it has been told in the same words. Immutable. */
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

    /** Returns how often it was. */
    public long times() {
      return times;
    }

    /** Returns when it was last, as System.currentTimeMillis. */
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

    /** Returns method and path of the last request; empty if it was none. */
    public String request() {
      return request;
    }

    /** Returns what the log has of it. */
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

  /** Takes out what is alike, if there is such a one, and returns how often it was. */
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

  /** Returns the last ones, the latest first. */
  public synchronized List<Incident> list() {
    return new ArrayList<>(last);
  }
}
