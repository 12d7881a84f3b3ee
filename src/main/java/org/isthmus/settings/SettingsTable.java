// Every setting there is: the one table that parsing, messages and docs/settings.md come from.
package org.isthmus.settings;

import static org.isthmus.settings.Setting.Reach.COMPONENT;
import static org.isthmus.settings.Setting.Reach.DEPLOYMENT;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.isthmus.exchange.Mount.UnderscoreHeaders;

/** The rows, in the order of the documentation. No name is a prefix of another. */
public final class SettingsTable {
  public static final Setting<String> ENGINE =
      new Setting<>(
          "isthmus.engine",
          Forms.text("the name of an engine"),
          "jython",
          DEPLOYMENT,
          "The Python engine that runs the web application: `jython`, Python 2.7 inside the JVM."
              + " All servlets and filters of one web application run on one engine.");

  public static final Setting<String> APP =
      new Setting<>(
          "isthmus.app",
          Forms.text(
              "package.module:callable, package.module:factory(), path/below/WEB-INF.py:callable,"
                  + " config:file.ini#name or egg:Dist#name"),
          null,
          COMPONENT,
          "The WSGI application: `package.module:callable`, `package.module:factory()`,"
              + " `package.module:Class().method`, a file below WEB-INF, `app/shop.py:callable`, or"
              + " what [Paste Deploy](paste-deploy.md) loads, `config:app.ini#name` or"
              + " `egg:Dist#name`."
              + " Without it, `application` or `app` is looked for in `WEB-INF/app/wsgi.py`, then"
              + " in `WEB-INF/app/app.py`. Servlets and filters of one web application that have the"
              + " same value, and the same other settings of applications, share what it names: a"
              + " factory is called once for all of them.");

  public static final Setting<Boolean> INIT_ERROR_IS_503 =
      new Setting<>(
          "isthmus.init.error",
          Forms.choice(List.of("fail", "503"), "503"::equals),
          "fail",
          COMPONENT,
          "What happens when the application cannot be loaded: `fail` fails the deployment, `503`"
              + " deploys, logs the cause once and answers every request with 503.");

  public static final Setting<Boolean> INIT_IN_BACKGROUND =
      new Setting<>(
          "isthmus.init.mode",
          Forms.choice(List.of("eager", "background"), "background"::equals),
          "eager",
          COMPONENT,
          "When the application is started: `eager` while the container deploys, which waits for it;"
              + " `background` after that, on a thread of its own. Requests that come before it has"
              + " started get 503 and Retry-After. The deployment cannot fail then: an application"
              + " that does not start is logged, and 503 remains the answer.");

  public static final Setting<Boolean> MULTITHREAD =
      new Setting<>(
          "isthmus.multithread",
          Forms.flag(),
          "true",
          COMPONENT,
          "`false` calls the application from one thread at a time, from the call until `close()`"
              + " of its iterable, for applications that are not thread-safe.");

  public static final Setting<Boolean> OWN_INTERPRETER =
      new Setting<>(
          "isthmus.interpreter",
          Forms.choice(List.of("shared", "own"), "own"::equals),
          "shared",
          COMPONENT,
          "`own` gives this servlet or filter an interpreter that no other one has: modules,"
              + " `sys.path`, `os.environ`, `logging` and built-ins of its own, for some 0.1 to 0.4"
              + " seconds and some megabytes more. See [Concurrency](concurrency.md#interpreters).");

  public static final Setting<Integer> POOL_MAX =
      new Setting<>(
          "isthmus.pool.max",
          Forms.count("interpreters"),
          null,
          COMPONENT,
          "For an application that is not thread-safe: as many interpreters as this, each with the"
              + " application for itself and called by one request at a time. Without it there is no"
              + " pool. See [Concurrency](concurrency.md#a-pool).");

  public static final Setting<Integer> POOL_MIN =
      new Setting<>(
          "isthmus.pool.min",
          Forms.count("interpreters"),
          "1",
          COMPONENT,
          "How many interpreters of the pool are made at the start; others are made when a request"
              + " finds none idle, and are kept.");

  public static final Setting<Duration> POOL_ACQUIRE_TIMEOUT =
      new Setting<>(
          "isthmus.pool.acquire_timeout",
          Forms.seconds(true),
          "5",
          COMPONENT,
          "How long a request waits for an interpreter of the pool before it is answered with 503"
              + " and Retry-After; `0` refuses it at once.");

  public static final Setting<Integer> MAX_CONCURRENT =
      new Setting<>(
          "isthmus.max_concurrent",
          Forms.count("requests"),
          null,
          COMPONENT,
          "How many requests this servlet or filter answers at once. Further ones wait their turn for"
              + " `isthmus.queue_timeout`, and are then answered with 503 and Retry-After. A request"
              + " that another one includes or forwards to counts with that one.");

  public static final Setting<Duration> QUEUE_TIMEOUT =
      new Setting<>(
          "isthmus.queue_timeout",
          Forms.seconds(true),
          "5",
          COMPONENT,
          "How long a request waits for its turn where `isthmus.max_concurrent` is set; `0` refuses"
              + " it at once.");

  public static final Setting<Duration> SLOW =
      new Setting<>(
          "isthmus.slow",
          Forms.seconds(false),
          null,
          COMPONENT,
          "A request that takes longer is named in the log, once, with the Python and the Java stack"
              + " of its thread; time in a queue counts.");

  public static final Setting<Duration> TIMEOUT =
      new Setting<>(
          "isthmus.timeout",
          Forms.seconds(false),
          null,
          COMPONENT,
          "A request that takes longer is ended: the application is interrupted, and the client gets"
              + " 504, or a closed connection if the response has begun. Time in a queue counts, and"
              + " so does the time that a client takes to receive the response. What can be"
              + " interrupted and what cannot is in [Concurrency](concurrency.md#time-limits).");

  public static final Setting<Duration> DRAIN =
      new Setting<>(
          "isthmus.drain",
          Forms.seconds(true),
          "10",
          COMPONENT,
          "How long running requests have to end when the web application is stopped; new ones are"
              + " answered with 503 meanwhile. The container may end connections sooner: see"
              + " [Deploying anew](deploy/redeploy.md#what-happens-at-the-end).");

  public static final Setting<ReloadMode> RELOAD_MODE =
      new Setting<>(
          "isthmus.reload.mode",
          Forms.choice(
              List.of("off", "touch", "watch"),
              word -> ReloadMode.valueOf(word.toUpperCase(Locale.ROOT))),
          "off",
          DEPLOYMENT,
          "When the applications are reloaded without stopping the web application: `off` never by"
              + " themselves, `touch` when the file of `isthmus.reload.file` was touched, `watch` when"
              + " a file that Python has imported has changed. An operator's `reload` by JMX works"
              + " with each of them. See [Reloading](reload.md).");

  public static final Setting<Path> RELOAD_FILE =
      new Setting<>(
          "isthmus.reload.file",
          Forms.file(),
          "reload.txt",
          DEPLOYMENT,
          "The file that `isthmus.reload.mode=touch` looks at; a relative one is below WEB-INF. It"
              + " need not be there before it is touched for the first time.");

  public static final Setting<List<String>> RELOAD_EXTRA =
      new Setting<>(
          "isthmus.reload.extra",
          Forms.patterns("files, directories and glob patterns, separated by commas"),
          "",
          DEPLOYMENT,
          "What `isthmus.reload.mode=watch` looks at beyond what is imported: `config.ini`, all files"
              + " in and below a directory (`app/templates`), or a pattern (`app/**.yaml`, where"
              + " `**` crosses directories). A relative one is below WEB-INF.");

  public static final Setting<Long> MAX_BODY =
      new Setting<>(
          "isthmus.request.max_body",
          Forms.size(),
          "-1",
          COMPONENT,
          "The largest request body. A larger one is answered with 413: at once if Content-Length"
              + " says so, else when that many bytes have been read.");

  public static final Setting<Long> HOLD_BODY =
      new Setting<>(
          "isthmus.request.hold_body",
          Forms.size(),
          "1048576",
          COMPONENT,
          "How much of a request body without Content-Length (chunked, HTTP/2) is read ahead for an"
              + " application that asks for CONTENT_LENGTH. If that is all of it, the application"
              + " finds its length; Django takes a body without one for empty. 0: nothing is read"
              + " before the application reads.");

  public static final Setting<UnderscoreHeaders> UNDERSCORE_HEADERS =
      new Setting<>(
          "isthmus.request.underscore_headers",
          Forms.choice(
              List.of("drop", "refuse", "allow"),
              word -> UnderscoreHeaders.valueOf(word.toUpperCase(Locale.ROOT))),
          "drop",
          COMPONENT,
          "What to do with a request header that has an underscore in its name, which environ could"
              + " not tell from one with a hyphen: `drop` it, `refuse` the request with 400, or"
              + " `allow` it.");

  public static final Setting<Set<String>> UNDERSCORE_ALLOWED =
      new Setting<>(
          "isthmus.request.underscore_allow",
          Forms.names("header names, separated by commas"),
          "",
          COMPONENT,
          "Header names with underscores that are let through all the same.");

  public static final Setting<Boolean> ENVIRON_LAZY =
      new Setting<>(
          "isthmus.environ.fill",
          Forms.choice(List.of("lazy", "eager"), "lazy"::equals),
          "lazy",
          COMPONENT,
          "`lazy` makes environ's values when they are first asked for; `eager` makes all of them"
              + " before the application is called.");

  public static final Setting<Map<String, String>> ENVIRON_ADD =
      new Setting<>(
          "isthmus.environ.add",
          Forms.pairs(),
          "",
          COMPONENT,
          "Keys and values added to each request's environ, in UTF-8; they win over Isthmus's own.");

  static final Setting<List<String>> PYTHON_PATH =
      new Setting<>(
          "isthmus.python.path",
          Forms.paths("directories or archives, separated by the platform's path separator"),
          "",
          COMPONENT,
          "Further entries at the end of `sys.path`; a relative one is below WEB-INF. All"
              + " applications in one interpreter share one `sys.path`.");

  public static final Setting<String> LOG_LEVEL =
      new Setting<>(
          "isthmus.log.level",
          Forms.choice(
              List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "CONTAINER"), word -> word),
          "INFO",
          DEPLOYMENT,
          "The level of Python's root logger; the container's configuration of the loggers"
              + " `org.isthmus.python.*` filters further. With `CONTAINER` that configuration alone"
              + " decides, for each logger of Python's that has no level of its own"
              + " ([monitoring](monitoring.md#log-levels)).");

  public static final Setting<Map<String, List<String>>> EVENTS =
      new Setting<>(
          "isthmus.events",
          Forms.listeners(List.of("request_started", "request_finished", "exception", "stopping")),
          "",
          COMPONENT,
          "Functions of the application's that are told what happens, as lines `event:"
              + " package.module:callable`, several callables with commas between them. The events"
              + " are `request_started`, `request_finished`, `exception` and `stopping`"
              + " ([monitoring](monitoring.md#events)).");

  public static final Setting<Boolean> METRICS =
      new Setting<>(
          "isthmus.metrics.enabled",
          Forms.flag(),
          "true",
          DEPLOYMENT,
          "Counts and times requests, for JMX, Micrometer and the status page"
              + " ([monitoring](monitoring.md)).");

  public static final Setting<Boolean> JMX =
      new Setting<>(
          "isthmus.metrics.jmx",
          Forms.flag(),
          "true",
          DEPLOYMENT,
          "Registers an MBean for each application, where requests are counted.");

  public static final Setting<Access> STATUS_ACCESS =
      new Setting<>(
          "isthmus.status.access",
          Forms.choice(List.of("off", "loopback", "role"), Access::of),
          "off",
          COMPONENT,
          "Who may see the status page of `org.isthmus.StatusServlet`: nobody (`off`), somebody on"
              + " this machine (`loopback`), or whoever is logged in with the role of"
              + " `isthmus.status.role` (`role`). Everybody else gets 404"
              + " ([monitoring](monitoring.md)).");

  public static final Setting<String> STATUS_ROLE =
      new Setting<>(
          "isthmus.status.role",
          Forms.text("the name of a role"),
          null,
          COMPONENT,
          "The role that may see the status page, where `isthmus.status.access` is `role`.");

  public static final Setting<Access> HEALTH_ACCESS =
      new Setting<>(
          "isthmus.health.access",
          Forms.choice(List.of("off", "loopback", "all"), Access::of),
          "off",
          COMPONENT,
          "Who may ask `org.isthmus.StatusServlet` whether the web application lives and is ready:"
              + " nobody (`off`), somebody on this machine (`loopback`), or anybody (`all`).");

  public static final Setting<Access> DEBUG_PAGE =
      new Setting<>(
          "isthmus.debug.page",
          Forms.choice(List.of("off", "loopback"), Access::of),
          "off",
          COMPONENT,
          "Who sees, instead of a bare 500 or 503, what the log has of a failure of the application,"
              + " with its tracebacks: nobody (`off`), or somebody on this machine whose request has"
              + " passed no proxy (`loopback`). For development: `isthmus serve` sets it"
              + " ([serve](serve.md#the-debug-page)).");

  public static final Setting<List<String>> FILTER_WELCOME =
      new Setting<>(
          "isthmus.filter.welcome",
          Forms.list("file names, separated by commas"),
          "index.html",
          COMPONENT,
          "For the filter: a request for a directory that holds one of these files is the"
              + " container's; any other directory is the application's.");

  private SettingsTable() {}

  /** Returns all rows. */
  public static List<Setting<?>> rows() {
    return List.of(
        ENGINE,
        APP,
        INIT_ERROR_IS_503,
        INIT_IN_BACKGROUND,
        JythonSettings.PRELOAD,
        MULTITHREAD,
        OWN_INTERPRETER,
        POOL_MAX,
        POOL_MIN,
        POOL_ACQUIRE_TIMEOUT,
        MAX_CONCURRENT,
        QUEUE_TIMEOUT,
        SLOW,
        TIMEOUT,
        DRAIN,
        RELOAD_MODE,
        RELOAD_FILE,
        RELOAD_EXTRA,
        MAX_BODY,
        HOLD_BODY,
        UNDERSCORE_HEADERS,
        UNDERSCORE_ALLOWED,
        ENVIRON_LAZY,
        ENVIRON_ADD,
        PYTHON_PATH,
        JythonSettings.SITE,
        JythonSettings.HOME,
        JythonSettings.PROPERTIES,
        LOG_LEVEL,
        EVENTS,
        METRICS,
        JMX,
        STATUS_ACCESS,
        STATUS_ROLE,
        HEALTH_ACCESS,
        DEBUG_PAGE,
        FILTER_WELCOME);
  }
}
