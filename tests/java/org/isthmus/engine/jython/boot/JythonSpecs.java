package org.isthmus.engine.jython.boot;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.isthmus.engine.StartTimes;

/** The description of an engine for tests, with the defaults of the settings. */
public final class JythonSpecs {
  private JythonSpecs() {}

  /** Returns one; without WEB-INF if that is null. */
  public static JythonSpec of(ServletContext context, ClassLoader loader, Path webInf) {
    return new JythonSpec(
        context,
        loader,
        webInf,
        List.of(),
        false,
        false,
        "INFO",
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        new StartTimes());
  }
}
