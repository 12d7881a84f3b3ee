// What reloads the applications of a web application by itself.
package org.isthmus.settings;

/** The words of {@code isthmus.reload.mode}. */
public enum ReloadMode {
  /** Nothing: an operator does, by JMX. */
  OFF,
  /** A touch of one file. */
  TOUCH,
  /** A change of any file that Python has imported. */
  WATCH
}
