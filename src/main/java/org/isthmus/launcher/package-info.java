/** {@code java -jar app.war}: options, extraction, termination. It needs only Java. */
package org.isthmus.launcher;
