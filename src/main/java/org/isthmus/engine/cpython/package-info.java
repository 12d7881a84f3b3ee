/**
 * Python 3 in worker processes: how they are started, spoken to and replaced.
 *
 * <p>docs/worker-protocol.md has what goes through the pipes; isthmus_worker is the other side.
 */
package org.isthmus.engine.cpython;
