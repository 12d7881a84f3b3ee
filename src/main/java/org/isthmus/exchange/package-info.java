/** One HTTP request and its response: all state of HTTP and PEP 3333, independent of Python. */
package org.isthmus.exchange;
