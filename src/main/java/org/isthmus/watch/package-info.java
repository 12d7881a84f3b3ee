/** Finds files that have changed since the last check, for reloads. */
package org.isthmus.watch;
