// isthmus.chain of a worker: runs the rest of a filter chain, and passes the worker its response.
package org.isthmus.engine.cpython;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;
import org.isthmus.services.ChainEnviron;
import org.isthmus.services.ChainRequest;
import org.isthmus.services.ChainResponse;
import org.isthmus.services.ChainSink;

/**
 * Answers each CHAIN of the worker with the next part of what filters and servlet do: a head, a
 * block, a read of the body, and at last their end.
 *
 * <p>All of it happens within the first CHAIN, on the request's thread, which a servlet may rely
 * on. While the worker uses a part, this thread is within the servlet's write or read, and answers
 * the worker's other frames there: so the block that the servlet writes may be on the wire when
 * that write returns.
 */
final class WorkerChain implements ChainSink {
  private static final System.Logger LOG = System.getLogger("org.isthmus.services");

  /** With its name, such a block fits into an empty pipe. */
  private static final int LARGEST_BLOCK = Frames.LARGEST_DATA - 64;

  private final Slot slot;
  private final Exchange exchange;
  private final Conversation conversation;
  private Throwable over; // why the worker is not to be asked any more
  private boolean raised; // Python has, and raises it again at the end

  WorkerChain(Slot slot, Exchange exchange, Conversation conversation) {
    this.slot = slot;
    this.exchange = exchange;
    this.conversation = conversation;
  }

  /**
   * Runs the chain.
   *
   * @param asked the first CHAIN: what environ shows Java, and whether wsgi.input is the
   *     container's (null if there is none)
   */
  @SuppressWarnings("unchecked")
  void run(List<?> asked) throws IOException {
    ChainRequest request =
        ChainEnviron.request(
            exchange, (Map<String, String>) (Map<?, ?>) Unmarshal.at(asked, 0, Map.class));
    if (hasInput(asked)) {
      request.setBody(max -> read(Math.min(max, LARGEST_BLOCK)));
    }
    ChainResponse response = new ChainResponse(exchange.request(), exchange.response(), this);
    byte[] left = {};
    Throwable failure = null;
    exchange.leaveApp(); // to Java
    WaitingWorker waiting = new WaitingWorker(exchange.request(), Rule.CHAIN_OF_WORKER);
    try {
      exchange.chain().doFilter(request, response.shown());
      left = response.finish();
    } catch (IOException | ServletException | RuntimeException | LinkageError e) {
      failure = e; // LinkageError: a class that the servlet needs is not there
    } finally {
      waiting.end();
      exchange.enterApp();
    }
    throwIfOver();
    over = new IOException("the rest of the filter chain has ended");
    if (raised) {
      raiseAgain();
    } else if (failure != null) {
      slot.send(Frames.RESULT, Frames.REFUSED, refusal(failure));
    } else {
      if (response.isError()) {
        exchange.body().offerErrorPage(response.getStatus(), response.errorMessage());
      }
      end(left);
    }
  }

  /** Returns true if environ has a wsgi.input that the container does not know. */
  private boolean hasInput(List<?> asked) throws BadFrame {
    if (asked.size() > 1 && asked.get(1) == null) {
      return false;
    }
    return !(Unmarshal.at(asked, 1, Boolean.class) && exchange.input().isUntouched());
  }

  private void raiseAgain() throws IOException {
    slot.send(Frames.RESULT, 0, Marshal.of(List.of("raise")));
  }

  /** Throws again what ended the conversation within the chain, even if Java code caught it. */
  private void throwIfOver() throws IOException {
    if (over instanceof IOException) {
      throw (IOException) over;
    }
    if (over instanceof Error) {
      throw (Error) over;
    }
    if (over != null) {
      throw (RuntimeException) over;
    }
  }

  /** Returns what the worker raises. A Java stack trace cannot go with it, so the log has that. */
  private byte[] refusal(Throwable failure) {
    if (exchange.isOfClient(failure)) {
      return encoded("", exchange.lost().getMessage());
    }
    if (failure instanceof WsgiException) {
      return Conversation.encoded((WsgiException) failure);
    }
    WsgiException failed = new WsgiException(failure, Rule.CHAIN_FAILED, failure);
    LOG.log(System.Logger.Level.WARNING, failed.getMessage(), failure);
    return failure instanceof IOException
        ? encoded("IO", failure.toString())
        : Conversation.encoded(failed);
  }

  /** Returns an OSError: of the client's with no name, of Java code with the name IO. */
  private static byte[] encoded(String name, String text) {
    return (name + "\0" + text).getBytes(StandardCharsets.UTF_8);
  }

  /** What is left fits into one part, unless a servlet has set a larger buffer. */
  private void end(byte[] left) throws IOException {
    int at = 0;
    for (; left.length - at > LARGEST_BLOCK; at += LARGEST_BLOCK) {
      if (isRaised(answered("left", Arrays.copyOfRange(left, at, at + LARGEST_BLOCK)))) {
        raiseAgain();
        return;
      }
    }
    byte[] last = Arrays.copyOfRange(left, at, left.length);
    slot.send(Frames.RESULT, 0, Marshal.of(List.of("end", last)));
  }

  @Override
  public void start(String status, List<String> fields) throws IOException {
    ask("start", status, fields);
  }

  @Override
  public void write(byte[] octets) throws IOException {
    for (int at = 0; at < octets.length; at += LARGEST_BLOCK) {
      int end = Math.min(octets.length, at + LARGEST_BLOCK);
      ask("block", at == 0 && end == octets.length ? octets : Arrays.copyOfRange(octets, at, end));
    }
  }

  private byte[] read(int max) throws IOException {
    List<?> done = ask("read", max);
    try {
      return Unmarshal.at(done, 1, byte[].class);
    } catch (BadFrame e) {
      over = e;
      throw e;
    }
  }

  /** Passes from Java code to the worker, until it asks for the next part; returns its question. */
  private List<?> ask(Object... part) throws IOException {
    if (!exchange.isOnItsThread()) {
      throw new WsgiException(Rule.CHAIN_THREAD);
    }
    if (over != null) {
      throw new IOException(over.getMessage(), over);
    }
    if (raised) {
      throw new IOException("Python has raised an exception");
    }
    List<?> next;
    IOException failure = null;
    String text = null;
    try {
      exchange.enterApp();
      try {
        next = answered(part);
      } finally {
        exchange.leaveApp();
      }
      if (isRaised(next)) {
        text = Unmarshal.at(next, 2, String.class);
        failure = Unmarshal.at(next, 1, Boolean.class) ? new IOException(text) : null;
      }
    } catch (IOException | RuntimeException | Error e) {
      over = e;
      throw new IOException(e.getMessage(), e);
    }
    if (text == null) {
      return next;
    }
    raised = true;
    if (failure != null) {
      throw failure;
    }
    throw new Raised(text);
  }

  private static boolean isRaised(List<?> done) throws BadFrame {
    return Unmarshal.at(done, 0, String.class).equals("raised");
  }

  private List<?> answered(Object... part) throws IOException {
    slot.send(Frames.RESULT, 0, Marshal.of(Arrays.asList(part)));
    return conversation.untilChain();
  }
}
