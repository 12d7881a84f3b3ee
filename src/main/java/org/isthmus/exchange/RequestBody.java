// The request's body as octets, read from the client only when the application asks.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * What {@code wsgi.input} reads (PEP 3333, "Input and Error Streams").
 *
 * <p>The container's stream is opened at the first read and not before: that is when a container
 * answers {@code Expect: 100-continue} (RFC 9110, 10.1.1). No read goes past Content-Length, and a
 * read at the end returns at once.
 *
 * <p><b>Threading.</b> One thread at a time, like its exchange.
 */
public final class RequestBody {
  private static final int BLOCK = 8 * 1024;
  private static final int LARGEST_BLOCK = 64 * 1024;

  private final Exchange exchange;
  private InputStream stream;
  private long remaining; // of Content-Length; -1 if only the stream knows its end
  private long received;
  private byte[] block = new byte[0]; // read ahead: next to limit
  private int next;
  private int limit;
  private boolean atEnd;

  RequestBody(Exchange exchange) {
    this.exchange = exchange;
    this.remaining = exchange.isEnded() ? 0 : exchange.request().getContentLengthLong();
    this.atEnd = remaining == 0;
  }

  /**
   * Reads up to {@code size} octets, fewer only at the end; everything left if negative.
   *
   * @return the empty string at the end
   */
  public String read(long size) throws IOException {
    requireLive();
    try {
      return readUpTo(size);
    } finally {
      exchange.release();
    }
  }

  /** Throws if the container has taken its stream back: no later read may reach it. */
  private void requireLive() {
    if (!exchange.acquire()) {
      throw new WsgiException(Rule.INPUT_ENDED);
    }
  }

  private String readUpTo(long size) throws IOException {
    long wanted = size < 0 ? Long.MAX_VALUE : size;
    String first = readBlock(wanted);
    if (first.length() == wanted || isAtEnd()) {
      return first;
    }
    // Content-Length is only a claim: memory is allocated as octets arrive, not as announced.
    StringBuilder all = new StringBuilder(first);
    while (all.length() < wanted && !isAtEnd()) {
      all.append(readBlock(wanted - all.length()));
    }
    return all.toString();
  }

  /** Reads up to {@code size} octets, or a full block, fewer only at the end. */
  private String readBlock(long size) throws IOException {
    int wanted = (int) Math.min(size, LARGEST_BLOCK);
    boolean more = true;
    while (more && limit - next < wanted) {
      more = fill(wanted);
    }
    return taken(Math.min(wanted, limit - next));
  }

  private boolean isAtEnd() {
    return atEnd && next == limit;
  }

  /**
   * Reads one line with its line break, at most {@code size} octets of it; no limit if negative.
   *
   * @return the empty string at the end
   */
  public String readLine(long size) throws IOException {
    requireLive();
    try {
      return readLineUpTo(size);
    } finally {
      exchange.release();
    }
  }

  private String readLineUpTo(long size) throws IOException {
    long max = size < 0 ? Long.MAX_VALUE : size;
    StringBuilder line = new StringBuilder();
    while (line.length() < max && (next < limit || fill(BLOCK))) {
      int length = (int) Math.min(limit - next, max - line.length());
      int end = next;
      while (end < next + length && block[end] != '\n') {
        end++;
      }
      boolean ended = end < next + length;
      line.append(taken(end - next + (ended ? 1 : 0)));
      if (ended) {
        break;
      }
    }
    return line.toString();
  }

  private String taken(int length) {
    String octets = new String(block, next, length, StandardCharsets.ISO_8859_1);
    next += length;
    return octets;
  }

  /**
   * Reads the octets that have arrived into an array, and waits for the first one.
   *
   * @return how many octets were read; 0 at the end
   */
  public int read(byte[] into, int offset, int max) throws IOException {
    requireLive();
    try {
      int count = Math.min(max, limit - next);
      if (count > 0) {
        System.arraycopy(block, next, into, offset, count);
        next += count;
        return count;
      }
      return atEnd || max == 0 ? 0 : Math.max(0, receiveInto(into, offset, max));
    } finally {
      exchange.release();
    }
  }

  /**
   * Reads the whole body ahead, unless it is longer than a number of octets.
   *
   * @return the length of the whole body; -1 if it is longer
   */
  long hold(long max) throws IOException {
    while (!atEnd && received <= max) {
      fill(Math.max(BLOCK, 2 * (limit - next)));
    }
    return atEnd && received <= max ? Math.max(0, received) : -1;
  }

  /** Returns true if nothing has been read, so that Java code still can read it. */
  public boolean isUntouched() {
    return stream == null;
  }

  /** Returns true if nothing is left to read, as far as can be known without waiting. */
  public boolean isRead() {
    return isAtEnd();
  }

  /** Reads ahead from the client, with room for {@code wanted} octets in all; false at the end. */
  private boolean fill(int wanted) throws IOException {
    if (atEnd) {
      return false;
    }
    makeRoom(wanted);
    int count = receiveInto(block, limit, block.length - limit);
    limit += Math.max(0, count);
    return count >= 0;
  }

  /** Returns how many octets arrived, none past Content-Length; -1 at the end. */
  private int receiveInto(byte[] target, int at, int room) throws IOException {
    if (stream == null) {
      stream = open();
    }
    int max = remaining < 0 ? room : (int) Math.min(room, remaining);
    int count = receive(target, at, max);
    if (count < 0 && received == 0 && rebuild()) {
      return receiveInto(target, at, room);
    }
    if (count < 0) {
      atEnd = true;
      if (remaining > 0) {
        throw exchange.client().unreadable(new EOFException(remaining + " bytes are missing"));
      }
      return -1;
    }
    received += count;
    if (remaining > 0) {
      remaining -= count;
      atEnd = remaining == 0;
    }
    exchange.requireBodyWithin(received);
    return count;
  }

  /** Moves what has been read ahead to the front of a large enough block. */
  private void makeRoom(int wanted) {
    byte[] old = block;
    if (block.length < wanted) {
      block = new byte[Math.max(BLOCK, wanted)];
    }
    if (block != old || next > 0) {
      System.arraycopy(old, next, block, 0, limit - next);
      limit -= next;
      next = 0;
    }
  }

  private int receive(byte[] target, int at, int max) throws IOException {
    exchange.leaveApp();
    long began = exchange.times().now();
    try {
      int count;
      do {
        count = stream.read(target, at, max);
      } while (count == 0);
      exchange.times().addReading(began);
      return count;
    } catch (IOException | RuntimeException e) {
      // RuntimeException: Jetty's BadMessageException, for a malformed chunk.
      throw exchange.client().unreadable(e);
    } finally {
      exchange.enterApp();
    }
  }

  private InputStream open() throws IOException {
    try {
      return exchange.request().getInputStream();
    } catch (IllegalStateException e) {
      // Java code has called getReader; the rest of the body is unreachable (Servlet 5.0, 3.11).
      return InputStream.nullInputStream();
    }
  }

  /** Replaces the body with the form that Java code has already read and parsed. */
  private boolean rebuild() {
    HttpServletRequest request = exchange.request();
    boolean announced = remaining > 0;
    String form = FormBody.rebuilt(request, exchange.target().queryString());
    if (form == null || form.isEmpty()) {
      if (announced) {
        exchange.warn(Rule.BODY_CONSUMED, exchange.summary());
        remaining = 0;
        atEnd = true;
      }
      received = -1;
      stream = InputStream.nullInputStream();
      return false;
    }
    exchange.warn(Rule.BODY_REBUILT, exchange.summary());
    byte[] octets = form.getBytes(StandardCharsets.ISO_8859_1);
    if (announced) {
      // Encoded as briefly as possible, so never longer. Padded with "&", which separates nothing,
      // to the announced length, which the application may have read from environ.
      int length = octets.length;
      octets = Arrays.copyOf(octets, (int) Math.max(remaining, length));
      Arrays.fill(octets, length, octets.length, (byte) '&');
      remaining = octets.length;
    }
    stream = new ByteArrayInputStream(octets);
    return true;
  }
}
