/**
 * WEB-INF as real files, those of an exploded web application, or a copy of a packed one; and what
 * a program that embeds its container has instead.
 */
package org.isthmus.webinf;
