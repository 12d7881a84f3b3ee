// The outgoing response: head first, then counted octets, each block when it is due.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Sends a {@link ResponseHead} and the octets after it (PEP 3333, "Handling the Content-Length
 * Header" and "Buffering and Streaming").
 *
 * <p>States: no head, head kept, head out. The head goes out with the first non-empty block or at
 * the end; until then it can be replaced.
 *
 * <p><b>Threading.</b> One thread at a time, like its exchange; after the end, a thread gets an
 * exception.
 */
public final class ResponseBody {
  private static final int LARGEST_COPY = 64 * 1024;

  /** Heads that no container refuses: Tomcat and Jetty have room for 8 KiB, and add some. */
  private static final int SMALL_HEAD = 4 * 1024;

  private final Exchange exchange;
  private ResponseHead head;
  private OutputStream stream;
  private byte[] copy;
  private boolean headOut;
  private boolean suppressed;
  private boolean refused;
  private boolean late;
  private long declared = -1;
  private long produced;
  private long firstByte;
  private long writing;
  private long transferring;

  ResponseBody(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Keeps a head until it is due, replacing an earlier one. */
  public void setHead(ResponseHead newHead) {
    requireLive();
    head = newHead;
  }

  /**
   * Lets the client see the end of the response only after the servlet has returned. If the head is
   * out, this comes too late.
   *
   * <p>A container replicates or stores a session after that. But it sends the last octets as soon
   * as all of Content-Length is written (Servlet 5.7), so it is not given the length. It adds one
   * itself to what fits into its buffer.
   */
  public void endWithRequest() {
    late = true;
  }

  /** Returns true once start_response has been called. */
  public boolean hasHead() {
    return head != null;
  }

  /** Returns true once the head is out and cannot be replaced. */
  public boolean isHeadOut() {
    return headOut;
  }

  /**
   * Returns true if this response's body is not sent: HEAD, 204 and 304 (RFC 9110, 9.3.2 and
   * 6.4.1).
   */
  public boolean isSuppressed() {
    return suppressed || (head != null && isWithoutBody());
  }

  private boolean isWithoutBody() {
    return head.isBodiless() || exchange.request().getMethod().equals("HEAD");
  }

  /**
   * Sends one block, after the head if that is not out yet.
   *
   * @param octets a native string; an empty one does nothing
   * @param inferredLength Content-Length to send if the application gave none, or -1
   * @return false if the application produced more than it declared; the excess is cut off
   */
  public boolean write(String octets, long inferredLength) throws IOException {
    requireLive();
    if (octets.isEmpty()) {
      return true;
    }
    enter();
    long began = exchange.tick();
    try {
      return handOver(octets, inferredLength, began);
    } finally {
      writing += exchange.tick() - began;
      exchange.release();
    }
  }

  /**
   * Sends a complete list of blocks, and finishes. They are timed as one: reading the clock takes
   * as long as a short block.
   *
   * @param blocks native strings
   * @param length of all together: Content-Length to send if the application gave none
   */
  public void writeAll(String[] blocks, long length) throws IOException {
    requireLive();
    long began = exchange.tick();
    try {
      for (String block : blocks) {
        if (!block.isEmpty() && (!handOver(block, length, began) || suppressed)) {
          break;
        }
      }
    } finally {
      writing += exchange.tick() - began;
    }
    finish();
  }

  /**
   * Sends one block of octets, like {@link #write(String, long)}.
   *
   * @return false if the application produced more than it declared; the excess is cut off
   */
  public boolean write(byte[] octets, int offset, int length, long inferredLength)
      throws IOException {
    requireLive();
    if (length == 0) {
      return true;
    }
    enter();
    long began = exchange.tick();
    try {
      exchange.leaveApp();
      int within = admitted(length, inferredLength, began);
      if (within > 0 && !suppressed) {
        stream().write(octets, offset, within);
      }
      return within == length;
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    } finally {
      exchange.enterApp();
      writing += exchange.tick() - began;
      exchange.release();
    }
  }

  private boolean handOver(String octets, long inferredLength, long now) throws IOException {
    exchange.leaveApp();
    try {
      int within = admitted(octets.length(), inferredLength, now);
      if (!suppressed) {
        send(octets, within);
      }
      return within == octets.length();
    } finally {
      exchange.enterApp();
    }
  }

  /** Sends the head before the first octets; returns how many are within Content-Length. */
  private int admitted(int length, long inferredLength, long now) throws IOException {
    if (!headOut) {
      sendHead(inferredLength, now);
    }
    long room = declared < 0 ? Long.MAX_VALUE : Math.max(0, declared - produced);
    produced += length;
    return (int) Math.min(length, room);
  }

  /** Puts everything that was written on the wire now, unless its end is to wait. */
  public void flush() throws IOException {
    if (suppressed || (late && declared >= 0 && produced >= declared)) {
      return;
    }
    enter();
    long began = exchange.tick();
    try {
      exchange.leaveApp();
      stream().flush();
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    } finally {
      exchange.enterApp();
      exchange.release();
    }
    writing += exchange.tick() - began;
  }

  /** Returns when the head went out, as System.nanoTime; 0 if it did not or nothing is timed. */
  public long firstByte() {
    return firstByte;
  }

  /** Returns how many nanoseconds were spent passing octets to the container. */
  public long writing() {
    return writing;
  }

  /** Returns how many octets of body the application produced. */
  public long produced() {
    return produced;
  }

  /** Sends the head if no block has done so, and checks the length of what was sent. */
  public void finish() throws IOException {
    exchange.leaveApp();
    try {
      if (!headOut) {
        sendHead(isWithoutBody() ? -1 : 0, exchange.tick());
      }
      if (suppressed && declared < 0) {
        commit();
      }
      checkLength();
    } finally {
      exchange.enterApp();
    }
  }

  private void checkLength() throws IOException {
    // An application that stops because its client has gone is excused from Content-Length.
    boolean counts = !suppressed && declared >= 0 && !exchange.isClientGone();
    if (counts && produced != declared) {
      Rule rule = brokenRule();
      exchange.warn(rule, declared, produced);
      if (produced < declared) {
        throw ErrorResponse.aborted(exchange);
      }
    }
  }

  /** If Isthmus inferred the length, the message must not tell the application to correct it. */
  private Rule brokenRule() {
    boolean own = head.contentLength() >= 0;
    if (produced < declared) {
      return own ? Rule.BODY_SHORT : Rule.FILE_SHRANK;
    }
    return own ? Rule.BODY_LONG : Rule.RESULT_LENGTH;
  }

  /** Ends the exchange for an engine that keeps nothing of the request. */
  public void end() {
    exchange.giveBack(false);
  }

  /** A thread that the application has left behind has no response to write into. */
  private void requireLive() {
    if (exchange.isEnded()) {
      throw new WsgiException(Rule.RESPONSE_ENDED);
    }
  }

  private void enter() {
    if (!exchange.acquire()) {
      throw new WsgiException(Rule.RESPONSE_ENDED);
    }
  }

  /**
   * Sends the head, unless it is out, before octets that do not come through {@link #write}.
   *
   * @param length how many octets there are to send
   * @return how many of them may be sent: none of a suppressed body, none beyond Content-Length
   */
  long beginTransfer(long length) throws IOException {
    transferring = exchange.tick();
    if (!headOut) {
      sendHead(length, transferring);
    }
    if (suppressed) {
      return 0;
    }
    return declared < 0 ? length : Math.min(length, Math.max(0, declared - produced));
  }

  /**
   * Returns true if this many octets are a whole response, none of which is on the wire yet, and
   * which the container knows the length of.
   */
  boolean isAll(long length) {
    return produced == 0 && declared <= length && !late && !exchange.response().isCommitted();
  }

  /** Counts the octets of a transfer, and finishes. */
  void endTransfer(long length) throws IOException {
    produced += length;
    writing += exchange.tick() - transferring;
    finish();
  }

  /** Jetty treats a body that was never written as an empty one, and would declare its length. */
  private void commit() throws IOException {
    try {
      exchange.response().flushBuffer();
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  /** Returns what to throw where the container has not taken what it was given. */
  private IOException failed(Exception cause) throws IOException {
    if (cause instanceof WsgiException) {
      throw (WsgiException) cause;
    }
    return exchange.client().gone(cause);
  }

  OutputStream stream() throws IOException {
    if (stream == null) {
      stream = open(exchange.response());
    }
    return stream;
  }

  private static OutputStream open(HttpServletResponse response) throws IOException {
    try {
      return response.getOutputStream();
    } catch (IllegalStateException e) {
      return new WriterStream(response.getWriter(), response.getCharacterEncoding());
    }
  }

  private void sendHead(long inferredLength, long now) throws IOException {
    if (head == null) {
      throw new WsgiException(Rule.START_RESPONSE_MISSING);
    }
    HttpServletResponse response = exchange.response();
    suppressed = isWithoutBody();
    declared = head.contentLength();
    // RFC 9110, 8.6: do not invent a Content-Length for a response without content.
    if (declared < 0 && !head.isBodiless()) {
      declared = inferredLength;
    }
    // A response without a body has ended with its head, whatever its length.
    late &= !suppressed;
    head.apply(response, late ? -1 : declared);
    headOut = true;
    firstByte = now;
    if (head.octets() > SMALL_HEAD) {
      sendLargeHead(response);
    }
  }

  /** Sends a large head at once: if the container refuses it, that differs from a lost client. */
  private void sendLargeHead(HttpServletResponse response) throws IOException {
    try {
      response.flushBuffer();
    } catch (IOException | RuntimeException e) {
      if (BodyBroken.of(e) instanceof ClientGone) {
        throw exchange.client().gone(e);
      }
      headOut = false;
      refused = true;
      if (!response.isCommitted()) {
        response.reset();
      }
      throw new WsgiException(e, Rule.HEAD_REFUSED, head.octets(), head.fields(), e);
    }
  }

  /** Returns true if the container has not taken the head. */
  boolean isRefused() {
    return refused;
  }

  private void send(String octets, int length) throws IOException {
    if (length == 0) {
      return;
    }
    try {
      OutputStream out = stream();
      if (length <= 1024) {
        out.write(octets.getBytes(StandardCharsets.ISO_8859_1), 0, length);
      } else {
        sendCopied(out, octets, length);
      }
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  /** One buffer for all blocks: a fresh array per block costs a fifth of a long stream's time. */
  @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int): exactly the octets, no coder
  private void sendCopied(OutputStream out, String octets, int length) throws IOException {
    if (copy == null || copy.length < Math.min(length, LARGEST_COPY)) {
      copy = new byte[Math.min(length, LARGEST_COPY)];
    }
    for (int from = 0; from < length; from += copy.length) {
      int count = Math.min(copy.length, length - from);
      octets.getBytes(from, from + count, copy, 0);
      out.write(copy, 0, count);
    }
  }
}
