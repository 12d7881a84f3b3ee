/**
 * The engine interface: what the rest of Isthmus knows about a Python engine. Implementations live
 * in packages below this one and are known only by name.
 */
package org.isthmus.engine;
