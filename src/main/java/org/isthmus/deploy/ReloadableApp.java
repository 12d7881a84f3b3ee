// An application that is exchanged for a newer one while requests go on.
package org.isthmus.deploy;

import org.isthmus.engine.WsgiApp;
import org.isthmus.source.AppSource;

/**
 * Lends what the current generation has. A request that is dispatched from another one
 * (RequestDispatcher) stays in the generation of that: it may hold what the outer one gave it.
 *
 * <p><b>Threading.</b> Borrowed from by any number of threads, without a lock; a reload says when.
 */
final class ReloadableApp implements AppSource {
  private final WantedApp wanted;
  private final Draining draining;
  private volatile Part current;

  /** What one generation has of it. Immutable. */
  private static final class Part {
    final Generation generation;
    final AppSource source;

    Part(Generation generation, AppSource source) {
      this.generation = generation;
      this.source = source;
    }
  }

  /** A loan that keeps its generation open. */
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
  ReloadableApp(WantedApp wanted, Draining draining, Generation generation, AppSource source) {
    this.wanted = wanted;
    this.draining = draining;
    this.current = new Part(generation, source);
  }

  /** From now on lends what another generation has; the one before must be draining. */
  void become(Generation generation, AppSource source) {
    current = new Part(generation, source);
  }

  @Override
  public Lease borrow() {
    while (true) {
      // In this order: whatever comes after this one, it is draining when the next line looks.
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
