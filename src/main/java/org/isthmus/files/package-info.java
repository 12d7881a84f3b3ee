/**
 * The files of a web application: WEB-INF as real files, copies of packed ones, and watching them
 * for changes.
 */
package org.isthmus.files;
