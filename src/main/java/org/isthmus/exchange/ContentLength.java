// Content-Length of a response, declared or inferred, and how much of it has been produced.
package org.isthmus.exchange;

import org.isthmus.errors.Rule;

/**
 * Counts a body's octets (PEP 3333, "Handling the Content-Length Header").
 *
 * <p><b>Threading.</b> One thread at a time, like its exchange.
 */
final class ContentLength {
  private long declared = -1;
  private long produced;

  /**
   * Declares the application's length, or else the inferred one.
   *
   * @param inferred -1 for none
   */
  void declare(ResponseHead head, long inferred) {
    declared = head.contentLength();
    // RFC 9110, 8.6: do not invent a Content-Length for a response without content.
    if (declared < 0 && !head.isBodiless()) {
      declared = inferred;
    }
  }

  /** Returns the declared length, or -1. */
  long declared() {
    return declared;
  }

  /** Returns how many octets the application has produced, including any excess. */
  long produced() {
    return produced;
  }

  /** Returns how many of the next octets are within the declared length. */
  long within(long count) {
    return declared < 0 ? count : Math.min(count, Math.max(0, declared - produced));
  }

  /** Counts octets that the application has produced. */
  void add(long count) {
    produced += count;
  }

  /** Returns true if nothing more may follow. */
  boolean isReached() {
    return declared >= 0 && produced >= declared;
  }

  /** Returns true if this many octets, with none before them, complete the body. */
  boolean isAll(long count) {
    return produced == 0 && declared <= count;
  }

  /** Returns the rule that the finished body breaks, or null. */
  Rule brokenBy(ResponseHead head) {
    if (declared < 0 || produced == declared) {
      return null;
    }
    // If Isthmus inferred the length, the message must not tell the application to correct it.
    boolean own = head.contentLength() >= 0;
    if (produced < declared) {
      return own ? Rule.BODY_SHORT : Rule.FILE_SHRANK;
    }
    return own ? Rule.BODY_LONG : Rule.RESULT_LENGTH;
  }
}
