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

/** Starts workers on an installed CPython, or on one in the web application. */
public final class CPythonProvider implements EngineProvider {
  /** Called by ServiceLoader. */
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

  /** Has no options of its own; refuses settings that are for Jython only. */
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
