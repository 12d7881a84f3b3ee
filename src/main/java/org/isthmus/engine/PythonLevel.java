// Levels of Python's logging, translated to those of Java.
package org.isthmus.engine;

/** For engines that pass the records of Python's logging on to the container's log. */
public final class PythonLevel {
  private PythonLevel() {}

  /**
   * Returns the level for a number of Python's logging, which may lie between the named levels.
   *
   * @param number 10 for DEBUG to 50 for CRITICAL
   */
  public static System.Logger.Level of(int number) {
    if (number >= 40) {
      return System.Logger.Level.ERROR;
    }
    if (number >= 30) {
      return System.Logger.Level.WARNING;
    }
    if (number >= 20) {
      return System.Logger.Level.INFO;
    }
    return number >= 10 ? System.Logger.Level.DEBUG : System.Logger.Level.TRACE;
  }
}
