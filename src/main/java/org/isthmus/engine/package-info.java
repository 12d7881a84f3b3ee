/**
 * The seam: what the rest of Isthmus knows of a Python engine. An implementation lives in a package
 * below this one and is known by its name alone.
 */
package org.isthmus.engine;
