/**
 * Python 2.7 in this JVM: the only package that knows Jython, but for the one class that replaces
 * one of Jython's (docs/decisions/0013).
 */
package org.isthmus.engine.jython;
