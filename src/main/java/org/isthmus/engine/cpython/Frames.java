// The kinds and flags of frames, as in isthmus_worker/frames.py.
package org.isthmus.engine.cpython;

/** Constants of the worker protocol (docs/worker-protocol.md). */
final class Frames {
  /** Length of the whole frame (4), slot (2), kind (1), flags (1). */
  static final int HEADER = 8;

  // To the worker, through its queue.
  static final int REQUEST = 1;
  static final int BIG_REQUEST = 2;
  // From the worker, through a slot.
  static final int FULL = 10;
  static final int HEAD = 11;
  static final int BODY = 12;
  static final int END = 13;
  static final int FAILED = 14;
  static final int WANT = 15;
  static final int CHECK = 16;
  static final int WARN = 17;
  static final int FILE = 18;
  static final int CALL = 19;
  static final int CHAIN = 24;
  static final int RETURNED = 25;
  // To the worker, through a slot, when it has asked.
  static final int DATA = 20;
  static final int ABORT = 21;
  static final int VERDICT = 22;
  static final int RESULT = 23;
  // To the worker, through its standard input.
  static final int START = 30;
  static final int LOAD = 31;
  static final int OPEN = 32;
  static final int CLOSE = 33;
  static final int QUERY = 34;
  static final int WORKER_QUERY_REPLY = 35;
  static final int EXIT = 36;
  // From the worker, through its standard output.
  static final int HELLO = 40;
  static final int LOADED = 41;
  static final int NOT_LOADED = 42;
  static final int OPENED = 43;
  static final int LOG = 44;
  static final int QUERY_REPLY = 45;
  static final int WORKER_QUERY = 46;
  static final int DROPPED = 47;
  static final int TASKS = 48;

  static final int BODILESS = 1; // of REQUEST
  static final int HAS_CHAIN = 2; // of REQUEST: there is a filter chain
  static final int NO_BODY = 1; // of VERDICT: a response of this status has none
  static final int FLUSH = 1; // of BODY
  static final int LAST = 1; // of DATA
  static final int AT_END = 2; // of DATA
  static final int EXACT = 1; // of WANT
  static final int WIDE = 2; // of WANT: the pipe for the answer has LARGEST_WIDE_DATA
  static final int REFUSED = 1; // of RESULT

  /** PIPE_BUF: a write of up to this many octets to a pipe is atomic (POSIX, write). */
  static final int ATOMIC = System.getProperty("os.name").startsWith("Linux") ? 4096 : 512;

  /** The capacity of a pipe: a write of this many octets to an empty pipe does not block. */
  static final int LARGEST_DATA = 65536;

  /** The same of a pipe for data that the worker has widened. */
  static final int LARGEST_WIDE_DATA = 131072;

  /** The max length of an event, and of what is read whole from a slot. */
  static final int LARGEST_WHOLE = 16 * 1024 * 1024;

  private Frames() {}

  /**
   * Returns the length of a frame.
   *
   * @param octets the length as it was sent: without a sign
   * @throws BadFrame if no frame has that length
   */
  static int length(int octets, int max) throws BadFrame {
    if (octets < HEADER || octets > max) { // negative from 2 GiB on
      throw new BadFrame("a frame of " + Integer.toUnsignedLong(octets) + " octets");
    }
    return octets;
  }

  /** Writes a header into an array. */
  static void header(byte[] into, int length, int slot, int kind, int flags) {
    into[0] = (byte) (length >>> 24);
    into[1] = (byte) (length >>> 16);
    into[2] = (byte) (length >>> 8);
    into[3] = (byte) length;
    into[4] = (byte) (slot >>> 8);
    into[5] = (byte) slot;
    into[6] = (byte) kind;
    into[7] = (byte) flags;
  }
}
