// The applications of a web application between two reloads, and the requests inside them.
package org.isthmus.deploy;

import org.isthmus.concurrency.Gate;

/** Generations are numbered from 1. Immutable except for its content. */
final class Generation {
  final int number;
  final Applications applications;
  final Gate gate = new Gate();

  Generation(int number, Applications applications) {
    this.number = number;
    this.applications = applications;
  }
}
