// A Python command in a web application that no container has deployed.
package org.isthmus.deploy;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.isthmus.engine.EngineProvider;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.Engines;
import org.isthmus.engine.StartTimes;
import org.isthmus.settings.Settings;
import org.isthmus.settings.SettingsTable;

/** Asks the engine of a web application; the launcher calls it by name. */
public final class Command {
  private Command() {}

  /**
   * Returns how to run a command in a process of its own, or null if the engine has none: Jython
   * runs in the JVM.
   *
   * @param webInf WEB-INF as real files
   * @param temporary gives a directory for temporary files, which outlives the process
   * @param words a file, a module or {@code -c} and code; then its arguments
   * @throws org.isthmus.errors.WsgiException if a setting is malformed, or the engine cannot start
   */
  public static ProcessBuilder of(Path webInf, Supplier<Path> temporary, List<String> words) {
    Descriptor descriptor = Descriptor.in(webInf);
    ServletContext context = context(webInf, temporary, descriptor.contextParams());
    Settings settings = Settings.of(descriptor.initParams(), "the application", context);
    EngineProvider provider = Engines.named(settings.get(SettingsTable.ENGINE));
    provider.options(settings);
    ClassLoader loader = Command.class.getClassLoader();
    EngineSpec spec =
        new EngineSpec(context, loader, webInf, List.of(), settings, new StartTimes());
    Optional<ProcessBuilder> command = provider.command(spec, words);
    if (command.isPresent()) {
      DataDirectory.environ(settings, context);
    }
    return command.orElse(null);
  }

  /** Answers what settings and engines ask: parameters and directories. */
  private static ServletContext context(
      Path webInf, Supplier<Path> temporary, Map<String, String> parameters) {
    return (ServletContext)
        Proxy.newProxyInstance(
            Command.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "getInitParameterNames":
                  return Collections.enumeration(parameters.keySet());
                case "getInitParameter":
                  return parameters.get(arguments[0]);
                case "getAttribute":
                  boolean isTemporary = arguments[0].equals(ServletContext.TEMPDIR);
                  return isTemporary ? temporary.get().toFile() : null;
                case "getRealPath":
                  return webInf.resolveSibling(((String) arguments[0]).substring(1)).toString();
                default:
                  return null;
              }
            });
  }
}
