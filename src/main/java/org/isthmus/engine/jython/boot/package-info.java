/**
 * What the web application's own loader needs before Jython has one: the provider, and the class
 * loader. It does not link to Jython.
 */
package org.isthmus.engine.jython.boot;
