// The outgoing response: head first, then counted octets, each block when it is due.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Sends a {@link ResponseHead} and the octets after it (PEP 3333, "Buffering and Streaming").
 *
 * <p>States: no head, head kept, head out. The head goes out with the first non-empty block or at
 * the end; until then it can be replaced.
 *
 * <p><b>Threading.</b> One thread at a time, like its exchange; once that has ended, a thread gets
 * an exception.
 */
public final class ResponseBody {
  private static final String[] NONE = {};

  /** Heads that no container refuses: Tomcat and Jetty have room for 8 KiB, and add some. */
  private static final int SMALL_HEAD = 4 * 1024;

  private final Exchange exchange;
  private final RequestTimes times;
  private ResponseHead head;
  private OutputStream stream;
  private final ContentLength length = new ContentLength();
  private StringOctets strings; // null until a block is large
  private ErrorPage errorPage; // null: there is none
  private String forward; // the path; null if this request is not forwarded
  private boolean headOut;
  private boolean suppressed;
  private boolean refused;
  private boolean late;
  private long transferring;

  ResponseBody(Exchange exchange) {
    this.exchange = exchange;
    this.times = exchange.times();
  }

  /** Keeps a head until it is due, replacing an earlier one. */
  public void setHead(ResponseHead newHead) {
    requireLive();
    head = newHead;
  }

  /**
   * Keeps Content-Length from the container, which would end the response with the last octet
   * (Servlet 5.7): it stores a session later. It may add a length to what fits into its buffer.
   */
  public void endWithRequest() {
    late = true;
  }

  /** Returns true if start_response has been called, or the request is forwarded. */
  public boolean hasHead() {
    return head != null || forward != null;
  }

  /**
   * Lets the request be forwarded once the application has returned. What it sends from now on is
   * dropped; a head that it has given is the target's to change (Servlet 5.0, 9.4).
   *
   * @param path in the web application
   */
  public void forwardTo(String path) {
    requireLive();
    if (headOut || exchange.response().isCommitted()) {
      throw new WsgiException(Rule.FORWARD_TOO_LATE, SafeText.quoted(path));
    }
    forward = path;
  }

  /** Lets the web application's error page answer if this status goes out without a body. */
  public void offerErrorPage(int status, String message) {
    errorPage = new ErrorPage(status, message);
  }

  /** Returns the path to forward the request to, or null. */
  String forward() {
    return forward;
  }

  void cancelForward() {
    forward = null;
  }

  /** Returns the application's head, or null. */
  ResponseHead head() {
    return head;
  }

  /** Returns true once the head is out and cannot be replaced. */
  public boolean isHeadOut() {
    return headOut;
  }

  /** Returns true if no body is sent: HEAD, 204, 304 (RFC 9110, 9.3.2 and 6.4.1). */
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
    if (octets.isEmpty() || forward != null) {
      return forward == null;
    }
    enter();
    long began = times.now();
    try {
      return handOver(octets, inferredLength, began);
    } finally {
      times.addWriting(began);
      exchange.release();
    }
  }

  /**
   * Sends a complete list of native strings, and finishes. They are timed as one: reading the clock
   * takes as long as a short block.
   *
   * @param inferredLength of all together: Content-Length to send if the application gave none
   */
  public void writeAll(String[] blocks, long inferredLength) throws IOException {
    requireLive();
    long began = times.now();
    try {
      for (String block : forward == null ? blocks : NONE) {
        if (!block.isEmpty() && (!handOver(block, inferredLength, began) || suppressed)) {
          break;
        }
      }
    } finally {
      times.addWriting(began);
    }
    finish();
  }

  /** Sends one block of octets, like {@link #write(String, long)}. */
  public boolean write(byte[] octets, int offset, int count, long inferredLength)
      throws IOException {
    requireLive();
    if (count == 0 || forward != null) {
      return forward == null;
    }
    enter();
    long began = times.now();
    try {
      exchange.leaveApp();
      int within = admitted(count, inferredLength, began);
      if (within > 0 && !suppressed) {
        stream().write(octets, offset, within);
      }
      return within == count;
    } catch (IOException | RuntimeException e) {
      throw exchange.client().failed(e);
    } finally {
      exchange.enterApp();
      times.addWriting(began);
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
  private int admitted(int count, long inferredLength, long now) throws IOException {
    if (!headOut) {
      sendHead(inferredLength, now);
    }
    int within = (int) length.within(count);
    length.add(count);
    return within;
  }

  /** Flushes everything that was written, unless the end of the response has to wait. */
  public void flush() throws IOException {
    if (suppressed || forward != null || (late && length.isReached())) {
      return;
    }
    enter();
    long began = times.now();
    try {
      exchange.leaveApp();
      stream().flush();
    } catch (IOException | RuntimeException e) {
      throw exchange.client().failed(e);
    } finally {
      exchange.enterApp();
      exchange.release();
    }
    times.addWriting(began);
  }

  /** Returns how many octets of body the application produced. */
  public long produced() {
    return length.produced();
  }

  /** Sends the head if no block has done so, and checks the length of what was sent. */
  public void finish() throws IOException {
    if (forward != null) {
      return;
    }
    exchange.leaveApp();
    try {
      if (!headOut && errorPage != null && errorPage.isOf(head)) {
        headOut = true;
        errorPage.send(exchange.response(), head);
        return;
      }
      if (!headOut) {
        sendHead(isWithoutBody() ? -1 : 0, times.now());
      }
      if (suppressed && length.declared() < 0) {
        commit();
      }
      checkLength();
    } finally {
      exchange.enterApp();
    }
  }

  private void checkLength() throws IOException {
    // An application that stops because its client has gone is excused from Content-Length.
    boolean counts = !suppressed && !exchange.isClientGone();
    Rule broken = counts ? length.brokenBy(head) : null;
    if (broken != null) {
      exchange.warn(broken, length.declared(), length.produced());
      if (length.produced() < length.declared()) {
        throw ErrorResponse.aborted(exchange);
      }
    }
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
   * @param count how many octets there are to send
   * @return how many of them may be sent: none of a suppressed body, none beyond Content-Length
   */
  long beginTransfer(long count) throws IOException {
    transferring = times.now();
    if (forward != null) {
      return 0;
    }
    if (!headOut) {
      sendHead(count, transferring);
    }
    return suppressed ? 0 : length.within(count);
  }

  /** Returns true if these octets are a response of known length, none of it on the wire yet. */
  boolean isAll(long count) {
    return length.isAll(count) && !late && !exchange.response().isCommitted();
  }

  /** Counts the octets of a transfer, and finishes. */
  void endTransfer(long count) throws IOException {
    length.add(count);
    times.addWriting(transferring);
    finish();
  }

  /** Jetty treats a body that was never written as an empty one, and would declare its length. */
  private void commit() throws IOException {
    try {
      exchange.response().flushBuffer();
    } catch (IOException | RuntimeException e) {
      throw exchange.client().failed(e);
    }
  }

  OutputStream stream() throws IOException {
    if (stream == null) {
      stream = WriterStream.open(exchange.response());
    }
    return stream;
  }

  private void sendHead(long inferredLength, long now) throws IOException {
    if (head == null) {
      throw new WsgiException(Rule.START_RESPONSE_MISSING);
    }
    HttpServletResponse response = exchange.response();
    suppressed = isWithoutBody();
    length.declare(head, inferredLength);
    head.apply(response, late && !suppressed ? -1 : length.declared());
    headOut = true;
    times.headOut(now);
    if (head.octets() > SMALL_HEAD) {
      sendLargeHead(response);
    }
  }

  /** Sends a large head at once, to tell the container's refusal from a closed connection. */
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

  boolean isRefused() {
    return refused;
  }

  private void send(String octets, int count) throws IOException {
    if (count == 0) {
      return;
    }
    try {
      if (count <= StringOctets.SMALL) {
        StringOctets.writeSmall(stream(), octets, count);
      } else {
        strings = strings == null ? new StringOctets() : strings;
        strings.write(stream(), octets, count);
      }
    } catch (IOException | RuntimeException e) {
      throw exchange.client().failed(e);
    }
  }
}
