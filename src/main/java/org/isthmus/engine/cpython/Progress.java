// How far a worker is with a request.
package org.isthmus.engine.cpython;

/** Decides what becomes of the request's slot, and whether another worker may have the request. */
enum Progress {
  /** It has not been told of it, and will not be. */
  UNSENT,

  /** It has not begun with it, because all of its threads are busy: it no longer uses the slot. */
  RETURNED,

  /** It has got the request, and still uses the slot. */
  BEGUN,

  /** It has finished it, and no longer uses the slot. */
  FINISHED
}
