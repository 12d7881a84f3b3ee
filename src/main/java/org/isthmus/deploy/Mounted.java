// What a deployment gives to one servlet or filter: an application, and who looks at its requests.
package org.isthmus.deploy;

import org.isthmus.concurrency.AppSource;
import org.isthmus.exchange.Observer;
import org.isthmus.timeouts.TimeLimits;
import org.isthmus.timeouts.Watchdog;

/** Made by {@link Deployment#open}. Immutable. */
public final class Mounted {
  /** Lends the application, to so many requests at once as settings allow. */
  public final AppSource source;

  /** Observes the application's requests. */
  public final Observer observer;

  /** How long a request may take; null if it may take as long as it likes, unseen. */
  public final TimeLimits limits;

  /** Sees to the limits; null where there are none. */
  public final Watchdog watchdog;

  Mounted(AppSource source, Observer observer, TimeLimits limits, Watchdog watchdog) {
    this.source = source;
    this.observer = observer;
    this.limits = limits;
    this.watchdog = watchdog;
  }

  /** Returns what stands in for all of it where nothing can be loaded. */
  public static Mounted of(AppSource source) {
    return new Mounted(source, Observer.NONE, null, null);
  }
}
