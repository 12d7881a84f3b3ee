/** WEB-INF as real files: those of an exploded web application, or a copy of a packed one. */
package org.isthmus.webinf;
