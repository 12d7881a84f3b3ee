/**
 * Python 3 in worker processes: how they are started and replaced, and the communication with them.
 *
 * <p>docs/worker-protocol.md describes what goes through the pipes; isthmus_worker is the other
 * side.
 */
package org.isthmus.engine.cpython;
