// One running request, and what its thread is doing.
package org.isthmus.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Running;

/** A snapshot. Immutable. */
final class RunningRequest {
  /** Reading a thread's stack pauses the thread briefly. */
  private static final int MAX_REQUESTS = 200;

  private static final int MAX_FRAMES = 60;

  final String id;
  final String summary;
  final String app;
  final String thread;
  final double seconds;
  final String doing;
  final List<String> python;
  final List<String> java;

  private RunningRequest(Exchange exchange, StackTraceElement[] stack, long now) {
    id = id(exchange);
    summary = exchange.summary();
    AppMetrics counted =
        exchange.observer() instanceof AppMetrics ? (AppMetrics) exchange.observer() : null;
    app = counted == null ? "" : counted.name();
    thread = exchange.thread().getName();
    seconds = (now - exchange.times().began()) / 1e9;
    python = exchange.pythonStack(stack);
    boolean isElsewhere = counted != null && counted.workers() != null;
    doing = doing(exchange.thread(), stack, isElsewhere ? inWorker(python) : null);
    java = new ArrayList<>();
    for (int i = 0; i < Math.min(stack.length, MAX_FRAMES); i++) {
      java.add(stack[i].toString());
    }
  }

  /** Returns a name for an exchange, which must be timed. */
  static String id(Exchange exchange) {
    return Long.toHexString(exchange.times().began()) + "-" + exchange.thread().getId();
  }

  /** Returns the running requests, oldest first. */
  static List<RunningRequest> list(Running running) {
    List<RunningRequest> list = new ArrayList<>();
    List<Exchange> before = running.list();
    List<Exchange> looked = before.subList(0, Math.min(MAX_REQUESTS, before.size()));
    List<StackTraceElement[]> stacks = new ArrayList<>();
    looked.forEach(exchange -> stacks.add(exchange.thread().getStackTrace()));
    // If it has ended meanwhile, the stack shows something else.
    Set<Exchange> after = Collections.newSetFromMap(new IdentityHashMap<>());
    after.addAll(running.list());
    long now = System.nanoTime();
    for (int i = 0; i < looked.size(); i++) {
      if (after.contains(looked.get(i))) {
        list.add(new RunningRequest(looked.get(i), stacks.get(i), now));
      }
    }
    return list;
  }

  private static String inWorker(List<String> python) {
    return python.isEmpty() ? "waits for a worker" : "runs in a worker";
  }

  /**
   * Describes what the innermost recognizable code is doing.
   *
   * @param inWorker what a worker process does with it; null if Python runs in the JVM
   */
  private static String doing(Thread thread, StackTraceElement[] stack, String inWorker) {
    boolean java = false;
    for (StackTraceElement frame : stack) {
      String type = frame.getClassName();
      if (type.startsWith("org.isthmus.exchange.Response") || type.endsWith(".FileTransfer")) {
        return "writes";
      }
      if (type.startsWith("org.isthmus.exchange.RequestBody")) {
        return "reads";
      }
      if (type.startsWith("org.isthmus.concurrency.")) {
        return "waits for the application";
      }
      if (type.startsWith("org.python.") || isPython(frame)) {
        break;
      }
      java = true;
    }
    if (inWorker != null) {
      return inWorker;
    }
    if (thread.getState() != Thread.State.RUNNABLE) {
      return "waits";
    }
    return java ? "runs Java" : "runs Python";
  }

  private static boolean isPython(StackTraceElement frame) {
    return frame.getFileName() != null && frame.getFileName().endsWith(".py");
  }
}
