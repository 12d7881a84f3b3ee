// Every setting there is: the one table that parsing, help and docs/settings.md come from.
package org.isthmus;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.isthmus.exchange.Mount.UnderscoreHeaders;

/** The rows, in the order of the documentation. No name is a prefix of another. */
final class SettingsTable {
  static final Setting<String> APP =
      new Setting<>(
          "isthmus.app",
          "package.module:callable, package.module:factory() or file.py:callable below WEB-INF",
          null,
          "The WSGI application. Without it, `application` or `app` is looked for in"
              + " `WEB-INF/app/wsgi.py`, then in `WEB-INF/app/app.py`.",
          text -> text.isEmpty() ? null : text);

  static final Setting<Boolean> INIT_ERROR_IS_503 =
      new Setting<>(
          "isthmus.init.error",
          "fail or 503",
          "fail",
          "What happens when the application cannot be loaded: `fail` fails the deployment, `503`"
              + " deploys, logs the cause once and answers every request with 503.",
          text -> text.equals("503") ? Boolean.TRUE : text.equals("fail") ? Boolean.FALSE : null);

  static final Setting<Boolean> MULTITHREAD =
      flag(
          "isthmus.multithread",
          true,
          "`false` calls the application from one thread at a time, from the call until `close()`"
              + " of its iterable, for applications that are not thread-safe.");

  static final Setting<Long> MAX_BODY =
      new Setting<>(
          "isthmus.request.max_body",
          "a number of bytes, with k, m or g for 1024, 1024² or 1024³; or -1 for no limit",
          "-1",
          "The largest request body. A larger one is answered with 413: at once if Content-Length"
              + " says so, else when that many bytes have been read.",
          SettingsTable::bytes);

  static final Setting<UnderscoreHeaders> UNDERSCORE_HEADERS =
      new Setting<>(
          "isthmus.request.underscore_headers",
          "drop, refuse or allow",
          "drop",
          "What to do with a request header that has an underscore in its name, which environ could"
              + " not tell from one with a hyphen: `drop` it, `refuse` the request with 400, or"
              + " `allow` it.",
          text -> UnderscoreHeaders.valueOf(text.toUpperCase(Locale.ROOT)));

  static final Setting<Set<String>> UNDERSCORE_ALLOWED =
      new Setting<>(
          "isthmus.request.underscore_allow",
          "header names, separated by commas",
          "",
          "Header names with underscores that are let through all the same.",
          text -> new TreeSet<>(list(text.toLowerCase(Locale.ROOT), ",")));

  static final Setting<Boolean> ENVIRON_LAZY =
      new Setting<>(
          "isthmus.environ.fill",
          "lazy or eager",
          "lazy",
          "`lazy` makes environ's values when they are first asked for; `eager` makes all of them"
              + " before the application is called.",
          text -> text.equals("lazy") ? Boolean.TRUE : text.equals("eager") ? Boolean.FALSE : null);

  static final Setting<Map<String, String>> ENVIRON_ADD =
      new Setting<>(
          "isthmus.environ.add",
          "lines of the form 'name: value'",
          "",
          "Keys and values added to each request's environ; they win over Isthmus's own.",
          SettingsTable::pairs);

  static final Setting<List<String>> PYTHON_PATH =
      new Setting<>(
          "isthmus.python.path",
          "directories or archives, separated by the platform's path separator",
          "",
          "Further entries at the end of `sys.path`.",
          text -> list(text, java.io.File.pathSeparator));

  static final Setting<Boolean> PYTHON_SITE =
      flag(
          "isthmus.python.site",
          true,
          "`false` starts Python without its `site` module: about 0.8 CPU seconds faster, without"
              + " Jython's own site-packages.");

  static final Setting<String> PYTHON_HOME =
      new Setting<>(
          "isthmus.python.home",
          "a directory",
          null,
          "Jython's home, where it is not the jars of the web application.",
          text -> text);

  static final Setting<String> LOG_LEVEL =
      new Setting<>(
          "isthmus.log.level",
          "DEBUG, INFO, WARNING, ERROR or CRITICAL",
          "INFO",
          "The level of Python's root logger; the container's configuration of the loggers"
              + " `org.isthmus.python.*` filters further.",
          text ->
              Set.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
                      .contains(text.toUpperCase(Locale.ROOT))
                  ? text.toUpperCase(Locale.ROOT)
                  : null);

  static final Setting<List<String>> FILTER_WELCOME =
      new Setting<>(
          "isthmus.filter.welcome",
          "file names, separated by commas",
          "index.html",
          "For the filter: a request for a directory that holds one of these files is the"
              + " container's; any other directory is the application's.",
          text -> list(text, ","));

  private SettingsTable() {}

  /** Returns all rows. */
  static List<Setting<?>> rows() {
    return List.of(
        APP,
        INIT_ERROR_IS_503,
        MULTITHREAD,
        MAX_BODY,
        UNDERSCORE_HEADERS,
        UNDERSCORE_ALLOWED,
        ENVIRON_LAZY,
        ENVIRON_ADD,
        PYTHON_PATH,
        PYTHON_SITE,
        PYTHON_HOME,
        LOG_LEVEL,
        FILTER_WELCOME);
  }

  private static Setting<Boolean> flag(String name, boolean byDefault, String help) {
    return new Setting<>(
        name,
        "true or false",
        Boolean.toString(byDefault),
        help,
        text ->
            text.equalsIgnoreCase("true")
                ? Boolean.TRUE
                : text.equalsIgnoreCase("false") ? Boolean.FALSE : null);
  }

  private static Long bytes(String text) {
    if (text.equals("-1")) {
      return -1L;
    }
    long unit = 1;
    String digits = text;
    int suffix =
        text.isEmpty() ? -1 : "kmg".indexOf(Character.toLowerCase(text.charAt(text.length() - 1)));
    if (suffix >= 0) {
      unit = 1L << (10 * (suffix + 1));
      digits = text.substring(0, text.length() - 1);
    }
    long number = Long.parseLong(digits);
    return number < 0 || number > Long.MAX_VALUE / unit ? null : number * unit;
  }

  private static List<String> list(String text, String separator) {
    List<String> items =
        new java.util.ArrayList<>(
            Arrays.asList(text.split(java.util.regex.Pattern.quote(separator))));
    items.replaceAll(String::strip);
    items.removeIf(String::isEmpty);
    return items;
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : list(text, "\n")) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        return null;
      }
      pairs.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    return pairs;
  }
}
