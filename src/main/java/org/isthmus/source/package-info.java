/**
 * Sources, which lend an application to the thread of a request: shared, serial, pooled, limited.
 */
package org.isthmus.source;
