// Finds the engine that isthmus.engine names.
package org.isthmus.engine;

import java.util.ServiceLoader;
import java.util.TreeMap;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Quoted;

/** The providers that the class path has, by name. */
public final class Engines {
  private Engines() {}

  /**
   * Returns the provider of a name.
   *
   * @throws WsgiException if there is none; the message names those that are there
   */
  public static EngineProvider named(String name) {
    TreeMap<String, EngineProvider> known = new TreeMap<>();
    // The loader that has Isthmus: where several web applications share it, they share this too.
    ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader())
        .forEach(provider -> known.put(provider.name(), provider));
    EngineProvider provider = known.get(name);
    if (provider == null) {
      String names = String.join(", ", known.keySet());
      throw new WsgiException(Rule.ENGINE_UNKNOWN, Quoted.of(name), names);
    }
    return provider;
  }
}
