// The part of modjy's parameters that no setting covers: for the engine, and for environ.
package org.isthmus.settings;

import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Creates a {@link ModjySpec}: the environ of a modjy application, and how it is loaded. */
final class ModjySpecs {
  private static final Map<String, String> ALIASES =
      Map.of("j2ee.request", "isthmus.request", "j2ee.response", "isthmus.response");

  private ModjySpecs() {}

  /**
   * Returns the description for the engine, or null if modjy's parameters are not in use. It does
   * not name the servlet: the listener, which comes first, must mean the same application.
   */
  static ModjySpec of(ModjyParameters modjy, ServletContext context) {
    if (!modjy.isUsed()) {
      return null;
    }
    Map<String, Object> environ = new HashMap<>();
    environ.put("modjy.version", List.of(0, 25, 3));
    environ(modjy).forEach((name, value) -> environ.put("modjy.param." + name, value));
    environ.put("j2ee.servlet_context", context);
    if (modjy.isFresh()) {
      environ.put("wsgi.run_once", true);
      environ.put("wsgi.multithread", false);
    }
    return new ModjySpec(parameters(modjy), environ, ALIASES);
  }

  private static Map<String, String> parameters(ModjyParameters modjy) {
    Map<String, String> parameters = new HashMap<>();
    for (ModjyParameter flag :
        List.of(ModjyParameter.CACHE_CALLABLES, ModjyParameter.RELOAD_ON_MOD)) {
      parameters.put(flag.text, modjy.number(flag) == 0 ? "0" : "1");
    }
    put(parameters, ModjyParameter.PACKAGES, modjy.list(ModjyParameter.PACKAGES, false));
    put(parameters, ModjyParameter.CLASSDIRS, modjy.list(ModjyParameter.CLASSDIRS, true));
    put(parameters, ModjyParameter.EXTDIRS, modjy.list(ModjyParameter.EXTDIRS, true));
    return parameters;
  }

  private static void put(Map<String, String> into, ModjyParameter list, List<String> items) {
    into.put(list.text, String.join(";", items));
  }

  /** modjy shows applications all parameters, and its own with their defaults. */
  private static Map<String, Object> environ(ModjyParameters modjy) {
    Map<String, Object> values = new HashMap<>();
    for (ModjyParameter parameter : ModjyParameter.values()) {
      if (parameter.isAlwaysInEnviron()) {
        values.put(parameter.text, parameter.byDefault);
      }
    }
    values.putAll(modjy.given());
    for (ModjyParameter parameter : ModjyParameter.values()) {
      if (parameter.isNumber()) {
        values.put(parameter.text, modjy.number(parameter));
      }
    }
    if (modjy.directory() != null) {
      values.put(ModjyParameter.APP_DIRECTORY.text, modjy.directory().real());
    }
    return values;
  }
}
