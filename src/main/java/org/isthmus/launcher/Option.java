// All options of the launcher: the one table behind parsing and --help.
package org.isthmus.launcher;

import java.util.Arrays;
import java.util.Locale;
import org.isthmus.errors.Nearest;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** The rows, in the order of the help. */
enum Option {
  PORT(
      "--port",
      "N",
      "the port to listen on; 0 picks a free one",
      "environment variable PORT, or 8080"),
  HOST("--host", "ADDRESS", "the address to listen on", "0.0.0.0, all interfaces"),
  CONTEXT_PATH("--context-path", "PATH", "where the web application is mounted", "/"),
  THREADS("--threads", "N", "max number of server threads, 8 or more", "200"),
  WORKDIR(
      "--workdir",
      "DIR",
      "where the archive is extracted",
      "one in the user's temporary directory"),
  TLS_KEYSTORE(
      "--tls-keystore", "FILE", "serve HTTPS with this key store (PKCS #12 or JKS)", "HTTP"),
  TLS_PASSWORD(
      "--tls-password",
      "SOURCE",
      "the key store's password: file:PATH, env:NAME or pass:TEXT",
      "none"),
  FORWARDED("--forwarded", "", "trust Forwarded and X-Forwarded-*; use only behind a proxy", "off"),
  URI_COMPLIANCE("--uri-compliance", "MODE", "Jetty's UriCompliance, e.g. UNSAFE", "DEFAULT"),
  ACCESS_LOG("--access-log", "FORMAT", "log each request: off, short, colour, combined", "off"),
  STATIC("--static", "DIR[=PATH]", "serve these files first, at / or PATH; repeatable", "none"),
  JNDI("--jndi", "NAME=URL", "provide a pool of connections, such as jdbc/app; repeatable", "none"),
  JNDI_USER("--jndi-user", "NAME=USER", "the database's user for it; repeatable", "the URL's"),
  JNDI_PASSWORD(
      "--jndi-password",
      "NAME=SOURCE",
      "the user's password: NAME=file:PATH or NAME=env:VARIABLE; repeatable",
      "none"),
  STOP_AT_EOF("--stop-at-eof", "", "stop when standard input ends; for parent processes", "off"),
  WAR("--war", "PATH", "serve this WAR or directory instead of the archive itself", "itself"),
  HELP("--help", "", "show this help and exit", ""),
  VERSION("--version", "", "show the version and exit", "");

  final String word;
  final String value; // its placeholder in the help; empty for a flag
  final String help;
  final String byDefault;

  Option(String word, String value, String help, String byDefault) {
    this.word = word;
    this.value = value;
    this.help = help;
    this.byDefault = byDefault;
  }

  boolean isFlag() {
    return value.isEmpty();
  }

  /**
   * Returns the option for a word.
   *
   * @throws WsgiException if there is none
   */
  static Option of(String word) {
    return Arrays.stream(values())
        .filter(option -> option.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new WsgiException(Rule.OPTION_UNKNOWN, word, suggestion(word)));
  }

  private static String suggestion(String word) {
    return Nearest.of(word, Arrays.stream(values()).map(option -> option.word))
        .map(known -> " (did you mean " + known + "?)")
        .orElse("");
  }

  /** Returns a line of the help. */
  String line() {
    String line = String.format(Locale.ROOT, "  %-24s %s", (word + " " + value).strip(), help);
    return byDefault.isEmpty() ? line : line + " [" + byDefault + "]";
  }
}
