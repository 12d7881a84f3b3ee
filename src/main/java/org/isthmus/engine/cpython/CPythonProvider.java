// The engine `cpython`: Python 3 in worker processes.
package org.isthmus.engine.cpython;

import java.nio.file.Path;
import java.util.List;
import org.isthmus.engine.Engine;
import org.isthmus.engine.EngineProvider;
import org.isthmus.engine.EngineSpec;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/** Starts workers on a CPython that is installed, or that the web application carries. */
public final class CPythonProvider implements EngineProvider {
  /** Creates the provider; ServiceLoader does. */
  public CPythonProvider() {}

  @Override
  public String name() {
    return "cpython";
  }

  @Override
  public List<Path> runtime(Path webInf) {
    return CarriedPython.archives(webInf);
  }

  @Override
  public List<String> watched() {
    return List.of("lib-python/*.{pth,egg,zip,whl}");
  }

  /** Has none, and refuses what is for Jython. */
  @Override
  public Object options(Settings settings) {
    if (settings.modjy() != null) {
      throw new WsgiException(Rule.MODJY_ON_CPYTHON);
    }
    Integer max = settings.get(SettingsTable.POOL_MAX);
    if (max != null) {
      throw new WsgiException(Rule.POOL_ON_CPYTHON, max, max);
    }
    return null;
  }

  @Override
  public Engine start(EngineSpec spec) {
    return new CPythonEngine(spec);
  }
}
