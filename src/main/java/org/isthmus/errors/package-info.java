/** The rules that can be broken, each with its code, and the exception that reports one. */
package org.isthmus.errors;
