// `java -jar app.war run manage.py migrate`: Python inside the web application, without a server.
package org.isthmus.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.isthmus.errors.Nearest;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Starts a process of CPython, or Jython like its own command line, with the path of the web
 * application.
 */
final class PythonCommand {
  private static final String SUFFIX = ".py";

  private final Path webInf;
  private final List<String> words;
  private final List<DataSourceOption> sources;

  /**
   * Prepares a command.
   *
   * @param root the web application, as real files
   * @param words a file, a module or {@code -c} and code; then its arguments
   * @param sources the data sources for JNDI, on Jython
   */
  PythonCommand(Path root, List<String> words, List<DataSourceOption> sources) {
    this.webInf = root.resolve("WEB-INF");
    this.words = words;
    this.sources = sources;
  }

  /**
   * Runs it and returns its exit status; on Jython, it ends the JVM.
   *
   * @param temporary gives a directory for temporary files
   */
  int run(Supplier<Path> temporary) {
    check(words.get(0), webInf.resolve("app"));
    try {
      ProcessBuilder process = ofEngine(temporary);
      if (process != null) {
        return statusOf(process);
      }
      runOnJython();
      return 0;
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof WsgiException
          ? (WsgiException) e.getCause()
          : new WsgiException(e.getCause(), Rule.ENGINE_FAILED, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new WsgiException(e, Rule.ENGINE_FAILED, e);
    }
  }

  /** Refuses a file that is absent. Modules are Python's to find, and none has such a name. */
  private static void check(String word, Path app) {
    boolean isFile = word.endsWith(SUFFIX);
    if (isFile && !Files.exists(app.resolve(word)) && !Files.exists(Path.of(word))) {
      String near =
          Nearest.of(stem(word), modules(app).stream())
              .map(name -> " (did you mean '" + name + SUFFIX + "'?)")
              .orElse("");
      throw new WsgiException(Rule.COMMAND_ABSENT, word, near);
    }
  }

  private static List<String> modules(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(PythonCommand::stem)
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String stem(String source) {
    return source.substring(0, source.length() - SUFFIX.length());
  }

  /** Asks Isthmus's jar in the web application, which knows the settings and the engines. */
  private ProcessBuilder ofEngine(Supplier<Path> temporary) throws ReflectiveOperationException {
    List<URL> urls = libraries();
    // Settings are a servlet's: Jetty's jars are there for the servlet API.
    urls.addAll(Main.jars(webInf.resolve("launcher")));
    ClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]), Main.class.getClassLoader());
    try {
      return (ProcessBuilder)
          Class.forName("org.isthmus.deploy.Command", true, loader)
              .getMethod("of", Path.class, Supplier.class, List.class)
              .invoke(null, webInf, temporary, words);
    } catch (ClassNotFoundException e) {
      return null; // a directory without Isthmus, of which Jython may make something
    }
  }

  /**
   * Ctrl-C in a terminal reaches the command by itself, which may go on; SIGTERM and SIGHUP only
   * reach Java.
   */
  private static int statusOf(ProcessBuilder builder) throws ReflectiveOperationException {
    try {
      Signals.handle("INT", () -> {});
      Process process = builder.inheritIO().start();
      Signals.handle("TERM", process::destroy);
      Signals.handle("HUP", process::destroy);
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it has just answered
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the main thread", e);
    }
  }

  private List<URL> libraries() {
    List<URL> urls = new ArrayList<>(Main.jars(webInf.resolve("lib")));
    if (Files.isDirectory(webInf.resolve("classes"))) {
      urls.add(Main.url(webInf.resolve("classes")));
    }
    return urls;
  }

  private void runOnJython() throws ReflectiveOperationException {
    List<URL> urls = new ArrayList<>(Main.jars(webInf.resolve("jython")));
    urls.addAll(libraries());
    ClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    // As in the web application: JythonEngine.
    System.setProperty("python.cachedir.skip", "true");
    CommandNames.install(sources);
    List<String> arguments = new ArrayList<>(List.of("-m", "isthmus.command", webInf.toString()));
    arguments.addAll(words);
    try {
      Class.forName("org.python.util.jython", true, loader)
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments.toArray(new String[0]));
    } catch (ClassNotFoundException e) {
      throw new WsgiException(e, Rule.JYTHON_ABSENT, "");
    }
    System.exit(0);
  }
}
