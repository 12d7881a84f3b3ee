/** Time limits of requests, and the watchdog that enforces them. */
package org.isthmus.timeouts;
