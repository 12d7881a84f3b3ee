/** Python 2.7 in this JVM: the only package that knows Jython. */
package org.isthmus.engine.jython;
