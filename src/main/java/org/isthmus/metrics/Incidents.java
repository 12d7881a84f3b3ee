// Broken rules: how often each, and the last of them in full.
package org.isthmus.metrics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.isthmus.errors.Rule;

/**
 * The last fifty broken rules of a web application.
 *
 * <p><b>Threading.</b> Any threads; guarded by itself. What fails is logged too, which costs more.
 */
public final class Incidents {
  private static final int KEPT = 50;
  private static final int LONGEST = 8000;

  private final Deque<Incident> last = new ArrayDeque<>();

  /** One broken rule. Immutable. */
  public static final class Incident {
    final long millis;
    final String code;
    final String app;
    final String request;
    final String text;

    Incident(long millis, String code, String app, String request, String text) {
      this.millis = millis;
      this.code = code;
      this.app = app;
      this.request = request;
      this.text = text;
    }

    /** Returns when it was, as System.currentTimeMillis. */
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

    /** Returns method and path of the request; empty if it was none. */
    public String request() {
      return request;
    }

    /** Returns what the log has of it. */
    public String text() {
      return text;
    }
  }

  synchronized void add(Rule rule, String app, String request, String text) {
    if (last.size() == KEPT) {
      last.removeLast();
    }
    String kept = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\n…";
    last.addFirst(new Incident(System.currentTimeMillis(), rule.code(), app, request, kept));
  }

  /** Returns the last ones, the latest first. */
  public synchronized List<Incident> list() {
    return new ArrayList<>(last);
  }
}
