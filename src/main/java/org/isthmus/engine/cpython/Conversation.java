// One request with a worker: passes its response to the client, and answers its questions.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.BiConsumer;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Failures;
import org.isthmus.exchange.FileTransfer;
import org.isthmus.exchange.RequestBody;
import org.isthmus.exchange.ResponseBody;
import org.isthmus.exchange.ResponseHead;

/**
 * Follows the frames of one response. The exchange alone decides what HTTP allows.
 *
 * <p>It is complete with a frame after which the worker no longer uses the slot. If it ends before
 * that, the slot is lost ({@link #progress}).
 */
final class Conversation {
  /** Of such a block, containers send a part at once: their buffers have 8 to 32 KiB. */
  private static final int LARGE = 32 * 1024;

  private static final byte[] YES = {};
  private static final byte[] NO = "FILE\0".getBytes(StandardCharsets.UTF_8);

  private final Slot slot;
  private final Exchange exchange;
  private final ResponseBody body;
  private final Failures failures;
  private final boolean bodiless;
  private long inferred = -1;
  private ServiceAnswers services; // null until there is a call
  private WorkerChain chain; // the same
  private List<?> asked; // by the worker of its chain, which does not know it yet
  private boolean asking; // the chain waits for that
  private boolean fileSent;
  private boolean begun; // there was a block
  private boolean flushDue; // before the worker is waited for
  private Progress progress = Progress.BEGUN;

  Conversation(Slot slot, Exchange exchange, Failures failures) {
    this.slot = slot;
    this.exchange = exchange;
    this.body = exchange.body();
    this.failures = failures;
    this.bodiless = exchange.request().getMethod().equals("HEAD");
  }

  /** Returns how far the worker is with the request. */
  Progress progress() {
    return progress;
  }

  /** Sends the request in {@link Slot#request}, and follows the response to its end. */
  void run() throws IOException {
    slot.sendRequest(
        (bodiless ? Frames.BODILESS : 0) | (exchange.chain() == null ? 0 : Frames.HAS_CHAIN));
    while (progress == Progress.BEGUN) {
      step();
    }
  }

  /**
   * Follows the response until the worker asks for the next part of a filter chain.
   *
   * @return what it says of the previous part
   */
  List<?> untilChain() throws IOException {
    asked = null;
    asking = true;
    while (asked == null) {
      if (progress != Progress.BEGUN) {
        throw new Enough(); // the application has ended in the middle of its call: greenlets can
      }
      step();
    }
    asking = false;
    return asked;
  }

  private void step() throws IOException {
    if (flushDue && !slot.hasNext()) {
      flush();
    }
    slot.next();
    if (flushDue && slot.kind() != Frames.BODY && slot.kind() != Frames.END) {
      flush(); // what follows may wait for the client, or be the end of a response that is cut
    }
    follow();
    slot.requireAllTaken();
  }

  private void follow() throws IOException {
    switch (slot.kind()) {
      case Frames.FULL:
        full();
        break;
      case Frames.HEAD:
        inferred = slot.takeLong();
        body.setHead(Heads.decoded(slot.takeRest()));
        break;
      case Frames.BODY:
        block();
        break;
      case Frames.WANT:
        give(slot.takeLong(), slot.flags());
        break;
      case Frames.CHECK:
        check(Unmarshal.list(slot.takeRest()));
        break;
      case Frames.WARN:
        failures.warn(exchange, rule(latin1(slot.takeRest())));
        break;
      case Frames.FILE:
        file(slot.takeLong(), slot.takeInt(), slot.takeRest());
        break;
      case Frames.CALL:
        call(slot.takeRest());
        break;
      case Frames.CHAIN:
        chain(Unmarshal.list(slot.takeRest()));
        break;
      case Frames.RETURNED:
        slot.returned();
        progress = Progress.RETURNED;
        break;
      case Frames.END:
        took();
        String trouble = new String(slot.takeRest(), StandardCharsets.UTF_8);
        progress = Progress.FINISHED;
        end(trouble);
        break;
      case Frames.FAILED:
        took();
        List<?> failure = Unmarshal.list(slot.takeRest());
        progress = Progress.FINISHED;
        fail(failure);
        break;
      default:
        throw new BadFrame("a frame of the unknown kind " + slot.kind());
    }
  }

  private void took() throws IOException {
    exchange.times().tookInWorker(1000 * (slot.takeInt() & 0xFFFFFFFFL));
  }

  /** Sends a complete response. Whatever happens to it here, all of its frame is read. */
  private void full() throws IOException {
    took();
    ResponseHead head = Heads.decoded(slot.take(slot.takeInt()));
    long length = slot.left();
    try {
      body.setHead(head);
      boolean wanted = true;
      while (slot.left() > 0) {
        int count = slot.available();
        // The array will be reused: the container copies the block, or sends it at once.
        if (wanted) {
          wanted = body.write(slot.array(), slot.position(), count, length);
          wanted &= !body.isSuppressed();
        }
        slot.advance(count);
      }
    } finally {
      progress = slot.left() == 0 ? Progress.FINISHED : Progress.BEGUN;
    }
    body.finish();
  }

  private void block() throws IOException {
    boolean large = slot.left() >= LARGE;
    boolean within = true;
    while (slot.left() > 0) {
      int count = slot.available();
      within &= body.write(slot.array(), slot.position(), count, inferred);
      slot.advance(count);
    }
    // If the worker knows that no body is sent (NO_BODY), it stops after the first block.
    boolean over = !within || (begun && body.isSuppressed());
    begun = true;
    if (over && !bodiless) {
      // The worker would continue; closing the slot tells it that the rest is not wanted.
      body.finish();
      throw new Enough();
    }
    flushDue |= (slot.flags() & Frames.FLUSH) != 0;
    if (flushDue && !large) {
      flush();
    }
  }

  /**
   * Puts on the wire what was sent so far. A large block whose successor is there already needs no
   * flush of its own: most of it is out, and nothing delays the rest (PEP 3333, "Buffering and
   * Streaming").
   */
  private void flush() throws IOException {
    flushDue = false;
    body.flush();
  }

  /** Ends a conversation whose response is complete, although the worker produces more. */
  static final class Enough extends IOException {
    Enough() {
      super("the response is complete");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  private void end(String trouble) throws IOException {
    try {
      if (!fileSent) {
        body.finish();
      }
    } finally {
      reportClose(trouble);
    }
  }

  private void fail(List<?> failure) throws IOException {
    String rule = Unmarshal.at(failure, 0, String.class);
    Object[] values = Unmarshal.at(failure, 1, List.class).toArray();
    String traceback = Unmarshal.at(failure, 2, String.class);
    String trouble = Unmarshal.at(failure, 3, String.class);
    try {
      failures.answer(
          exchange,
          rule.isEmpty()
              ? new Raised(traceback, exchange.lost())
              : new WsgiException(rule(rule), values));
    } finally {
      reportClose(trouble);
    }
  }

  private static Rule rule(String name) throws BadFrame {
    try {
      return Rule.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new BadFrame("a rule that there is not", e);
    }
  }

  /**
   * Reports a failure of a request whose client no longer waits.
   *
   * @param failure as in FAILED
   */
  static void reportLate(List<?> failure, BiConsumer<Rule, Throwable> log) {
    String rule = (String) failure.get(0);
    if (!rule.isEmpty()) {
      Rule broken = Rule.valueOf(rule);
      log.accept(broken, new WsgiException(broken, ((List<?>) failure.get(1)).toArray()));
    } else if (!((String) failure.get(2)).isEmpty()) {
      log.accept(Rule.APPLICATION_RAISED, new Raised((String) failure.get(2)));
    }
    if (!((String) failure.get(3)).isEmpty()) {
      log.accept(Rule.CLOSE_RAISED, new Raised((String) failure.get(3)));
    }
  }

  private void reportClose(String trouble) {
    if (!trouble.isEmpty()) {
      failures.report(exchange, Rule.CLOSE_RAISED, new Raised(trouble, exchange.lost()));
    }
  }

  private void check(List<?> parts) throws IOException {
    byte[] answer = YES;
    int flags = 0;
    try {
      flags = Heads.checked(parts).isBodiless() ? Frames.NO_BODY : 0;
    } catch (WsgiException e) {
      answer = encoded(e);
    }
    slot.send(Frames.VERDICT, flags, answer);
  }

  private void call(byte[] call) throws IOException {
    if (services == null) {
      services = new ServiceAnswers(slot, exchange);
    }
    services.answer(call);
  }

  private void chain(List<?> asks) throws IOException {
    if (chain == null) {
      chain = new WorkerChain(slot, exchange, this);
      chain.run(asks);
    } else if (asking) {
      asked = asks;
    } else {
      throw new BadFrame("CHAIN after the end of its filter chain");
    }
  }

  static byte[] encoded(WsgiException e) {
    return (e.rule().name() + "\0" + e.getMessage()).getBytes(StandardCharsets.UTF_8);
  }

  private static String latin1(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /**
   * Sends the worker the part of the request's body that it asks for.
   *
   * @param size the max number of octets; all if negative, whatever has arrived if 0
   * @param flags of WANT
   */
  private void give(long size, int flags) throws IOException {
    boolean exact = (flags & Frames.EXACT) != 0;
    boolean wide = (flags & Frames.WIDE) != 0;
    int largest = wide ? Frames.LARGEST_WIDE_DATA : Frames.LARGEST_DATA;
    byte[] block = slot.block(largest);
    int room = largest - Frames.HEADER;
    RequestBody input = exchange.input();
    long missing = size < 0 ? Long.MAX_VALUE : size == 0 ? room : size;
    boolean last = false;
    while (!last) {
      int max = (int) Math.min(room, missing);
      int count = 0;
      boolean atEnd = false;
      try {
        do {
          int more = input.read(block, Frames.HEADER + count, max - count);
          count += more;
          atEnd = more == 0 || input.isRead();
        } while (exact && !atEnd && count < max);
      } catch (WsgiException e) {
        slot.send(Frames.ABORT, 0, encoded(e));
        return;
      } catch (IOException e) {
        slot.send(Frames.ABORT, 0, ("\0" + e.getMessage()).getBytes(StandardCharsets.UTF_8));
        return;
      }
      missing -= count;
      last = atEnd || !exact || missing == 0;
      slot.sendData(count, (last ? Frames.LAST : 0) | (atEnd ? Frames.AT_END : 0));
    }
  }

  /**
   * Sends a file that the worker has opened, with the worker's permissions.
   *
   * @param position the first octet to send
   * @param descriptor the file's descriptor in the worker
   * @param name the file's path if it stays there; empty otherwise
   */
  private void file(long position, int descriptor, byte[] name) throws IOException {
    Path opened = Path.of("/proc", Long.toString(slot.worker.pid()), "fd", "" + descriptor);
    try (FileChannel channel = FileChannel.open(opened, StandardOpenOption.READ)) {
      Path path = name.length == 0 ? null : named(name, opened);
      channel.position(position);
      fileSent = true;
      // The worker may now close its file and take the next request: ours stays open.
      slot.send(Frames.VERDICT, 0, YES);
      if (!FileTransfer.send(exchange, path, channel, position)) {
        FileTransfer.stream(exchange, channel);
      }
    } catch (java.nio.file.FileSystemException e) {
      if (fileSent) {
        throw e;
      }
      slot.send(Frames.VERDICT, 0, NO);
    }
  }

  /** Returns a file's path; null if that leads elsewhere, or the JVM's locale cannot express it. */
  private static Path named(byte[] name, Path opened) {
    try {
      Path named = Path.of(new String(name, StandardCharsets.UTF_8));
      return Files.isSameFile(named, opened) ? named : null;
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return null;
    }
  }
}
