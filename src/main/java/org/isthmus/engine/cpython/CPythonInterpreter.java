// A group of workers with the same applications: what an interpreter is on this engine.
package org.isthmus.engine.cpython;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.StartTimes;
import org.isthmus.engine.TaskOptions;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.CgiVariable;
import org.isthmus.exchange.Octets;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/**
 * Imports applications in each of its workers.
 *
 * <p><b>Threading.</b> Any thread may call; {@link Members} guards the group.
 */
final class CPythonInterpreter implements Interpreter {
  private static final long QUERY_MS = 5000;

  private final EngineSpec spec;
  private final Supervisor supervisor;
  private final SlotPool slots;
  private final boolean multiprocess;
  private final RequestEncoder encoder = new RequestEncoder();

  /**
   * Wraps a group, which starts its workers with the first application.
   *
   * @param supervisor starts and ends the workers
   * @param slots lends their slots to requests
   * @param multiprocess true if there may be several workers ({@code wsgi.multiprocess})
   */
  CPythonInterpreter(EngineSpec spec, Supervisor supervisor, SlotPool slots, boolean multiprocess) {
    this.spec = spec;
    this.supervisor = supervisor;
    this.slots = slots;
    this.multiprocess = multiprocess;
  }

  @Override
  public WsgiApp load(AppSpec app) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("app", app.app());
    job.put("path", app.path());
    job.put("preload", preload());
    job.put("environ", environ(app));
    job.put("serial", !app.isMultithread());
    job.put("events", app.events());
    job.put("tasks", tasks((TaskOptions) app.options()));
    Map.Entry<Integer, String> loaded = supervisor.load(job);
    spec.times().ended(StartTimes.IMPORT);
    String name = app.app() == null ? loaded.getValue() : app.app();
    return new CPythonApp(slots, loaded.getKey(), !app.isMultithread(), name, encoder);
  }

  private static Map<String, Object> tasks(TaskOptions options) {
    double drain = options.drain().toMillis() / 1e3;
    return Map.of("threads", options.threads(), "max_queue", options.maxQueue(), "drain", drain);
  }

  /** Returns the modules that the deployer names; the default suits Jython only. */
  private List<String> preload() {
    Settings settings = spec.settings();
    boolean isNamed = settings.has(SettingsTable.PRELOAD);
    return isNamed ? settings.get(SettingsTable.PRELOAD) : List.of();
  }

  /** Returns the keys that are the same for all requests; the deployer's take precedence. */
  private Map<String, Object> environ(AppSpec app) {
    Map<String, Object> environ = new LinkedHashMap<>();
    environ.put("wsgi.multiprocess", multiprocess);
    environ.put(CgiVariable.GATEWAY_INTERFACE.name(), "CGI/1.1");
    environ.put(CgiVariable.SERVER_SOFTWARE.name(), Octets.of(spec.context().getServerInfo()));
    app.environ().forEach((key, value) -> environ.put(Octets.utf8(key), Octets.utf8(value)));
    return environ;
  }

  @Override
  public Set<Path> files() {
    return paths("files");
  }

  @Override
  public Set<Path> path() {
    return paths("path");
  }

  private Set<Path> paths(String what) {
    Set<Path> paths = new LinkedHashSet<>();
    for (WorkerProcess worker : slots.processes()) {
      Object answer = worker.ask(what, null, QUERY_MS);
      if (answer instanceof List) {
        ((List<?>) answer).forEach(text -> add((String) text, paths));
      }
    }
    return paths;
  }

  private static void add(String text, Set<Path> paths) {
    try {
      paths.add(Path.of(text));
    } catch (InvalidPathException e) {
      // It is not the name of a file.
    }
  }

  @Override
  public void close() {
    supervisor.close();
  }

  /**
   * Returns the rules whose messages workers need, because Java cannot check these rules. Python
   * fills in their patterns, so these have no positions, such as {@code %1$s}.
   */
  static List<Rule> rules() {
    return Arrays.asList(
        Rule.APPLICATION_RAISED,
        Rule.DB_ON_CPYTHON,
        Rule.EVENT_FAILED,
        Rule.RESULT_NONE,
        Rule.RESULT_UNICODE,
        Rule.RESULT_NOT_ITERABLE,
        Rule.START_RESPONSE_MISSING,
        Rule.STATUS_TYPE,
        Rule.HEADERS_TYPE,
        Rule.HEADER_TYPE,
        Rule.EXC_INFO_TYPE,
        Rule.START_RESPONSE_ARGUMENTS,
        Rule.WRITE_ARGUMENTS,
        Rule.BLOCK_TYPE,
        Rule.START_RESPONSE_TWICE,
        Rule.INPUT_ENDED,
        Rule.RESPONSE_ENDED,
        Rule.SESSION_VALUE,
        Rule.SESSION_KEY,
        Rule.SERVICE_ENDED,
        Rule.SERVICE_THREAD,
        Rule.QUESTION_TOO_LARGE,
        Rule.FORKED,
        Rule.SERVICE_ARGUMENT,
        Rule.CHAIN_TWICE,
        Rule.CHAIN_INPUT,
        Rule.DISPATCH_PATH,
        Rule.SUBMIT_CALLABLE,
        Rule.SUBMIT_ENDED,
        Rule.SUBMIT_FULL,
        Rule.TASK_RAISED,
        Rule.TASKS_CUT,
        Rule.SERVICE_UNNAMED);
  }
}
