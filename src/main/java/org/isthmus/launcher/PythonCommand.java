// `java -jar app.war run manage.py migrate`: Python inside the web application, without a server.
package org.isthmus.launcher;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/** Starts Jython like its own command line, with the path of the web application. */
final class PythonCommand {
  private PythonCommand() {}

  /**
   * Runs a command and ends the JVM with its status.
   *
   * @param root the web application, as real files
   * @param command a file, a module or {@code -c} and code; then its arguments
   */
  static void run(Path root, List<String> command) {
    Path webInf = root.resolve("WEB-INF");
    List<URL> urls = new ArrayList<>(Main.jars(webInf.resolve("jython")));
    urls.addAll(Main.jars(webInf.resolve("lib")));
    if (Files.isDirectory(webInf.resolve("classes"))) {
      urls.add(Main.url(webInf.resolve("classes")));
    }
    ClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    // As in the web application: JythonEngine.
    System.setProperty("python.cachedir.skip", "true");
    List<String> arguments = new ArrayList<>(List.of("-m", "isthmus.command", webInf.toString()));
    arguments.addAll(command);
    try {
      Class.forName("org.python.util.jython", true, loader)
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments.toArray(new String[0]));
      System.exit(0);
    } catch (ClassNotFoundException e) {
      throw new WsgiException(e, Rule.JYTHON_ABSENT, "");
    } catch (InvocationTargetException e) {
      throw new WsgiException(e.getCause(), Rule.ENGINE_FAILED, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new WsgiException(e, Rule.ENGINE_FAILED, e);
    }
  }
}
