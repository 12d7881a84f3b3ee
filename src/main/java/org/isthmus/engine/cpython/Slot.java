// The two pipes of one request at a time: frames from the worker, and frames to it.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.isthmus.exchange.Exchange;

/**
 * What one request has to itself in a worker.
 *
 * <p><b>Threading.</b> Used by the request's thread; any other thread may call {@link #end} or,
 * after {@link #giveUp}, {@link #wake}, which wake it. {@link SlotPool} alone calls giveUp and
 * {@link #use}, under its lock: so it gives up no other request than the one that was meant.
 */
final class Slot implements AutoCloseable {
  /** Two blocks of 64 KiB at once: fewer system calls, and not all of the processor's cache. */
  private static final int LARGEST_READ = 128 * 1024;

  final WorkerProcess worker;
  final int number;
  private final Path directory;
  private final Pipe answers;
  private final Pipe data;
  private final Marshal request = new Marshal(2048);
  private volatile Exchange exchange;

  private int count; // of the requests sent, modulo 256
  private byte[] buffer = new byte[8192];
  private int from;
  private int to;
  private int kind;
  private int flags;
  private int left; // of the payload
  private byte[] block; // for DATA, with room for a header

  private volatile boolean ending; // a meaningless octet is on its way, to wake the reader
  private volatile boolean woken; // that octet has arrived
  private volatile boolean abandoned;
  private volatile boolean readerless; // the worker has ended
  private volatile int writing; // the number of the current write to the worker, or 0
  private int writes;
  private boolean ended; // nothing will follow what is in the buffer

  Slot(WorkerProcess worker, int number, Path directory) throws IOException {
    this.worker = worker;
    this.number = number;
    this.directory = directory;
    this.answers = new Pipe(directory.resolve("p" + number));
    Pipe opened = null;
    try {
      opened = new Pipe(directory.resolve("d" + number));
    } finally {
      if (opened == null) {
        answers.close();
      }
    }
    this.data = opened;
  }

  /** Returns the exchange that uses this slot, or null; any thread may call this. */
  Exchange exchange() {
    return exchange;
  }

  /** Takes the slot for an exchange, or gives it back. */
  void use(Exchange by) {
    exchange = by;
  }

  /** Returns the buffer for a request, with room for a frame's header. */
  Marshal request() {
    request.reset(Frames.HEADER);
    return request;
  }

  /** Sends what is in the buffer for a request, with flags of REQUEST. */
  void sendRequest(int requestFlags) throws IOException {
    count = (count + 1) & 0xFF;
    from = 0;
    to = 0;
    byte[] octets = request.array();
    Frames.header(octets, request.size(), number, Frames.REQUEST, requestFlags);
    if (request.size() <= Frames.ATOMIC) {
      write(worker.queue(), octets, request.size());
      return;
    }
    byte[] big = new byte[Frames.HEADER];
    Frames.header(big, big.length, number, Frames.BIG_REQUEST, requestFlags);
    write(worker.queue(), big, big.length);
    write(data, octets, request.size());
  }

  /** Records that the worker has returned the last request without having begun with it. */
  void returned() {
    count = (count - 1) & 0xFF;
  }

  /** Returns false if the worker, which has ended, certainly did not begin with the request. */
  boolean mayHaveBegun() {
    return worker.begun(number) != ((count - 1) & 0xFF);
  }

  /** Waits for the next frame, and reads its {@link #kind} and {@link #flags}. */
  void next() throws IOException {
    need(Frames.HEADER);
    left = Frames.length(number(buffer, from, 4), Integer.MAX_VALUE) - Frames.HEADER;
    kind = buffer[from + 6];
    flags = buffer[from + 7];
    from += Frames.HEADER;
  }

  /** Returns true if the next frame has begun to arrive: its rest needs no application. */
  boolean hasNext() throws IOException {
    return to - from >= Frames.HEADER || answers.available() >= Frames.HEADER;
  }

  int kind() {
    return kind;
  }

  int flags() {
    return flags;
  }

  /** Returns a number of the payload. */
  long takeLong() throws IOException {
    needPayload(8);
    long high = number(buffer, from, 4);
    long low = number(buffer, from + 4, 4) & 0xFFFFFFFFL;
    advance(8);
    return high << 32 | low;
  }

  /** Returns a number of the payload. */
  int takeInt() throws IOException {
    needPayload(4);
    int value = number(buffer, from, 4);
    advance(4);
    return value;
  }

  /** Returns the next octets of the payload, of which there must not be many. */
  byte[] take(int count) throws IOException {
    if (count < 0 || count > Math.min(left, Frames.LARGEST_WHOLE)) {
      throw new BadFrame(Integer.toUnsignedLong(count) + " octets in a frame of " + left);
    }
    byte[] taken = new byte[count];
    int have = Math.min(count, to - from);
    System.arraycopy(buffer, from, taken, 0, have);
    advance(have);
    while (have < count) {
      int more = Math.min(count - have, available());
      System.arraycopy(buffer, from, taken, have, more);
      advance(more);
      have += more;
    }
    return taken;
  }

  /** Returns the rest of the payload. */
  byte[] takeRest() throws IOException {
    return take(left);
  }

  /** Returns how many octets of the payload have not been read. */
  int left() {
    return left;
  }

  /**
   * Waits until part of the payload is in {@link #array}, from {@link #position} on.
   *
   * @return how many octets
   */
  int available() throws IOException {
    if (from == to) {
      from = 0;
      to = 0;
      if (left > buffer.length && buffer.length < LARGEST_READ) {
        buffer = new byte[LARGEST_READ];
      }
      while (from == to) {
        fill();
      }
    }
    return Math.min(left, to - from);
  }

  byte[] array() {
    return buffer;
  }

  int position() {
    return from;
  }

  /** Skips octets of the payload, which have been read. */
  void advance(int count) {
    from += count;
    left -= count;
  }

  /** Throws if the worker has sent more than belongs to a frame of this kind. */
  void requireAllTaken() throws BadFrame {
    if (left != 0) {
      throw new BadFrame(left + " octets too many in a frame of kind " + kind);
    }
  }

  private void needPayload(int count) throws IOException {
    if (count > left) {
      throw new BadFrame("a frame of kind " + kind + " that is too short");
    }
    need(count);
  }

  private void need(int count) throws IOException {
    while (to - from < count) {
      if (from > 0 && buffer.length - from < count) {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
      }
      fill();
    }
  }

  private void fill() throws IOException {
    if (ended || abandoned) {
      throw new SlotEnded();
    }
    if (from == to) {
      from = 0;
      to = 0;
    }
    to += answers.read(buffer, to, buffer.length - to);
    if (abandoned) {
      throw new SlotEnded();
    }
    if (ending) {
      settle();
    }
  }

  /**
   * Recognizes the octet that only wakes the reader. It is the last octet in the pipe; all before
   * it belong to a response. The waking thread may still be blocked in its write.
   */
  private void settle() throws IOException {
    while (!woken) {
      if (answers.available() > 0) {
        return;
      }
      Thread.onSpinWait();
    }
    if (answers.available() == 0) {
      to--;
      ended = true;
    }
  }

  /**
   * Returns an array for {@link #sendData}, with room for a header before the octets.
   *
   * @param size as much as the pipe for data has room for
   */
  byte[] block(int size) {
    if (block == null || block.length < size) {
      block = new byte[size];
    }
    return block;
  }

  /** Sends octets of a request's body that are in {@link #block}. */
  void sendData(int length, int dataFlags) throws IOException {
    Frames.header(block, Frames.HEADER + length, number, Frames.DATA, dataFlags);
    write(data, block, Frames.HEADER + length);
  }

  /** Answers a question of the worker. */
  void send(int answer, int answerFlags, byte[] payload) throws IOException {
    byte[] frame = new byte[Frames.HEADER + payload.length];
    Frames.header(frame, frame.length, number, answer, answerFlags);
    System.arraycopy(payload, 0, frame, Frames.HEADER, payload.length);
    write(data, frame, frame.length);
  }

  private void write(Pipe pipe, byte[] octets, int length) throws IOException {
    // Before the check, so that end() sees this, or this sees what end() has set.
    writes = writes % Integer.MAX_VALUE + 1;
    writing = writes;
    try {
      if (readerless) {
        throw new SlotEnded();
      }
      pipe.write(octets, 0, length);
    } finally {
      writing = 0;
    }
  }

  /** Returns true if the response is no longer wanted. */
  boolean isGivenUp() {
    return abandoned;
  }

  /** Wakes the thread that waits to read from, or write to, a worker that has ended. */
  void end() {
    readerless = true;
    wake(false);
    try {
      do {
        data.drain(); // whatever a pipe's capacity is, there is room for the rest
        worker.queue().drain();
        Thread.onSpinWait();
      } while (writing != 0);
    } catch (IOException e) {
      // The pipe has been closed: nobody waits.
    }
  }

  /** Records that the response is no longer wanted. The slot is not used again. */
  void giveUp() {
    abandoned = true;
  }

  /** Wakes the thread that waits for a response that is no longer wanted. */
  void wake() {
    wake(true);
  }

  /**
   * Returns the number of the frame that the request's thread is writing, or 0. Nothing wakes it
   * while the worker, which reads the other end, does not: to drain the pipe beside a reader might
   * take what the reader then waits for.
   */
  int writing() {
    return writing;
  }

  private synchronized void wake(boolean ifIdle) {
    if (ending) {
      return;
    }
    ending = true;
    try {
      // A waiting reader has nothing to read; and with a full pipe, we would wait for it.
      if (!ifIdle || answers.available() == 0) {
        answers.wake();
      }
    } catch (IOException e) {
      // The pipe has been closed: nobody waits.
    }
    woken = true;
  }

  /** Closes the pipes: a worker that still writes gets an error. */
  @Override
  public void close() {
    unblock();
    answers.close();
    data.close();
    for (String letter : Arrays.asList("p", "d")) {
      try {
        Files.deleteIfExists(directory.resolve(letter + number));
      } catch (IOException e) {
        // The directory is deleted together with the worker.
      }
    }
  }

  /** Makes room in the pipe, for which the thread that wakes us may be waiting. */
  private void unblock() {
    try {
      while (ending && !woken) {
        answers.drain();
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      // The pipe has been closed.
    }
  }

  private static int number(byte[] octets, int at, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | (octets[at + i] & 0xFF);
    }
    return value;
  }
}
