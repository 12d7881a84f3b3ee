// What one servlet or filter needs to answer requests: its application, metrics and time limits.
package org.isthmus.deploy;

import org.isthmus.concurrency.AppSource;
import org.isthmus.exchange.Observer;
import org.isthmus.timeouts.TimeLimits;
import org.isthmus.timeouts.Watchdog;

/** Made by {@link Deployment#open}. Immutable. */
public final class Mounted {
  /** Lends the application to as many requests at once as settings allow. */
  public final AppSource source;

  /** Observes the application's requests. */
  public final Observer observer;

  /** How long a request may take; null for no limits. */
  public final TimeLimits limits;

  /** Enforces the limits; null if there are none. */
  public final Watchdog watchdog;

  Mounted(AppSource source, Observer observer, TimeLimits limits, Watchdog watchdog) {
    this.source = source;
    this.observer = observer;
    this.limits = limits;
    this.watchdog = watchdog;
  }

  /** Returns a substitute if nothing can be loaded: a source without metrics or limits. */
  public static Mounted of(AppSource source) {
    return new Mounted(source, Observer.NONE, null, null);
  }
}
