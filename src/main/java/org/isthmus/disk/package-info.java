/**
 * Directories that several processes use at once: one locking scheme, and what makes, names and
 * deletes their entries. It needs Java alone: the launcher has it too.
 */
package org.isthmus.disk;
