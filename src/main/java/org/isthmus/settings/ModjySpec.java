// What an application that was written for modjy finds beside PEP 3333.
package org.isthmus.settings;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** modjy's ways, for an application whose web.xml has modjy's parameters. Immutable. */
public final class ModjySpec {
  private final Map<String, String> parameters;
  private final Map<String, Object> environ;
  private final Map<String, String> aliases;

  /**
   * Creates a description.
   *
   * @param parameters for isthmus.modjy, which is Python: packages, cache_callables and so on
   * @param environ keys and values that are the same for each request; a value is text (unicode in
   *     Python, as modjy had it), a number, a Boolean, null, a List (a tuple) or any other object
   * @param aliases names of keys, with the keys whose values they have too
   */
  public ModjySpec(
      Map<String, String> parameters, Map<String, Object> environ, Map<String, String> aliases) {
    this.parameters = Map.copyOf(parameters);
    // Not Map.copyOf: modjy has None for what is not given.
    this.environ = Collections.unmodifiableMap(new HashMap<>(environ));
    this.aliases = Map.copyOf(aliases);
  }

  /** Returns what isthmus.modjy needs to know. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** Returns keys and values that are the same for each request. */
  public Map<String, Object> environ() {
    return environ;
  }

  /** Returns names of keys, with the keys whose values they have too. */
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
