// What triggers a reload of a web application's applications.
package org.isthmus.settings;

/** The words of {@code isthmus.reload.mode}. */
public enum ReloadMode {
  /** Nothing: an operator reloads by JMX. */
  OFF,
  /** Touching one file. */
  TOUCH,
  /** Changing any file that Python has imported. */
  WATCH
}
