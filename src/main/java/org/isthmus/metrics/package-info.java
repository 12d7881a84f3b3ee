/** What operators see: counts, histograms, JMX, Micrometer, and the status page. */
package org.isthmus.metrics;
