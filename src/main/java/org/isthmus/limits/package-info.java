/** How long a request may take, and the watchdog that says so. */
package org.isthmus.limits;
