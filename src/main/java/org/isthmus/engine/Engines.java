// Finds the engine that isthmus.engine selects.
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
import org.isthmus.exchange.SafeText;

/** The providers on the class path, by name. */
public final class Engines {
  private static final String NAMES = "META-INF/services/" + EngineProvider.class.getName();

  private Engines() {}

  /**
   * Returns the provider with this name.
   *
   * @throws WsgiException if there is none; the message lists the available ones
   */
  public static EngineProvider named(String name) {
    // The loader of Isthmus: if several web applications share it, they share the providers, too.
    ClassLoader loader = EngineProvider.class.getClassLoader();
    Map<String, EngineProvider> known = own(loader);
    if (!known.containsKey(name)) {
      ServiceLoader.load(EngineProvider.class, loader)
          .forEach(provider -> known.put(provider.name(), provider));
    }
    EngineProvider provider = known.get(name);
    if (provider == null) {
      String names = String.join(", ", known.keySet());
      throw new WsgiException(Rule.ENGINE_UNKNOWN, SafeText.quoted(name), names);
    }
    return provider;
  }

  /**
   * Returns the providers in Isthmus's own jar. ServiceLoader opens URLs, and on JDK 25 the URLs
   * that Tomcat creates for a packed WAR with a # in its name cannot be opened; its class loader
   * can read the file.
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
