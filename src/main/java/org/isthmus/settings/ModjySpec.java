// What an application written for modjy expects beyond PEP 3333.
package org.isthmus.settings;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** modjy's behaviour, for an application whose web.xml has modjy's parameters. Immutable. */
public final class ModjySpec {
  private final Map<String, String> parameters;
  private final Map<String, Object> environ;
  private final Map<String, String> aliases;

  /**
   * Creates a description.
   *
   * @param parameters for isthmus.modjy, which is Python: packages, cache_callables and so on
   * @param environ keys and values common to all requests; a value is text (unicode in Python, as
   *     in modjy), a number, a Boolean, null, a List (a tuple) or any other object
   * @param aliases names of keys, with the keys whose values they share
   */
  public ModjySpec(
      Map<String, String> parameters, Map<String, Object> environ, Map<String, String> aliases) {
    this.parameters = Map.copyOf(parameters);
    // Not Map.copyOf: modjy uses None for missing values.
    this.environ = Collections.unmodifiableMap(new HashMap<>(environ));
    this.aliases = Map.copyOf(aliases);
  }

  /** Returns the parameters of isthmus.modjy. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** Returns keys and values common to all requests. */
  public Map<String, Object> environ() {
    return environ;
  }

  /** Returns names of keys, with the keys whose values they share. */
  public Map<String, String> aliases() {
    return aliases;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModjySpec && parts().equals(((ModjySpec) other).parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return Arrays.asList(parameters, environ, aliases);
  }
}
