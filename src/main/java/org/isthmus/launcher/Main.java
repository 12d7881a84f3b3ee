// The main class of `java -jar app.war`: serves the web application around it, or runs Python in
// it.
package org.isthmus.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * The program in front of Jetty. It needs nothing but Java, and is in META-INF/versions of the WAR,
 * from where Java runs it, so that none of it is among the application's files
 * (docs/deploy/executable.md).
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final Set<Rule> MISUSE =
      EnumSet.of(Rule.OPTION_UNKNOWN, Rule.OPTION_VALUE, Rule.COMMAND_MISSING);
  private static final int LEAST_JAVA = 17;

  /** The location of Jetty in an archive: no container puts it on a class path. */
  private static final Path LAUNCHER = Path.of("WEB-INF", "launcher");

  private Main() {}

  /**
   * Runs the program; it ends the JVM with 0 after a server was stopped, 1 if it could not start, 2
   * after a usage error, and for {@code run} with the status of the Python command.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    try {
      run(Options.of(Arrays.asList(arguments), System::getenv));
    } catch (WsgiException e) {
      System.err.println(e.getMessage());
      System.exit(MISUSE.contains(e.rule()) ? MISUSED : FAILED);
    }
  }

  private static void run(Options options) {
    if (options.has(Option.HELP)) {
      help();
    } else if (options.has(Option.VERSION)) {
      System.out.println("Isthmus " + version() + " on Java " + Runtime.version());
    } else if (options.code() != null) {
      explain(options);
    } else if (Runtime.version().feature() < LEAST_JAVA) {
      throw new WsgiException(Rule.JAVA_TOO_OLD, Runtime.version(), LEAST_JAVA);
    } else if (options.extractTo() != null) {
      Extraction.extract(archive(options), options.extractTo());
    } else {
      start(options);
    }
  }

  private static Path archive(Options options) {
    return options.war() == null ? itself() : options.war();
  }

  private static void explain(Options options) {
    String entry = Explanation.of(options.code(), archive(options));
    if (entry == null) {
      throw options.refusedCode();
    }
    System.out.println(entry);
  }

  private static void help() {
    System.out.println("Usage: java -jar app.war [OPTION]...");
    System.out.println(
        "       java -jar app.war [--workdir DIR] [--jndi NAME=URL]..."
            + " run FILE.py|MODULE|-c CODE [ARGUMENT]...");
    System.out.println("       java -jar app.war extract DIR");
    System.out.println("       java -jar app.war explain CODE");
    System.out.println(
        "\nServes the web application, runs a Python command in it, or extracts it into a"
            + "\nnew directory, with the CPython that it has for this machine; or explains the code"
            + "\nof a message, such as IS0012.\n");
    for (Option option : Option.values()) {
      System.out.println(option.line());
    }
    System.out.println(
        "\nSettings are system properties (java -Disthmus.NAME=VALUE -jar app.war) or environment"
            + "\nvariables (ISTHMUS_NAME). On SIGTERM or Ctrl-C, running requests finish first."
            + "\nExit status: 0 stopped, 1 could not start, 2 usage error; for run, the command's.");
  }

  private static void start(Options options) {
    Path archive = archive(options);
    int status = 0;
    try (WorkDirectory work = WorkDirectory.of(options.workdir(), archive)) {
      Path root = Files.isDirectory(archive) ? archive : work.extracted();
      if (options.python() != null) {
        status =
            new PythonCommand(root, options.python(), options.dataSources()).run(work::temporary);
      } else {
        serve(root, work.temporary(), options);
      }
    }
    // Ends any threads that the web application has left.
    System.exit(status);
  }

  private static void serve(Path root, Path temporary, Options options) {
    List<URL> jars = jars(root.resolve(LAUNCHER));
    ClassLoader own = Main.class.getClassLoader();
    ClassLoader loader = jars.isEmpty() ? own : new URLClassLoader(jars.toArray(new URL[0]), own);
    Thread.currentThread().setContextClassLoader(loader);
    try {
      Serving serving =
          Class.forName("org.isthmus.launcher.jetty.JettyServing", true, loader)
              .asSubclass(Serving.class)
              .getConstructor()
              .newInstance();
      Termination termination = new Termination(serving::stop);
      termination.onSignals();
      if (options.has(Option.STOP_AT_EOF)) {
        termination.onEnd(System.in);
      }
      serving.serve(root, temporary, options);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new WsgiException(e, Rule.JETTY_ABSENT, root.resolve(LAUNCHER), e);
    }
  }

  /** Returns the jars in a directory; none if there is no such directory. */
  static List<URL> jars(Path directory) {
    List<URL> jars = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        files
            .filter(file -> file.toString().endsWith(".jar"))
            .sorted()
            .forEach(f -> jars.add(url(f)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return jars;
  }

  static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not a file: " + file, e);
    }
  }

  /** Returns the archive that contains this class. */
  private static Path itself() {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String version() {
    try (JarFile jar = new JarFile(itself().toFile())) {
      return jar.getManifest().getMainAttributes().getValue("Isthmus-Version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
