// One process of CPython, from its start to its end, and the communication with it.
package org.isthmus.engine.cpython;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.isthmus.directories.Tree;

/**
 * A worker and its slots: sends commands, and passes events on to the {@link Owner}.
 *
 * <p><b>Threading.</b> One thread reads events and calls the owner; the threads of {@link
 * WorkerOutput} read what the process prints. Any thread may send commands.
 */
final class WorkerProcess {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  /** The object that started it; called on the thread that reads its events. */
  interface Owner {
    /** The process has started, and waits for applications. */
    void began(WorkerProcess worker);

    /** It has loaded an application. */
    void loaded(WorkerProcess worker, int index, String name);

    /** It could not load an application: a rule or "", its values, and a traceback or "". */
    void notLoaded(WorkerProcess worker, int index, List<?> failure);

    /** It has opened another slot. */
    void opened(WorkerProcess worker, Slot slot);

    /** The request of a closed slot has ended; the failure is as in FAILED, or null. */
    void dropped(WorkerProcess worker, int slot, List<?> failure);

    /** Nothing more will come from it: it has ended, or does no more good. */
    void silent(WorkerProcess worker);

    /** It has ended; this is the last call. */
    void ended(WorkerProcess worker);
  }

  private static final long EXIT_MS = 10_000;

  /** How long it may take to end after its last event. Otherwise it has closed its pipes. */
  private static final long SILENT_MS = 2_000;

  /** The file in which a worker counts the requests that have begun in each slot. */
  private static final String BEGUN = "begun";

  final int number;
  final Path directory;
  final Termination termination;
  volatile long exitMs = EXIT_MS; // how long it may take to end
  private final Owner owner;
  private final WorkerLog log;
  private final Process process;
  private final OutputStream commands;
  private final int firstSlots;
  private final WorkerOutput output;
  private final Map<Integer, Slot> slots = new ConcurrentHashMap<>();
  private final WorkerQueries queries = new WorkerQueries();
  private volatile Thread events;
  private volatile Pipe queue;

  /**
   * Starts a process. The thread that does so must live as long as the process may: Linux ends a
   * worker when that thread ends (isthmus_worker/surroundings.py).
   *
   * @param directory for its pipes, accessible to the owner only
   * @param start the content of its first frame
   */
  WorkerProcess(
      int number,
      ProcessBuilder builder,
      Path directory,
      Map<String, Object> start,
      WorkerLog log,
      Owner owner)
      throws IOException {
    this.number = number;
    this.directory = directory;
    this.owner = owner;
    this.log = log;
    this.output = new WorkerOutput(log, name());
    this.firstSlots = (Integer) start.get("slots");
    this.process = builder.start();
    this.termination = new Termination(process);
    this.commands = process.getOutputStream();
    try {
      command(Frames.START, start);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A worker ended at once.", e); // reported below
    } catch (RuntimeException | Error e) {
      process.destroyForcibly(); // its caller has no worker to end
      throw e;
    }
  }

  /** Begins to call its owner, which must have recorded it before. */
  void listen() {
    output.read(process.getErrorStream(), "errors", "stderr");
    Thread reader = new Thread(this::follow, name() + "-events");
    reader.setDaemon(true);
    reader.start();
    events = reader;
  }

  /** Returns what the names of its threads begin with. */
  private String name() {
    return "isthmus-worker-" + number;
  }

  long pid() {
    return process.pid();
  }

  /** Returns how many requests have begun in a slot, modulo 256; -1 if unknown. */
  int begun(int slot) {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve(BEGUN).toFile(), "r")) {
      file.seek(slot);
      return file.read();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A worker has left no counts.", e);
      return -1;
    }
  }

  Pipe queue() {
    return queue;
  }

  Iterable<Slot> slots() {
    return slots.values();
  }

  boolean hasSlot(int slotNumber) {
    return slots.containsKey(slotNumber);
  }

  /** Makes it import an application. */
  void load(int index, Map<String, Object> spec) throws IOException {
    command(Frames.LOAD, List.of(index, spec));
  }

  /** Closes a slot to which the worker may still be writing, and requests another one. */
  void replace(Slot slot, int newNumber) {
    slots.remove(slot.number);
    slot.close();
    try {
      command(Frames.CLOSE, List.of(slot.number));
      command(Frames.OPEN, List.of(newNumber));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A worker ended meanwhile.", e);
    }
  }

  /** Returns the answer to a question, or null if it does not arrive in time. */
  Object ask(String what, Object argument, long milliseconds) {
    return queries.ask(
        question -> command(Frames.QUERY, Arrays.asList(question, what, argument)), milliseconds);
  }

  /** Asks it to run its exit functions and to end. */
  void exit() {
    try {
      command(Frames.EXIT, List.of());
    } catch (IOException e) {
      // It has ended already.
    }
  }

  /** Ends it, because its answer to a request cannot be followed: it gets no more of them. */
  void endAfter(BadFrame answer) {
    owner.silent(this);
    String why = "its answer to a request could not be followed (" + answer.getMessage() + ")";
    termination.kill("answers", why);
    LOG.log(System.Logger.Level.DEBUG, "A worker's answer could not be followed.", answer);
  }

  /** Waits for its end; returns false if it does not end in time. */
  boolean await(long milliseconds) throws InterruptedException {
    return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  private void command(int kind, Object content) throws IOException {
    Marshal payload = new Marshal(256);
    payload.reset(Frames.HEADER);
    payload.value(content);
    Frames.header(payload.array(), payload.size(), 0, kind, 0);
    synchronized (commands) {
      commands.write(payload.array(), 0, payload.size());
      commands.flush();
    }
  }

  private void follow() {
    try (DataInputStream events = new DataInputStream(process.getInputStream())) {
      follow(events);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A worker's events could not be closed.", e);
    } finally {
      end();
    }
  }

  private void follow(DataInputStream events) {
    try {
      while (true) {
        int length = Frames.length(events.readInt(), Frames.LARGEST_WHOLE);
        events.readShort();
        int kind = events.readByte();
        events.readByte();
        byte[] payload = new byte[length - Frames.HEADER];
        events.readFully(payload);
        queries.heard();
        happened(kind, Unmarshal.list(payload));
      }
    } catch (EOFException e) {
      // It has ended.
    } catch (Throwable e) {
      // Errors too, as when memory runs out: a worker to which nobody listens looks idle.
      Object what = e instanceof BadFrame ? e.getMessage() : e;
      termination.kill("events", "its events could not be followed (" + what + ")");
      LOG.log(System.Logger.Level.DEBUG, "A worker's events could not be followed.", e);
    }
  }

  private void happened(int kind, List<?> event) throws IOException {
    switch (kind) {
      case Frames.LOG:
        log.record(event);
        break;
      case Frames.HELLO:
        begin();
        owner.began(this);
        break;
      case Frames.LOADED:
        owner.loaded(this, integer(event.get(0)), (String) event.get(1));
        break;
      case Frames.NOT_LOADED:
        owner.notLoaded(this, integer(event.get(0)), event.subList(1, event.size()));
        break;
      case Frames.OPENED:
        open(integer(event.get(0)));
        break;
      case Frames.DROPPED:
        owner.dropped(this, integer(event.get(0)), (List<?>) event.get(1));
        break;
      case Frames.TASKS:
        exitMs = Math.max(exitMs, EXIT_MS + (long) ((Double) event.get(0) * 1000));
        break;
      case Frames.QUERY_REPLY:
        queries.answered(integer(event.get(0)), event.get(1));
        break;
      case Frames.WORKER_QUERY:
        command(
            Frames.WORKER_QUERY_REPLY,
            List.of(
                integer(event.get(0)), log.wants((String) event.get(2), integer(event.get(3)))));
        break;
      default:
        throw new BadFrame("an event of the unknown kind " + kind);
    }
  }

  private static int integer(Object number) {
    return ((Long) number).intValue();
  }

  /**
   * The worker has created its pipes; it opens its ends when it loads the first application, or
   * later.
   */
  private void begin() throws IOException {
    queue = new Pipe(directory.resolve("q"));
    output.read(new Pipe(directory.resolve("o")), "o", "stdout");
    output.read(new Pipe(directory.resolve("e")), "e", "stderr");
    for (int slot = 0; slot < firstSlots; slot++) {
      open(slot);
    }
  }

  private void open(int slotNumber) throws IOException {
    Slot slot = new Slot(this, slotNumber, directory);
    slots.put(slotNumber, slot);
    owner.opened(this, slot);
  }

  /** Watches the process, because a child that outlives it may hold its output open. */
  private void end() {
    owner.silent(this);
    try {
      if (!process.waitFor(SILENT_MS, TimeUnit.MILLISECONDS)) {
        termination.kill("pipes", "its pipes were closed: " + ExitCodes.CLOSING);
        process.waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      slots.values().forEach(Slot::end);
      queries.end();
    } finally {
      owner.ended(this);
    }
  }

  /**
   * Waits until the thread that reads its events has ended; that thread also frees its resources.
   *
   * @param millis the max time to wait, in milliseconds
   */
  void join(long millis) throws InterruptedException {
    Thread reading = events;
    if (reading != null && reading != Thread.currentThread()) {
      reading.join(millis);
    }
  }

  /** Logs the last that it printed, once it has ended: perhaps its stacks. */
  void logOutput() {
    output.close();
  }

  /** Frees its resources once it has ended and no request uses one of its slots. */
  void close() {
    try {
      free();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The pipes of a worker remain.", e);
    }
  }

  private void awaitEvents() {
    try {
      join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void free() throws IOException {
    output.close();
    awaitEvents();
    slots.values().forEach(Slot::close);
    if (queue != null) {
      queue.close();
    }
    process.getOutputStream().close();
    Tree.delete(directory); // with the pipes of a slot that it was about to open
  }
}
