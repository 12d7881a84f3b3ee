// Every parameter that modjy reads, with its default and its replacement in Isthmus.
package org.isthmus.settings;

import java.util.Locale;

/**
 * The table of the parameters of modjy 0.25.3, which Jython 2.7.4 contains; those that environ
 * shows even if they are not given come first.
 */
enum ModjyParameter {
  APP_IMPORT_NAME(null, SettingsTable.APP, "Write isthmus.app = '%s' instead."),
  APP_DIRECTORY(
      null, SettingsTable.APP, "Move the code to WEB-INF/app and correct isthmus.app = '%s'."),
  APP_FILENAME("application.py", SettingsTable.APP, "Write isthmus.app = '%s' instead."),
  APP_CALLABLE_NAME("handler", SettingsTable.APP, "Write isthmus.app = '%s' instead."),
  CALLABLE_QUERY_NAME(null, null, ""),
  MULTITHREAD(1, ConcurrencySettings.MULTITHREAD, "Write isthmus.multithread = '%s' instead."),
  CACHE_CALLABLES(
      1, null, "Remove it when the application keeps in environ what belongs to one request."),
  RELOAD_ON_MOD(
      0,
      null,
      "Remove it in production: each request looks at the file. isthmus.reload.mode = 'watch' looks"
          + " at all modules, beside the requests."),
  EXC_HANDLER(
      "standard", null, "Remove it: tracebacks go to the log and never to a client.", false),
  LOG_LEVEL(
      "info", null, "Set the level of the logger org.isthmus in the container instead.", false),
  PACKAGES(null, null, "Call sys.add_package() in the application instead, if it needs it at all."),
  CLASSDIRS(null, null, "Put the classes into WEB-INF/classes instead."),
  EXTDIRS(null, null, "Put the jars into WEB-INF/lib instead."),
  INITIAL_ENV(
      null, SettingsTable.ENVIRON_ADD, "Write isthmus.environ.add with the same lines instead."),
  LOG_FORMAT(null, null, "Set the format in the container's logging configuration.", false),
  LOG_CLASS(null, null, "Set a handler in the container's logging configuration.", false),
  LOAD_SITE_PACKAGES(null, JythonSettings.SITE, "Write isthmus.python.site = '%s' instead."),
  PYTHON_HOME(null, JythonSettings.HOME, "Remove it, or write isthmus.python.home = '%s' instead."),
  PYTHON_PATH(null, SettingsTable.PYTHON_PATH, "Write isthmus.python.path = '%s' instead.");

  /** The prefix of all properties of Jython's registry. */
  static final String PYTHON = "python.";

  /** The name in web.xml. */
  final String text;

  /** The value in environ's modjy.param if the parameter is not given: text, a number, or null. */
  final Object byDefault;

  /** The setting that replaces it, or null. */
  final Setting<?> setting;

  /** What to do instead; %s is the setting's value. */
  final String advice;

  /** False if Isthmus reads the parameter only to report that it has no effect. */
  final boolean hasEffect;

  ModjyParameter(Object byDefault, Setting<?> setting, String advice) {
    this(byDefault, setting, advice, true);
  }

  ModjyParameter(Object byDefault, Setting<?> setting, String advice, boolean hasEffect) {
    String name = name().toLowerCase(Locale.ROOT);
    this.text = name.startsWith("python_") ? "python." + name.substring(7) : name;
    this.byDefault = byDefault;
    this.setting = setting;
    this.advice = advice;
    this.hasEffect = hasEffect;
  }

  /** True for parameters that select the application. */
  boolean isOfApp() {
    return setting == SettingsTable.APP;
  }

  /** True if environ has modjy.param for it even if it is not given. */
  boolean isAlwaysInEnviron() {
    return compareTo(INITIAL_ENV) <= 0;
  }

  /** True for 0 and 1. */
  boolean isNumber() {
    return byDefault instanceof Integer;
  }

  /** Returns the parameter with this name, or null. */
  static ModjyParameter of(String name) {
    for (ModjyParameter parameter : values()) {
      if (parameter.text.equals(name)) {
        return parameter;
      }
    }
    return null;
  }

  /** True for the name of a parameter or of a property of Jython's registry. */
  static boolean isName(String name) {
    return of(name) != null || name.startsWith(PYTHON);
  }
}
