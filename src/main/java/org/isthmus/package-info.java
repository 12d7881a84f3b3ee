/**
 * What web.xml and embedding programs name: the servlet, the filter, the listener, the builder and
 * the status servlet. {@code Gateway} is shared by the first two. {@code Explain} is the main class
 * of the jar.
 */
package org.isthmus;
