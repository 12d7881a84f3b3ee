// The observable state of one web application: its applications, requests and failures.
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
 * One per web application, kept in its ServletContext. The component that begins with an
 * application also drops it: if servlets start late, the last may leave while another one arrives.
 *
 * <p><b>Threading.</b> Any threads read; applications come and go under this object's lock.
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

  /** Is notified of applications that have come, loaded or failed, and that have gone. */
  interface Follower {
    void came(AppMetrics app);

    /** A rule was broken for the first time. */
    default void broke(AppMetrics app, Rule rule) {}

    /** An application is in a pool now that was in none, because its first start had failed. */
    default void pooled(AppMetrics app) {}

    /** An application has worker processes now, and had none when it came. */
    default void staffed(AppMetrics app) {}

    void went(AppMetrics app);
  }

  private Monitoring() {}

  /** Returns the instance of a web application, created on first access. */
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
   * Adds an application that is about to be loaded.
   *
   * @param name displayed until its own is known
   * @param timing true to count and time its requests
   */
  public synchronized AppMetrics begin(String name, boolean timing) {
    AppMetrics app = new AppMetrics(name, timing, this);
    stopping = false;
    apps.add(app);
    return app;
  }

  /**
   * Records that an application is loaded, or has failed but stays visible. Two applications with
   * the same name, loaded with different settings, are distinguished by a number.
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

  /** Records that a rule was broken for the first time. */
  synchronized void broke(AppMetrics app, Rule rule) {
    followers.forEach(follower -> follower.broke(app, rule));
  }

  /** Records that an application is in a pool, which it was not when it came. */
  synchronized void pooled(AppMetrics app) {
    if (settled.contains(app)) {
      followers.forEach(follower -> follower.pooled(app));
    }
  }

  /** Records that an application has worker processes, which it had not when it came. */
  synchronized void staffed(AppMetrics app) {
    if (settled.contains(app)) {
      followers.forEach(follower -> follower.staffed(app));
    }
  }

  /** Removes an application: its deployment ends, or gives it up. */
  public synchronized void drop(AppMetrics app) {
    apps.remove(app);
    if (settled.remove(app)) {
      followers.forEach(follower -> follower.went(app));
    }
  }

  /** Records that the web application is about to stop: it is no longer ready. */
  public synchronized void stopping() {
    stopping = true;
  }

  /** Registers all applications, present and future, with JMX. */
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

  /** Returns true if there are applications and all of them answer requests. */
  public synchronized boolean isReady() {
    return !stopping && !apps.isEmpty() && apps.stream().allMatch(AppMetrics::isReady);
  }

  /** Returns the applications in order of arrival. */
  public List<AppMetrics> apps() {
    return apps;
  }

  /**
   * Shows the settings in force.
   *
   * @param component that the settings belong to
   * @param rows name, value and source; without secrets
   */
  public synchronized void show(String component, List<List<String>> rows) {
    settings.put(component, rows);
  }

  /** Hides the settings of a component, unless others have replaced them. */
  public synchronized void hide(String component, List<List<String>> rows) {
    // Compares by identity: a component that arrives meanwhile may have equal settings.
    settings.computeIfPresent(component, (name, current) -> current == rows ? null : current);
  }

  synchronized Map<String, List<List<String>>> settings() {
    return new TreeMap<>(settings);
  }

  /** Returns the running requests. */
  public Running running() {
    return running;
  }

  /** Returns the outcome of the last reload, and the means to reload. */
  public Reloads reloads() {
    return reloads;
  }

  /** Returns the latest broken rules. */
  public Incidents incidents() {
    return incidents;
  }
}
