// The engine that all generations of a web application share, until Jython's jars change.
package org.isthmus.deploy;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.isthmus.engine.Engine;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.Engines;
import org.isthmus.engine.StartTimes;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Quoted;
import org.isthmus.files.Stamp;
import org.isthmus.files.WebInf;
import org.isthmus.settings.Setting;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/**
 * Starts an engine for the first of them, and another one, in a class loader of its own, for the
 * first that finds other jars.
 *
 * <p><b>Threading.</b> Guarded by itself; what has been given out is closed by any thread.
 */
final class SharedEngine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus");

  private final ServletContext context;
  private final ClassLoader loader;
  private final StartTimes times = new StartTimes();
  private volatile WebInf webInf;
  private Settings startedWith;
  private Started current;

  /**
   * Has started none yet.
   *
   * @param context the web application
   * @param loader its class loader
   */
  SharedEngine(ServletContext context, ClassLoader loader) {
    this.context = context;
    this.loader = loader;
  }

  /** An engine that is closed by the last of its users. */
  static final class Started implements AutoCloseable {
    private final Engines engines;
    private final Map<Path, Stamp> jars;
    private int users = 1;

    private Started(Engines engines, Map<Path, Stamp> jars) {
      this.engines = engines;
      this.jars = jars;
    }

    /** Returns the engine. */
    Engine engine() {
      return engines.engine();
    }

    private synchronized boolean join() {
      if (users == 0) {
        return false;
      }
      users++;
      return true;
    }

    private synchronized boolean leave() {
      users--;
      return users == 0;
    }

    /** Tells that one user has gone. */
    @Override
    public void close() {
      if (leave()) {
        engines.close();
      }
    }
  }

  /** Returns the engine, started if need be, for one more user, who closes it. */
  synchronized Started hold(Settings settings) {
    webInf = webInf == null ? WebInf.of(context) : webInf;
    times.ended("staging");
    startedWith = startedWith == null ? settings : startedWith;
    List<Path> files = webInf.jython();
    Map<Path, Stamp> jars = files.stream().collect(Collectors.toMap(file -> file, Stamp::of));
    if (current == null || !current.jars.equals(jars) || !current.join()) {
      Engines engines = Engines.jython(loader, files, child -> spec(child, startedWith));
      current = new Started(engines, jars);
    }
    return current;
  }

  /** Returns what is told of each phase of a start. */
  StartTimes times() {
    return times;
  }

  /** Returns WEB-INF, or null as long as nothing has been started. */
  WebInf webInf() {
    return webInf;
  }

  /** Warns of settings of another component that come too late. */
  synchronized void warnOfDifferences(Settings settings) {
    for (Setting<?> row : SettingsTable.rows()) {
      if (startedWith == null || row.reach != Setting.Reach.DEPLOYMENT || !settings.has(row)) {
        continue;
      }
      Object value = startedWith.get(row);
      if (!settings.get(row).equals(value)) {
        LOG.log(
            System.Logger.Level.WARNING,
            Rule.SETTING_SHARED.message(row.name, Quoted.of(String.valueOf(value))));
      }
    }
  }

  private EngineSpec spec(ClassLoader child, Settings settings) {
    Map<String, String> properties = new HashMap<>(settings.get(SettingsTable.PYTHON_PROPERTIES));
    String home = settings.get(SettingsTable.PYTHON_HOME);
    if (home != null) {
      properties.put("python.home", PythonHome.checked(home));
    }
    return new EngineSpec(
        context,
        child,
        webInf.directory(),
        settings.get(SettingsTable.PYTHON_SITE),
        settings.get(SettingsTable.LOG_LEVEL),
        settings.get(SettingsTable.PRELOAD),
        properties,
        times);
  }

  /** Lets go of the files; the engine's last user has closed that. */
  @Override
  public synchronized void close() {
    current = null;
    if (webInf != null) {
      webInf.close();
    }
  }
}
