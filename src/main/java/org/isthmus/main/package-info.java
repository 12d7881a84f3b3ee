/** {@code java -jar app.war}: options, extraction, termination. It needs Java alone. */
package org.isthmus.main;
