// The applications that a web application has between two reloads, and who is inside of them.
package org.isthmus.deploy;

import org.isthmus.source.Gate;

/** Its number counts from 1. Immutable but for what is in it. */
final class Generation {
  final int number;
  final Applications applications;
  final Gate gate = new Gate();

  Generation(int number, Applications applications) {
    this.number = number;
    this.applications = applications;
  }
}
