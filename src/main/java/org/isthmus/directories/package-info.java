/**
 * Directories that several processes use at once: one locking scheme, and the code that creates,
 * names and deletes their entries. It needs only Java, because the launcher contains it, too.
 */
package org.isthmus.directories;
