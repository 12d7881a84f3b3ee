// What can be seen of one web application from outside: its applications, requests and failures.
package org.isthmus.metrics;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Running;

/**
 * One per web application, kept in its ServletContext. Who begins with an application drops it: of
 * servlets that start late, the last may leave while another one comes.
 *
 * <p><b>Threading.</b> Any threads look; applications come and go under this object's lock.
 */
public final class Monitoring {
  private static final String ATTRIBUTE = "org.isthmus.monitoring";

  private final Running running = new Running();
  private final Incidents incidents = new Incidents();
  private final Reloads reloads = new Reloads();
  private final List<AppMetrics> apps = new CopyOnWriteArrayList<>();
  private final Set<AppMetrics> settled = new HashSet<>();
  private final List<Follower> followers = new ArrayList<>();
  private final Map<String, List<List<String>>> settings = new TreeMap<>();
  private Follower jmx;
  private boolean stopping;

  /** Is told of applications that have come, loaded or failed, and that have gone. */
  interface Follower {
    void came(AppMetrics app);

    /** A rule was broken for the first time. */
    default void broke(AppMetrics app, Rule rule) {}

    /** It is in a pool now, and was in none: its first start has failed. */
    default void pooled(AppMetrics app) {}

    void went(AppMetrics app);
  }

  private Monitoring() {}

  /** Returns that of a web application, made when it is first asked for. */
  public static Monitoring of(ServletContext context) {
    synchronized (context) {
      Monitoring monitoring = (Monitoring) context.getAttribute(ATTRIBUTE);
      if (monitoring == null) {
        monitoring = new Monitoring();
        context.setAttribute(ATTRIBUTE, monitoring);
      }
      return monitoring;
    }
  }

  /**
   * Begins with an application that is about to be loaded.
   *
   * @param name to be shown until its own is known
   * @param timing true to count and time its requests
   */
  public synchronized AppMetrics begin(String name, boolean timing) {
    AppMetrics app = new AppMetrics(name, timing, this);
    stopping = false;
    apps.add(app);
    return app;
  }

  /**
   * Tells that an application is loaded, or could not be but stays to say so. Two of one name,
   * loaded with different settings, are told apart by a number.
   */
  public synchronized void settled(AppMetrics app) {
    if (!apps.contains(app) || !settled.add(app)) {
      return;
    }
    String name = app.name();
    for (int number = 2; isTaken(app); number++) {
      app.rename(name + " (" + number + ")");
    }
    followers.forEach(follower -> follower.came(app));
  }

  private boolean isTaken(AppMetrics app) {
    return apps.stream().anyMatch(other -> other != app && other.name().equals(app.name()));
  }

  /** Tells that a rule was broken for the first time. */
  synchronized void broke(AppMetrics app, Rule rule) {
    followers.forEach(follower -> follower.broke(app, rule));
  }

  /** Tells that an application is in a pool, which it was not when it came. */
  synchronized void pooled(AppMetrics app) {
    if (settled.contains(app)) {
      followers.forEach(follower -> follower.pooled(app));
    }
  }

  /** Lets go of an application: its deployment ends, or it takes that with it. */
  public synchronized void drop(AppMetrics app) {
    apps.remove(app);
    if (settled.remove(app)) {
      followers.forEach(follower -> follower.went(app));
    }
  }

  /** Tells that the web application is about to stop: it is not ready any more. */
  public synchronized void stopping() {
    stopping = true;
  }

  /** Has the applications that are here, and those that come, registered with JMX. */
  public synchronized void register(ServletContext context) {
    if (jmx == null) {
      jmx = new JmxBeans(context);
      follow(jmx);
    }
  }

  synchronized void follow(Follower follower) {
    followers.add(follower);
    apps.stream().filter(settled::contains).forEach(follower::came);
  }

  /** Returns true if there are applications and each of them answers requests. */
  public synchronized boolean isReady() {
    return !stopping
        && !apps.isEmpty()
        && apps.stream().allMatch(app -> app.state() == AppMetrics.State.READY);
  }

  /** Returns the applications, in the order in which they came. */
  public List<AppMetrics> apps() {
    return apps;
  }

  /**
   * Has the settings in force shown.
   *
   * @param component whose they are
   * @param rows name, value and where it stands; what is secret is not in it
   */
  public synchronized void show(String component, List<List<String>> rows) {
    settings.put(component, rows);
  }

  /** Has the settings of a component shown no longer, unless others have taken their place. */
  public synchronized void hide(String component, List<List<String>> rows) {
    // The very same ones: who comes meanwhile may have equal ones.
    settings.computeIfPresent(component, (name, shown) -> shown == rows ? null : shown);
  }

  synchronized Map<String, List<List<String>>> settings() {
    return new TreeMap<>(settings);
  }

  /** Returns the requests that are under way. */
  public Running running() {
    return running;
  }

  /** Returns what became of the last reload, and who reloads. */
  public Reloads reloads() {
    return reloads;
  }

  /** Returns the last broken rules. */
  public Incidents incidents() {
    return incidents;
  }
}
