// An application that can be replaced while requests are running.
package org.isthmus.deploy;

import org.isthmus.concurrency.AppSource;
import org.isthmus.engine.WsgiApp;

/**
 * Lends the current generation's application. A request that another request dispatches
 * (RequestDispatcher) stays in the outer one's generation: it may hold objects from it.
 *
 * <p><b>Threading.</b> Any number of threads borrow, without a lock; a reload calls {@link
 * #become}.
 */
final class ReloadableSource implements AppSource {
  private final WantedApp wanted;
  private final Draining draining;
  private volatile Part current;

  /** The application in one generation. Immutable. */
  private static final class Part {
    final Generation generation;
    final AppSource source;

    Part(Generation generation, AppSource source) {
      this.generation = generation;
      this.source = source;
    }
  }

  /** A lease that keeps its generation open. */
  private static final class Inside implements Lease {
    private final Generation generation;
    private final Lease lease;

    Inside(Generation generation, Lease lease) {
      this.generation = generation;
      this.lease = lease;
    }

    @Override
    public WsgiApp app() {
      return lease.app();
    }

    @Override
    public void close() {
      try {
        lease.close();
      } finally {
        generation.gate.leave();
      }
    }
  }

  /**
   * Begins with a source.
   *
   * @param draining has the generations that answer no new requests
   */
  ReloadableSource(WantedApp wanted, Draining draining, Generation generation, AppSource source) {
    this.wanted = wanted;
    this.draining = draining;
    this.current = new Part(generation, source);
  }

  /** From now on, lends another generation's application; the previous one must be draining. */
  void become(Generation generation, AppSource source) {
    current = new Part(generation, source);
  }

  @Override
  public Lease borrow() {
    while (true) {
      // In this order, so that any later generation is already draining when the next line looks.
      Part part = current;
      AppSource outer = draining.isEmpty() ? null : draining.aroundThisThread(wanted);
      if (outer != null) {
        return outer.borrow(); // the outer request keeps it open
      }
      if (part.generation.gate.enter()) {
        return entered(part);
      }
    }
  }

  private static Lease entered(Part part) {
    boolean lent = false;
    try {
      Lease lease = new Inside(part.generation, part.source.borrow());
      lent = true;
      return lease;
    } finally {
      if (!lent) {
        part.generation.gate.leave();
      }
    }
  }
}
