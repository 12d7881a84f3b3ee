// The engine `cpython`: Python 3 in worker processes.
package org.isthmus.engine.cpython;

import java.nio.file.Path;
import java.util.List;
import org.isthmus.engine.Engine;
import org.isthmus.engine.EngineProvider;
import org.isthmus.engine.EngineSpec;

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

  @Override
  public Engine start(EngineSpec spec) {
    return new CPythonEngine(spec);
  }
}
