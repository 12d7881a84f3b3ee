/** The container's services, such as sessions, in a form that any engine can pass to Python. */
package org.isthmus.services;
