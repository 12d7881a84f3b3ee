/** Jetty behind {@code java -jar app.war} and {@code isthmus serve}. */
package org.isthmus.launcher.jetty;
