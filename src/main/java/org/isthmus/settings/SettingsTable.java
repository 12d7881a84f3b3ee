// All settings: the one table behind parsing, messages and docs/settings.md.
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
          "The Python engine that runs the web application: `jython`, Python 2.7 inside the"
              + " JVM, or `cpython`, Python 3 in worker processes. All servlets and filters of one"
              + " web application run on one engine.");

  public static final Setting<String> APP =
      new Setting<>(
          "isthmus.app",
          Forms.text(
              "package.module:callable, package.module:factory(), path/below/WEB-INF.py:callable,"
                  + " config:file.ini#name or egg:Dist#name"),
          null,
          COMPONENT,
          "The WSGI application: `package.module:callable`, `package.module:factory()`,"
              + " `package.module:Class().method`, a file below WEB-INF"
              + " (`app/shop.py:callable`), or a [Paste Deploy](paste-deploy.md) URI"
              + " (`config:app.ini#name` or `egg:Dist#name`). By default, Isthmus looks for"
              + " `application` or `app` in `WEB-INF/app/wsgi.py`, then in `WEB-INF/app/app.py`."
              + " Servlets and filters of one web application with the same value, and the same"
              + " other application settings, share the application: a factory is called once"
              + " for all of them.");

  public static final Setting<Boolean> INIT_ERROR_IS_503 =
      new Setting<>(
          "isthmus.init.error",
          Forms.choice(List.of("fail", "503"), "503"::equals),
          "fail",
          COMPONENT,
          "What to do if the application cannot be loaded: `fail` fails the deployment; `503`"
              + " deploys, logs the cause once and answers every request with 503.");

  public static final Setting<Boolean> INIT_IN_BACKGROUND =
      new Setting<>(
          "isthmus.init.mode",
          Forms.choice(List.of("eager", "background"), "background"::equals),
          "eager",
          COMPONENT,
          "When to start the application: `eager` during the deployment, which waits for it;"
              + " `background` after the deployment, on another thread. Requests that arrive"
              + " before the application has started get 503 and Retry-After. With `background`,"
              + " the deployment cannot fail: an application that does not start is logged, and"
              + " its requests keep getting 503.");

  public static final Setting<List<String>> PRELOAD =
      new Setting<>(
          "isthmus.preload",
          Forms.list("names of modules, separated by commas"),
          "codecs, encodings.ascii, encodings.idna, encodings.latin_1, encodings.utf_8, linecache,"
              + " threading, traceback, warnings",
          DEPLOYMENT,
          "Modules to import before the application, on one thread. On Jython, list what several"
              + " requests might import at the same time, because two simultaneous first imports"
              + " can deadlock. If the application parses dates, add `_strptime`, which takes 0.3"
              + " CPU seconds. With `isthmus.engine=cpython`, each worker imports them; by default,"
              + " none.");

  public static final Setting<Duration> SLOW =
      new Setting<>(
          "isthmus.slow",
          Forms.seconds(false),
          null,
          COMPONENT,
          "Log a request that takes longer, once, with the Python and the Java stack of its"
              + " thread. Time in a queue counts.");

  public static final Setting<Duration> TIMEOUT =
      new Setting<>(
          "isthmus.timeout",
          Forms.seconds(false),
          null,
          COMPONENT,
          "End a request that takes longer: the client gets 504, or a closed connection if the"
              + " response has begun. Jython interrupts the application; on CPython, it continues,"
              + " and Isthmus replaces its worker if it has not ended five seconds later. Time in a"
              + " queue counts, and so does the time that the client takes to receive the response."
              + " A request may take up to a tenth of this longer, or up to a second, whichever is"
              + " less. See [Concurrency](concurrency.md#time-limits).");

  public static final Setting<Duration> DRAIN =
      new Setting<>(
          "isthmus.drain",
          Forms.seconds(true),
          "10",
          COMPONENT,
          "How long running requests have to finish when the web application is stopped;"
              + " meanwhile, new requests get 503. The tasks of `isthmus.submit` then get the same"
              + " time again ([work after the response](tasks.md)). The container may"
              + " close connections sooner:"
              + " see [Redeploying](deploy/redeploy.md#what-happens-at-the-end).");

  public static final Setting<ReloadMode> RELOAD_MODE =
      new Setting<>(
          "isthmus.reload.mode",
          Forms.choice(
              List.of("off", "touch", "watch"),
              word -> ReloadMode.valueOf(word.toUpperCase(Locale.ROOT))),
          "off",
          DEPLOYMENT,
          "When to reload the applications without stopping the web application: `off` never,"
              + " `touch` when the file of `isthmus.reload.file` is touched, `watch` when a file"
              + " that Python has imported changes. The JMX operation `reload` works in every"
              + " mode. See [Reloading](reload.md).");

  public static final Setting<Path> RELOAD_FILE =
      new Setting<>(
          "isthmus.reload.file",
          Forms.file(),
          "reload.txt",
          DEPLOYMENT,
          "The file that `isthmus.reload.mode=touch` watches; a relative path is below WEB-INF."
              + " The file need not exist before it is first touched.");

  public static final Setting<List<String>> RELOAD_EXTRA =
      new Setting<>(
          "isthmus.reload.extra",
          Forms.patterns("files, directories and glob patterns, separated by commas"),
          "",
          DEPLOYMENT,
          "What `isthmus.reload.mode=watch` watches besides imported files: a file"
              + " (`config.ini`), all files in and below a directory (`app/templates`), or a"
              + " pattern (`app/**.yaml`, where `**` crosses directories). Relative paths are"
              + " below WEB-INF.");

  public static final Setting<Long> MAX_BODY =
      new Setting<>(
          "isthmus.request.max_body",
          Forms.size(),
          "-1",
          COMPONENT,
          "The max size of a request body. A larger one gets 413: at once if Content-Length says"
              + " so, otherwise once that many bytes have been read.");

  public static final Setting<Long> HOLD_BODY =
      new Setting<>(
          "isthmus.request.hold_body",
          Forms.size(),
          "1048576",
          COMPONENT,
          "How many bytes of a request body without Content-Length (chunked, HTTP/2) to read ahead"
              + " when the application asks for CONTENT_LENGTH; on CPython, whose environ is complete"
              + " before the call, always. If the whole body fits, the application gets its length;"
              + " Django treats a body without one as empty. With `0`, and with"
              + " `isthmus.filter.chain=wsgi`, nothing is read before the application reads.");

  public static final Setting<UnderscoreHeaders> UNDERSCORE_HEADERS =
      new Setting<>(
          "isthmus.request.underscore_headers",
          Forms.choice(
              List.of("drop", "refuse", "allow"),
              word -> UnderscoreHeaders.valueOf(word.toUpperCase(Locale.ROOT))),
          "drop",
          COMPONENT,
          "What to do with a request header that has an underscore in its name, which in environ"
              + " would look the same as one with a hyphen: `drop` it, `refuse` the request with"
              + " 400, or `allow` it. If `X_User` is allowed, HTTP_X_USER has its value too,"
              + " joined to that of `X-User` with a comma: a client could add to a header that a"
              + " proxy sets.");

  public static final Setting<Set<String>> UNDERSCORE_ALLOWED =
      new Setting<>(
          "isthmus.request.underscore_allow",
          Forms.names("header names, separated by commas"),
          "",
          COMPONENT,
          "Names of request headers with an underscore to allow in any case.");

  public static final Setting<Boolean> ENVIRON_LAZY =
      new Setting<>(
          "isthmus.environ.fill",
          Forms.choice(List.of("lazy", "eager"), "lazy"::equals),
          "lazy",
          COMPONENT,
          "With `isthmus.engine=jython`: `lazy` creates environ's values when they are first read;"
              + " `eager` creates all of them before the application is called.");

  public static final Setting<Map<String, String>> ENVIRON_ADD =
      new Setting<>(
          "isthmus.environ.add",
          Forms.pairs(),
          "",
          COMPONENT,
          "Keys and values to add to each request's environ, in UTF-8; they take precedence over"
              + " Isthmus's own.");

  public static final Setting<Path> DATA_DIR =
      new Setting<>(
          "isthmus.data_dir",
          Forms.file(),
          null,
          DEPLOYMENT,
          "An absolute directory outside of the web application for what the application keeps:"
              + " SQLite files, uploads. If it does not exist, Isthmus creates it, accessible to its"
              + " owner only. The application finds it as `isthmus.data_dir` in environ and as"
              + " ISTHMUS_DATA_DIR in `os.environ`. Files that an application writes into the web"
              + " application itself are deleted at the next"
              + " [redeployment](deploy/redeploy.md#what-an-application-keeps).");

  public static final Setting<List<String>> SERVICES =
      new Setting<>(
          "isthmus.services",
          Forms.list("JNDI names, or names of the program's data sources, separated by commas"),
          "",
          DEPLOYMENT,
          "The data sources, of the container or of the program that embeds it, whose URL, user and"
              + " password `isthmus.service` gives to Python, such as `jdbc/app`"
              + " ([Databases](data.md#on-cpython)).");

  public static final Setting<List<String>> PYTHON_PATH =
      new Setting<>(
          "isthmus.python.path",
          Forms.paths("directories or archives, separated by the platform's path separator"),
          "",
          COMPONENT,
          "Directories and archives to append to `sys.path`; a relative path is below WEB-INF. To put"
              + " some before all others, name them before a `*`, which stands for the entries that"
              + " `sys.path` has anyway: `/opt/shop/lib:*`. If a directory is before the `*`, its"
              + " .pth files, zips, eggs and wheels are, too. On Jython, appended entries still"
              + " come before the entries that find Java packages. All applications in one"
              + " interpreter share one `sys.path`.");

  public static final Setting<String> LOG_LEVEL =
      new Setting<>(
          "isthmus.log.level",
          Forms.choice(
              List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "CONTAINER"), word -> word),
          "INFO",
          DEPLOYMENT,
          "The level of Python's root logger; the container's configuration of the loggers"
              + " `org.isthmus.python.*` filters further. With `CONTAINER`, that configuration"
              + " alone decides, for each Python logger without a level of its own"
              + " ([monitoring](monitoring.md#log-levels)).");

  public static final Setting<Map<String, List<String>>> EVENTS =
      new Setting<>(
          "isthmus.events",
          Forms.listeners(List.of("request_started", "request_finished", "exception", "stopping")),
          "",
          COMPONENT,
          "Functions of the application to call when something happens, as lines `event:"
              + " package.module:callable`, with commas between several callables. The events"
              + " are `request_started`, `request_finished`, `exception` and `stopping`"
              + " ([monitoring](monitoring.md#events)).");

  public static final Setting<Access> DEBUG_PAGE =
      new Setting<>(
          "isthmus.debug.page",
          Forms.choice(List.of("off", "loopback"), Access::of),
          "off",
          COMPONENT,
          "Shows failure details to the client instead of a bare 500 or 503, as the log has"
              + " them, with stack traces: to nobody (`off`), or to users on this machine whose"
              + " request has not passed a proxy (`loopback`). For development; `isthmus serve`"
              + " sets it ([serve](serve.md#the-debug-page)).");

  private SettingsTable() {}

  /** Returns all rows. */
  public static List<Setting<?>> rows() {
    return List.of(
        ENGINE,
        APP,
        INIT_ERROR_IS_503,
        INIT_IN_BACKGROUND,
        PRELOAD,
        ConcurrencySettings.MULTITHREAD,
        ConcurrencySettings.OWN_INTERPRETER,
        ConcurrencySettings.POOL_MAX,
        ConcurrencySettings.POOL_MIN,
        ConcurrencySettings.POOL_ACQUIRE_TIMEOUT,
        ConcurrencySettings.MAX_CONCURRENT,
        ConcurrencySettings.QUEUE_TIMEOUT,
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
        DATA_DIR,
        SERVICES,
        PYTHON_PATH,
        JythonSettings.SITE,
        JythonSettings.HOME,
        JythonSettings.PROPERTIES,
        JythonSettings.EXIT,
        CPythonSettings.EXECUTABLE,
        CPythonSettings.WORKERS,
        CPythonSettings.THREADS,
        CPythonSettings.MAX_REQUESTS,
        CPythonSettings.MAX_MEMORY,
        CPythonSettings.START_TIMEOUT,
        CPythonSettings.TERMINAL,
        CPythonSettings.ENV,
        LOG_LEVEL,
        EVENTS,
        SubmitSettings.THREADS,
        SubmitSettings.MAX_QUEUE,
        SubmitSettings.EXECUTOR,
        MonitoringSettings.METRICS,
        MonitoringSettings.JMX,
        MonitoringSettings.STATUS_ACCESS,
        MonitoringSettings.STATUS_ROLE,
        MonitoringSettings.METRICS_ACCESS,
        MonitoringSettings.HEALTH_ACCESS,
        DEBUG_PAGE,
        FilterSettings.CHAIN,
        FilterSettings.WELCOME);
  }
}
