// The engine that all generations of a web application share, until its own files change.
package org.isthmus.deploy;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.isthmus.engine.Engine;
import org.isthmus.engine.EngineProvider;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.Engines;
import org.isthmus.engine.StartTimes;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.SafeText;
import org.isthmus.settings.Setting;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;
import org.isthmus.watch.Stamp;
import org.isthmus.webinf.ClassPathPython;
import org.isthmus.webinf.WebInf;

/**
 * Starts an engine for the first generation, and another one, in its own class loader, for the
 * first generation that finds the engine's files changed.
 *
 * <p><b>Threading.</b> Guarded by itself; any thread may close the engines handed out.
 */
final class SharedEngine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.isthmus");

  private final ServletContext context;
  private final ClassLoader loader;
  private final StartTimes times = new StartTimes();
  private volatile WebInf webInf;
  private ClassPathPython classPath;
  private EngineProvider provider;
  private Settings startedWith;
  private Started current;

  /**
   * Creates a holder without an engine.
   *
   * @param context the web application
   * @param loader its class loader
   */
  SharedEngine(ServletContext context, ClassLoader loader) {
    this.context = context;
    this.loader = loader;
  }

  /** An engine that its last user closes. */
  static final class Started implements AutoCloseable {
    private final Engine engine;
    private final Map<Path, Stamp> runtime;
    private int users = 1;

    private Started(Engine engine, Map<Path, Stamp> runtime) {
      this.engine = engine;
      this.runtime = runtime;
    }

    /** Returns the engine. */
    Engine engine() {
      return engine;
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

    /** Releases one user. */
    @Override
    public void close() {
      if (leave()) {
        engine.close();
      }
    }
  }

  /** Returns the engine, starting it if necessary; the caller closes it. */
  synchronized Started hold(Settings settings) {
    webInf = webInf == null ? WebInf.of(context) : webInf;
    classPath = classPath == null ? ClassPathPython.of(context, loader, webInf) : classPath;
    times.ended("staging");
    startedWith = startedWith == null ? settings : startedWith;
    EngineProvider chosen = provider(startedWith);
    Map<Path, Stamp> runtime =
        chosen.runtime(webInf.directory()).stream()
            .collect(Collectors.toMap(file -> file, Stamp::of));
    if (current == null || !current.runtime.equals(runtime) || !current.join()) {
      EngineSpec spec =
          new EngineSpec(
              context, loader, webInf.directory(), classPath.directories(), startedWith, times);
      current = new Started(chosen.start(spec), runtime);
    }
    return current;
  }

  /**
   * Returns the engine's provider: the one that the first user named.
   *
   * @throws org.isthmus.errors.WsgiException if there is none of that name
   */
  synchronized EngineProvider provider(Settings settings) {
    provider = provider == null ? Engines.named(settings.get(SettingsTable.ENGINE)) : provider;
    return provider;
  }

  /** Returns the recorder of startup phases. */
  StartTimes times() {
    return times;
  }

  /** Returns WEB-INF, or null as long as nothing has been started. */
  WebInf webInf() {
    return webInf;
  }

  /** Warns about another component's settings that come too late. */
  synchronized void warnOfDifferences(Settings settings) {
    for (Setting<?> row : SettingsTable.rows()) {
      if (startedWith == null || row.reach != Setting.Reach.DEPLOYMENT || !settings.has(row)) {
        continue;
      }
      Object value = startedWith.get(row);
      if (!settings.get(row).equals(value)) {
        LOG.log(
            System.Logger.Level.WARNING,
            Rule.SETTING_SHARED.message(row.name, SafeText.quoted(String.valueOf(value))));
      }
    }
  }

  /** Releases the files; the last user of the engine has already closed it. */
  @Override
  public synchronized void close() {
    current = null;
    if (classPath != null) {
      classPath.close();
    }
    if (webInf != null) {
      webInf.close();
    }
  }
}
