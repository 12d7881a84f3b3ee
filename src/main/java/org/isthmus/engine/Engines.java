// Finds the engine that isthmus.engine names.
package org.isthmus.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Quoted;

/** The providers that the class path has, by name. */
public final class Engines {
  private static final String NAMES = "META-INF/services/" + EngineProvider.class.getName();

  private Engines() {}

  /**
   * Returns the provider of a name.
   *
   * @throws WsgiException if there is none; the message names those that are there
   */
  public static EngineProvider named(String name) {
    // The loader that has Isthmus: where several web applications share it, they share this too.
    ClassLoader loader = EngineProvider.class.getClassLoader();
    Map<String, EngineProvider> known = own(loader);
    if (!known.containsKey(name)) {
      ServiceLoader.load(EngineProvider.class, loader)
          .forEach(provider -> known.put(provider.name(), provider));
    }
    EngineProvider provider = known.get(name);
    if (provider == null) {
      String names = String.join(", ", known.keySet());
      throw new WsgiException(Rule.ENGINE_UNKNOWN, Quoted.of(name), names);
    }
    return provider;
  }

  /**
   * Returns the providers of Isthmus's own jar. ServiceLoader opens URLs, and those that Tomcat
   * makes of a packed WAR with a # in its name open nothing on JDK 25; its class loader reads it.
   */
  private static Map<String, EngineProvider> own(ClassLoader loader) {
    Map<String, EngineProvider> known = new TreeMap<>();
    try (InputStream names = loader.getResourceAsStream(NAMES)) {
      if (names == null) {
        return known;
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(names, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          Class<?> type = Class.forName(line.strip(), true, loader);
          EngineProvider provider = (EngineProvider) type.getDeclaredConstructor().newInstance();
          known.put(provider.name(), provider);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return known;
  }
}
