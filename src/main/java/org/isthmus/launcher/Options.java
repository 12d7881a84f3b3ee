// The command line, parsed and checked.
package org.isthmus.launcher;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** Options, and the command after them if there is one. Immutable. */
public final class Options {
  private static final List<String> LOG_FORMATS = List.of("off", "short", "colour", "combined");
  private static final String RUN = "run";
  private static final String EXTRACT = "extract";
  private static final String EXPLAIN = "explain";
  private static final List<String> COMMANDS = List.of(RUN, EXTRACT, EXPLAIN);
  private static final int LEAST_THREADS = 8;
  private static final String PASS = "pass:";
  private static final Set<Option> SOURCES =
      EnumSet.of(Option.JNDI, Option.JNDI_USER, Option.JNDI_PASSWORD);

  private final Map<Option, String> given;
  private final List<String> command;
  private final Map<String, Path> files;
  // Passwords are read once: they may come from a pipe.
  private final String password;
  private final List<DataSourceOption> sources;
  private final UnaryOperator<String> environment;

  private Options(
      Map<Option, String> given,
      List<String> command,
      Map<String, Path> files,
      DataSourceOptions sources,
      UnaryOperator<String> environment) {
    this.given = given;
    this.command = command;
    this.files = files;
    this.environment = environment;
    this.password = readPassword();
    this.sources = sources.read(environment);
  }

  /**
   * Parses a command line: options, then optionally {@code run} and a Python command, {@code
   * extract} and a directory, or {@code explain} and a code.
   *
   * @param environment gives the value of an environment variable, or null
   * @throws WsgiException if an option is unknown or has an invalid value
   */
  static Options of(List<String> arguments, UnaryOperator<String> environment) {
    Map<Option, String> given = new EnumMap<>(Option.class);
    Map<String, Path> files = new LinkedHashMap<>();
    DataSourceOptions sources = new DataSourceOptions();
    List<String> command = null;
    for (int i = 0; i < arguments.size() && command == null; i++) {
      String argument = arguments.get(i);
      if (COMMANDS.contains(argument)) {
        command = List.copyOf(arguments.subList(i, arguments.size()));
        continue;
      }
      int equals = argument.indexOf('=');
      Option option = Option.of(equals < 0 ? argument : argument.substring(0, equals));
      if (option.isFlag() && equals < 0) {
        given.put(option, "");
      } else if (option.isFlag()) {
        throw refused(option, argument.substring(equals + 1), "a value: the option has none");
      } else if (equals >= 0) {
        given.put(option, argument.substring(equals + 1));
      } else if (i + 1 < arguments.size()) {
        i++;
        given.put(option, arguments.get(i));
      } else {
        throw refused(option, "the last word", "followed by a value (" + option.value + ")");
      }
      if (option == Option.STATIC) {
        addFiles(given.get(option), files);
      } else if (SOURCES.contains(option)) {
        sources.add(option, given.get(option));
      }
    }
    Options options = new Options(given, command, files, sources, environment);
    options.check();
    return options;
  }

  private static void addFiles(String value, Map<String, Path> files) {
    int equals = value.lastIndexOf('=');
    Path directory = path(Option.STATIC, equals < 0 ? value : value.substring(0, equals));
    String path = equals < 0 ? "" : value.substring(equals + 1).replaceAll("^/+|/+$", "");
    if (!Files.isDirectory(directory)) {
      throw refused(Option.STATIC, value, "a directory, with or without =PATH after it");
    }
    files.put("/" + path, directory);
  }

  /** Everything is checked at once, used or not. */
  private void check() {
    port();
    threads();
    contextPath();
    accessLog();
    war();
    workdir();
    keystore();
    if (RUN.equals(verb()) && command.size() == 1) {
      throw new WsgiException(Rule.COMMAND_MISSING);
    }
    extractTo();
    code();
    if (given.containsKey(Option.TLS_PASSWORD) && keystore() == null) {
      throw refused(Option.TLS_PASSWORD, "given", "of use without " + Option.TLS_KEYSTORE.word);
    }
  }

  boolean has(Option option) {
    return given.containsKey(option);
  }

  private String text(Option option, String byDefault) {
    return given.getOrDefault(option, byDefault);
  }

  private Path path(Option option) {
    String text = given.get(option);
    return text == null ? null : path(option, text);
  }

  private static Path path(Option option, String text) {
    return path(
        text,
        refused(option, text, "a path of characters that the locale has, as with LC_ALL=C.UTF-8"));
  }

  private static Path path(String text, WsgiException refused) {
    try {
      return Path.of(text).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw refused;
    }
  }

  private String verb() {
    return command == null ? null : command.get(0);
  }

  /** Returns the Python command after {@code run}, or null. */
  List<String> python() {
    return RUN.equals(verb()) ? command.subList(1, command.size()) : null;
  }

  /** Returns the new or empty directory after {@code extract}, or null. */
  Path extractTo() {
    if (!EXTRACT.equals(verb())) {
      return null;
    }
    String text = String.join(" ", command.subList(1, command.size()));
    WsgiException refused =
        new WsgiException(
            Rule.OPTION_VALUE, "The directory after extract", text, "one that is new or empty");
    if (command.size() != 2) {
      throw refused;
    }
    Path directory = path(text, refused);
    String[] there = directory.toFile().list();
    if (Files.exists(directory) && (there == null || there.length > 0)) {
      throw refused;
    }
    return directory;
  }

  /** Returns the error code after {@code explain}, or null. */
  String code() {
    if (!EXPLAIN.equals(verb())) {
      return null;
    }
    if (command.size() != 2) {
      throw refusedCode();
    }
    return command.get(1);
  }

  /** Returns the error to report if there is no such code. */
  WsgiException refusedCode() {
    String text = String.join(" ", command.subList(1, command.size()));
    String rule = "the code of a message, such as IS0012";
    return new WsgiException(Rule.OPTION_VALUE, "The word after explain", text, rule);
  }

  /** Returns the WAR to serve, or null for the archive that contains the program. */
  Path war() {
    return path(Option.WAR);
  }

  /** Returns the directory for extracted files, or null for the default. */
  Path workdir() {
    return path(Option.WORKDIR);
  }

  /** Returns the port, 0 for any free one. */
  public int port() {
    String variable = environment.apply("PORT");
    boolean isVariable = !has(Option.PORT) && variable != null && !variable.isBlank();
    String text = isVariable ? variable.strip() : text(Option.PORT, "8080");
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 0xFFFF) {
      String named = isVariable ? "The environment variable PORT" : "Option " + Option.PORT.word;
      throw new WsgiException(Rule.OPTION_VALUE, named, text, "a port from 0 to 65535");
    }
    return Integer.parseInt(text);
  }

  /** Returns the address to listen on. */
  public String host() {
    return text(Option.HOST, "0.0.0.0");
  }

  /**
   * Returns the context path: {@code /}, or one that starts with a slash and does not end with one.
   */
  public String contextPath() {
    String path = text(Option.CONTEXT_PATH, "/");
    if (!path.matches("/|(/[^/?#;%\\s]+)+")) {
      throw refused(Option.CONTEXT_PATH, path, "/ or a path such as /shop, without / at its end");
    }
    return path;
  }

  /** Returns the max number of server threads. */
  public int threads() {
    String text = text(Option.THREADS, "200");
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < LEAST_THREADS) {
      throw refused(Option.THREADS, text, "a number from " + LEAST_THREADS + " to 99999");
    }
    return Integer.parseInt(text);
  }

  /** Returns the key store, or null for HTTP. */
  public Path keystore() {
    return path(Option.TLS_KEYSTORE);
  }

  /** Returns the key store's password, null if none is given. */
  public String password() {
    return password;
  }

  private String readPassword() {
    String source = text(Option.TLS_PASSWORD, "");
    if (source.isEmpty()) {
      return null;
    }
    return source.startsWith(PASS)
        ? source.substring(PASS.length())
        : Secret.read(Option.TLS_PASSWORD, source, environment, "file:PATH, env:NAME or pass:TEXT");
  }

  /** Returns the data sources to provide. */
  public List<DataSourceOption> dataSources() {
    return sources;
  }

  /** Returns the directories whose files are served first, by mount path. */
  public Map<String, Path> files() {
    return files;
  }

  /** Returns true to trust a proxy's headers about its client. */
  public boolean isForwarded() {
    return has(Option.FORWARDED);
  }

  /** Returns the name of Jetty's URI compliance mode. */
  public String uriCompliance() {
    return text(Option.URI_COMPLIANCE, "DEFAULT");
  }

  /** Returns the error to report if Jetty rejects the URI compliance mode. */
  public WsgiException refusedUriCompliance() {
    return refused(Option.URI_COMPLIANCE, uriCompliance(), "one of Jetty's, such as UNSAFE");
  }

  /** Returns the access log format: off, short, colour or combined. */
  public String accessLog() {
    String format = text(Option.ACCESS_LOG, "off");
    if (!LOG_FORMATS.contains(format)) {
      throw refused(Option.ACCESS_LOG, format, "one of " + String.join(", ", LOG_FORMATS));
    }
    return format;
  }

  private static WsgiException refused(Option option, String value, String rule) {
    return new WsgiException(Rule.OPTION_VALUE, "Option " + option.word, value, rule);
  }
}
