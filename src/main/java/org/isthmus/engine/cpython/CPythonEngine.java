// CPython in worker processes: what all interpreters of one web application share.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.isthmus.directories.Tree;
import org.isthmus.engine.Engine;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.Interpreter;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.settings.CPythonSettings;
import org.isthmus.settings.ConcurrencySettings;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/**
 * Knows which Python to run, where pipes and sources are, and what to send a new worker first.
 *
 * <p><b>Threading.</b> Any thread may call. Processes are started by one thread that lives as long
 * as the engine ({@link WorkerScheduler}).
 */
final class CPythonEngine implements Engine {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");
  private static final String PIPES = "isthmus-workers-";

  /** How many requests may wait in a worker's queue, beyond those that it serves at once. */
  private static final int AHEAD = 4;

  private final EngineSpec spec;
  private final Map<String, List<String>> services;
  private final Path temporary;
  private final ChosenPython python;
  private final Path sources;
  private final Path pipes;
  private final WorkerScheduler scheduler;
  private final AtomicInteger directories = new AtomicInteger();
  private final WorkerLog log = new WorkerLog();

  CPythonEngine(EngineSpec spec) {
    this.spec = spec;
    this.services = spec.services();
    this.temporary = ChosenPython.temporary(spec);
    this.python = ChosenPython.of(spec);
    try {
      this.sources = WorkerFiles.staged(temporary);
      sweep(temporary);
      this.pipes = Files.createTempDirectory(temporary, PIPES + own().pid() + "-", ownerOnly());
    } catch (IOException e) {
      throw new WsgiException(e, Rule.WORKER_DIRECTORY, e);
    }
    this.scheduler = new WorkerScheduler(spec.loader());
    spec.times().ended("CPython");
  }

  private static ProcessHandle own() {
    return ProcessHandle.current();
  }

  /** Access for the owner only: no other user may connect to a worker. */
  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }

  /** Deletes the pipes of JVMs that were killed. */
  private static void sweep(Path temporary) throws IOException {
    List<Path> abandoned = new ArrayList<>();
    try (Stream<Path> entries = Files.list(temporary)) {
      entries.filter(CPythonEngine::isAbandoned).forEach(abandoned::add);
    }
    for (Path directory : abandoned) {
      Tree.delete(directory);
    }
  }

  private static boolean isAbandoned(Path entry) {
    String name = entry.getFileName().toString();
    if (!name.startsWith(PIPES)) {
      return false;
    }
    String pid = name.substring(PIPES.length()).replaceFirst("-.*", "");
    return pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }

  @Override
  public Interpreter interpreter() {
    Settings settings = spec.settings();
    Integer configured = settings.get(CPythonSettings.WORKERS);
    int count = configured == null ? DefaultWorkers.count() : configured;
    boolean multithread = settings.get(ConcurrencySettings.MULTITHREAD);
    int threads = multithread ? settings.get(CPythonSettings.THREADS) : 1;
    long startMs = settings.get(CPythonSettings.START_TIMEOUT).toMillis();
    Recycling recycling =
        new Recycling(
            settings.get(CPythonSettings.MAX_REQUESTS), settings.get(CPythonSettings.MAX_MEMORY));
    Members members = new Members();
    Supervisor.Start start = (number, owner) -> start(number, threads, owner);
    Supervisor supervisor = new Supervisor(members, start, count, recycling, startMs, scheduler);
    SlotPool slots = new SlotPool(members, supervisor, threads);
    return new CPythonInterpreter(spec, supervisor, slots, count > 1);
  }

  private WorkerProcess start(int number, int threads, WorkerProcess.Owner owner)
      throws IOException {
    // Workers are numbered within an interpreter, and there may be several interpreters.
    Path directory =
        Files.createDirectory(
            pipes.resolve(Integer.toString(directories.incrementAndGet())), ownerOnly());
    Path script = sources.resolve("isthmus_worker").resolve("__main__.py");
    ProcessBuilder builder = python.running(script, List.of());
    return new WorkerProcess(number, builder, directory, message(directory, threads), log, owner);
  }

  /** Returns what a new worker is sent first. */
  private Map<String, Object> message(Path directory, int threads) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("directory", directory.toString());
    message.put("web_inf", spec.webInf() == null ? null : spec.webInf().toString());
    message.put(
        "class_path", spec.classPath().stream().map(Path::toString).collect(Collectors.toList()));
    message.put("temporary", temporary.toString());
    message.put("parent", (int) own().pid());
    message.put("threads", threads);
    message.put("slots", threads + AHEAD);
    message.put("log_level", spec.settings().get(SettingsTable.LOG_LEVEL));
    message.put("services", services);
    message.put("terminal", spec.settings().get(CPythonSettings.TERMINAL));
    Map<String, String> rules = new LinkedHashMap<>();
    for (Rule rule : CPythonInterpreter.rules()) {
      rules.put(rule.name(), rule.pattern()); // for Python's % operator
    }
    message.put("rules", rules);
    return message;
  }

  @Override
  public void close() {
    scheduler.close();
    try {
      Tree.delete(pipes);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The directory of pipes remains.", e);
    }
  }
}
