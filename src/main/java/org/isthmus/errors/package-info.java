/** The rules that can be broken, each with its code, and the exception that says which was. */
package org.isthmus.errors;
