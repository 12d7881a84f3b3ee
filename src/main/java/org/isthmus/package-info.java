/**
 * What web.xml and embedding programs name: the servlet, the filter, the listener, the builder and
 * the status servlet. {@code Gateway} is shared by the first two.
 */
package org.isthmus;
