/**
 * What the web application's own loader needs before Jython has one: the provider, and the class
 * loader. Links to nothing of Jython.
 */
package org.isthmus.engine.jython.boot;
