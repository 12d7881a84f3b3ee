/** Finds out which files have changed since the last look, for reloads. */
package org.isthmus.watch;
