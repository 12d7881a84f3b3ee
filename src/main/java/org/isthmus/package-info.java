/**
 * What web.xml and embedding programs name: the servlet, the filter, the listener, the builder and
 * the status servlet. {@code Gateway} is what the first two have in common.
 */
package org.isthmus;
