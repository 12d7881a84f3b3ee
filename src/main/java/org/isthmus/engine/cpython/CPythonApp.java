// A WSGI application in worker processes, called once for each request.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.isthmus.engine.Unavailable;
import org.isthmus.engine.WorkerGroup;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Admission;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Failures;

/**
 * Takes a slot of a worker, lets the worker answer the request, and gives the slot back.
 *
 * <p><b>Threading.</b> Immutable; called by any number of the container's threads.
 */
final class CPythonApp implements WsgiApp {
  private static final long STACK_MS = 1000;
  private static final long MODULES_MS = 5000;

  private final SlotPool slots;
  private final int index;
  private final boolean isSerial;
  private final String name;
  private final RequestEncoder encoder;
  private final Failures failures;

  /**
   * Wraps an application that workers have loaded.
   *
   * @param index its number
   * @param isSerial true if it is not thread-safe
   */
  CPythonApp(SlotPool slots, int index, boolean isSerial, String name, RequestEncoder encoder) {
    this.slots = slots;
    this.index = index;
    this.isSerial = isSerial;
    this.name = name;
    this.encoder = encoder;
    this.failures = new Failures(name, Raised::text);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public WorkerGroup workers() {
    return slots.status();
  }

  /** One request at a time runs in each worker: on its only thread, or by {@link SlotPool}. */
  @Override
  public boolean isSerial() {
    return true;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    try {
      Admission.check(exchange);
      WaitingWorker.refuse(exchange.request());
      boolean answered = false;
      while (!answered) {
        Slot slot = slots.take(index, isSerial, exchange);
        try {
          answered = answer(exchange, slot);
        } catch (SlotEnded | BadFrame e) {
          answerUnfinished(exchange, slot, e);
          answered = true;
        }
      }
    } catch (Unavailable e) {
      throw e; // Gateway answers 503
    } catch (Throwable failure) { // Errors too: a large value may not fit into memory
      failures.answer(exchange, failure);
    } finally {
      exchange.giveBack(false);
    }
  }

  /**
   * Answers a request.
   *
   * @return false if the worker has ended before it began with the request, or has returned it
   * @throws SlotEnded if the worker has ended later, or the response is no longer wanted
   * @throws BadFrame if the worker had to be ended, because what it sent could not be followed
   */
  private boolean answer(Exchange exchange, Slot slot) throws IOException {
    Conversation conversation = null;
    boolean begun = true;
    boolean isFollowed = true;
    try {
      encoder.encode(slot.request(), index, exchange);
      conversation = new Conversation(slot, exchange, failures);
      conversation.run();
    } catch (Conversation.Enough e) {
      // The client already has the whole response.
    } catch (SlotEnded e) {
      if (slot.isGivenUp() || slot.mayHaveBegun()) {
        throw e;
      }
      begun = false;
    } catch (BadFrame e) {
      isFollowed = false; // perhaps in its last frame, which is no answer
      slot.worker.endAfter(e);
      throw e;
    } finally {
      Progress progress = conversation == null ? Progress.UNSENT : conversation.progress();
      giveBack(slot, isFollowed ? progress : Progress.BEGUN, exchange);
    }
    begun &= conversation.progress() != Progress.RETURNED;
    if (!begun && slot.isGivenUp()) {
      throw new SlotEnded(); // no other slot would learn of it
    }
    return begun;
  }

  /** Gives a slot back, even if there is no memory for what its request may still raise. */
  void giveBack(Slot slot, Progress progress, Exchange exchange) {
    Consumer<List<?>> report = null;
    try {
      report = progress == Progress.BEGUN ? laterFailures(exchange) : null;
    } finally {
      slots.give(slot, progress, report);
    }
  }

  /** Logs what the application still raises after its client has gone. */
  private Consumer<List<?>> laterFailures(Exchange exchange) {
    BiConsumer<Rule, Throwable> log = failures.afterwards(exchange);
    return failure -> Conversation.reportLate(failure, log);
  }

  /**
   * Answers a request that its worker will not complete: it has ended, or the request has timed
   * out.
   */
  private void answerUnfinished(Exchange exchange, Slot slot, IOException failure)
      throws IOException {
    if (slot.isGivenUp() || exchange.isTimedOut()) {
      failures.answer(exchange, failure);
      return;
    }
    failures.report(
        exchange,
        Rule.WORKER_LOST,
        new Raised("The worker had the process id " + slot.worker.pid()));
    exchange.fail(502);
  }

  @Override
  public List<String> pythonStack(Exchange exchange, StackTraceElement[] stack) {
    Slot slot = slots.slot(exchange);
    Object answer = slot == null ? null : slot.worker.ask("stack", slot.number, STACK_MS);
    List<String> lines = new ArrayList<>();
    if (answer instanceof String) {
      // In the format of tracebacks: two lines for each frame, the outermost frame first.
      ((String) answer)
          .lines()
          .filter(line -> line.startsWith("  File "))
          .forEach(line -> lines.add(line.strip()));
      Collections.reverse(lines);
    }
    return lines;
  }

  @Override
  public void interrupt(Exchange exchange, Thread thread) {
    slots.giveUp(exchange, thread);
  }

  @Override
  public List<List<String>> modules() {
    List<List<String>> rows = new ArrayList<>();
    for (WorkerProcess worker : slots.processes()) {
      Object answer = worker.ask("modules", null, MODULES_MS);
      if (answer instanceof List) {
        for (Object row : (List<?>) answer) {
          String[] texts = ((List<?>) row).stream().map(String::valueOf).toArray(String[]::new);
          rows.add(Arrays.asList(texts));
        }
        break;
      }
    }
    return rows;
  }
}
