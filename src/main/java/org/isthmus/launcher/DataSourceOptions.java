// Gathers --jndi, --jndi-user and --jndi-password, which may be given for several data sources.
package org.isthmus.launcher;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * A password never stands on the command line, where every user of the machine can read it: it
 * comes from a file or an environment variable.
 */
final class DataSourceOptions {
  /** Stands for what may contain a password. */
  private static final String NOT_SHOWN = "...";

  private static final String SOURCES = "NAME=file:PATH or NAME=env:VARIABLE";

  /**
   * A password in a URL: a parameter, in the notation of any driver, {@code user:password@}, or
   * Oracle's {@code user/password@}.
   */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "[?&;,(:]\\s*\\w*(password|passwd|pwd)\\s*=|//[^/?;@]*:[^/?;@]*@|^jdbc:oracle:\\w+:[^/@]+/[^@]+@",
          Pattern.CASE_INSENSITIVE);

  private final Map<Option, Map<String, String>> given = new EnumMap<>(Option.class);

  /**
   * Takes one of the three options.
   *
   * @throws WsgiException if its value is not {@code NAME=...}
   */
  void add(Option option, String value) {
    int equals = value.indexOf('=');
    if (equals < 1 || equals == value.length() - 1) {
      throw refused(option, NOT_SHOWN, option.value);
    }
    String name = DataSourceOption.below(value.substring(0, equals));
    String rest = value.substring(equals + 1);
    if (option == Option.JNDI) {
      check(name, rest);
    }
    given.computeIfAbsent(option, each -> new LinkedHashMap<>()).put(name, rest);
  }

  private static void check(String name, String url) {
    if (!name.matches("\\w[\\w./-]*\\w|\\w")) {
      // It may be a URL without a name, up to its first parameter.
      throw refused(
          Option.JNDI,
          NOT_SHOWN,
          Option.JNDI.value
              + " with a name such as jdbc/app, without "
              + DataSourceOption.ENVIRONMENT);
    }
    if (PASSWORD.matcher(url).find()) {
      throw refused(
          Option.JNDI,
          name + "=" + NOT_SHOWN,
          "a URL without a password: name a file or a variable with --jndi-password, because"
              + " every user of the machine can read the command line");
    }
    if (!url.startsWith("jdbc:")) {
      throw refused(
          Option.JNDI, name + "=" + NOT_SHOWN, "NAME=URL with a URL that begins with jdbc:");
    }
  }

  /**
   * Returns the data sources, in the order of --jndi.
   *
   * @param environment gives the value of an environment variable, or null
   * @throws WsgiException if a user or password belongs to none of them, or cannot be read
   */
  List<DataSourceOption> read(UnaryOperator<String> environment) {
    Map<String, String> urls = of(Option.JNDI);
    for (Option option : List.of(Option.JNDI_USER, Option.JNDI_PASSWORD)) {
      for (String name : of(option).keySet()) {
        if (!urls.containsKey(name)) {
          String known = urls.isEmpty() ? "none" : String.join(", ", urls.keySet());
          // The part of a password before its first "=" looks like a name.
          String shown = option == Option.JNDI_PASSWORD ? NOT_SHOWN : name + "=" + NOT_SHOWN;
          throw refused(option, shown, "for a name of --jndi, which has " + known);
        }
      }
    }
    List<DataSourceOption> sources = new ArrayList<>();
    urls.forEach(
        (name, url) -> {
          String source = of(Option.JNDI_PASSWORD).get(name);
          String password =
              source == null
                  ? null
                  : Secret.read(Option.JNDI_PASSWORD, source, environment, SOURCES);
          sources.add(new DataSourceOption(name, url, of(Option.JNDI_USER).get(name), password));
        });
    return sources;
  }

  private Map<String, String> of(Option option) {
    return given.getOrDefault(option, Map.of());
  }

  private static WsgiException refused(Option option, String value, String rule) {
    return new WsgiException(Rule.OPTION_VALUE, "Option " + option.word, value, rule);
  }
}
