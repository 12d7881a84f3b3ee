/**
 * How many requests an application gets at once: sources lend it to the threads of requests, to all
 * of them, to one at a time, from a pool, or to a limited number.
 */
package org.isthmus.concurrency;
