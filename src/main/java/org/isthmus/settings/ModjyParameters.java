// Translates modjy's parameters into settings, so that a modjy web.xml works unchanged.
package org.isthmus.settings;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.SafeText;

/**
 * modjy's parameters of one component, and their meaning here. Immutable.
 *
 * <p>An init-param with one of modjy's names always counts, because it belongs to one of our
 * servlets. A context-param may belong to anything, so modjy's names count there only if modjy's
 * rules select the application: an {@code app_} parameter is given and {@code isthmus.app} does not
 * override it, or nothing is given and modjy's default, {@code application.py} in the context root,
 * exists.
 *
 * <p>A translated value takes the place of the original; there, a setting with Isthmus's own name
 * overrides it. A blank value counts as none: modjy takes most of them for false.
 */
public final class ModjyParameters {
  private static final Pattern IMPORT_NAME =
      Pattern.compile("(?<module>\\w+(\\.\\w+)*)\\.(?<callable>\\w+(\\(\\)(\\.\\w+)*)?)");

  private final ServletContext context;
  private final String whose;
  private final Map<String, String> initParams;
  private final Map<String, String> contextParams;
  private final Map<String, String> own;
  private final Map<String, String> shared;
  private final boolean chooses;
  private final ModjyDirectory directory;

  private ModjyParameters(
      String whose,
      Map<String, String> initParams,
      Map<String, String> contextParams,
      boolean chooses,
      ServletContext context) {
    this.context = context;
    this.whose = whose;
    this.initParams = initParams;
    this.contextParams = contextParams;
    this.chooses = chooses;
    this.own = named(initParams);
    this.shared = chooses ? named(contextParams) : Map.of();
    this.directory = chooses ? ModjyDirectory.of(get(ModjyParameter.APP_DIRECTORY), context) : null;
    if (get(ModjyParameter.CALLABLE_QUERY_NAME) != null) {
      throw new WsgiException(
          Rule.MODJY_CALLABLE_QUERY, SafeText.quoted(get(ModjyParameter.CALLABLE_QUERY_NAME)));
    }
  }

  /**
   * Reads modjy's parameters.
   *
   * @param whose the owner of the init-params, for messages: " of servlet shop"
   * @param initParams of a servlet or filter
   * @param contextParams of the web application
   * @param appBeyond true if {@code isthmus.app} is given, but not as a parameter
   * @param context the web application
   * @throws WsgiException for {@code callable_query_name}
   */
  static ModjyParameters of(
      String whose,
      Map<String, String> initParams,
      Map<String, String> contextParams,
      boolean appBeyond,
      ServletContext context) {
    boolean chooses = chooses(initParams, contextParams, appBeyond, context);
    return new ModjyParameters(
        whose, Map.copyOf(initParams), Map.copyOf(contextParams), chooses, context);
  }

  private static boolean chooses(
      Map<String, String> initParams,
      Map<String, String> contextParams,
      boolean appBeyond,
      ServletContext context) {
    for (Map<String, String> params : List.of(initParams, contextParams)) {
      if (params.containsKey(SettingsTable.APP.name)) {
        return false;
      }
      if (namesApp(params)) {
        return true;
      }
    }
    return !appBeyond
        && !ModjyDirectory.exists(context, "/WEB-INF/app/wsgi.py")
        && !ModjyDirectory.exists(context, "/WEB-INF/app/app.py")
        && ModjyDirectory.exists(context, "/" + ModjyParameter.APP_FILENAME.byDefault);
  }

  /** True if one of these parameters selects the application. */
  public static boolean namesApp(Map<String, String> params) {
    return hasApp(named(params));
  }

  private static Map<String, String> named(Map<String, String> params) {
    Map<String, String> named = new TreeMap<>();
    params.forEach(
        (name, value) -> {
          if (ModjyParameter.isName(name) && !value.isBlank()) {
            named.put(name, value.strip());
          }
        });
    return named;
  }

  private static boolean hasApp(Map<String, String> named) {
    return named.keySet().stream()
        .map(ModjyParameter::of)
        .anyMatch(parameter -> parameter != null && parameter.isOfApp());
  }

  /** True if any of modjy's parameters, or its default application, is in use. */
  boolean isUsed() {
    return chooses || !own.isEmpty();
  }

  /** True if modjy's parameters, or its default, select the application. */
  boolean choosesApp() {
    return chooses;
  }

  /** True if each request gets its own application. */
  boolean isFresh() {
    String imported = get(ModjyParameter.APP_IMPORT_NAME);
    return chooses
        && number(ModjyParameter.CACHE_CALLABLES) == 0
        && (imported == null || imported.contains("()"));
  }

  /** Returns all parameters of the component and the web application, as given. */
  Map<String, String> given() {
    Map<String, String> given = new HashMap<>(contextParams);
    given.putAll(initParams);
    return given;
  }

  /** Returns modjy's parameters of the component itself. */
  Map<String, String> own() {
    return own;
  }

  /** Returns those of modjy's parameters that count and belong to the whole web application. */
  Map<String, String> shared() {
    return shared;
  }

  /** Returns the value of a parameter, or null. */
  String get(ModjyParameter parameter) {
    return own.getOrDefault(parameter.text, shared.get(parameter.text));
  }

  /** Returns the value of a parameter, or its default. */
  String getOrDefault(ModjyParameter parameter) {
    String value = get(parameter);
    return value != null ? value : String.valueOf(parameter.byDefault);
  }

  /** Returns 0 or 1, or any other number that the deployer wrote. */
  int number(ModjyParameter parameter) {
    try {
      return Integer.parseInt(getOrDefault(parameter));
    } catch (NumberFormatException e) {
      throw malformed(parameter, "0 or 1");
    }
  }

  /** Returns the items of a list; with {@code expands}, {@code $/path} is a path in the context. */
  List<String> list(ModjyParameter parameter, boolean expands) {
    String value = get(parameter);
    return value == null
        ? List.of()
        : Arrays.stream(value.split(";", -1))
            .map(String::strip)
            .filter(item -> !item.isEmpty())
            .map(
                item -> expands && item.startsWith("$") ? real(parameter, item.substring(1)) : item)
            .collect(Collectors.toList());
  }

  /** Returns where modjy looks for the application; null if modjy does not select it. */
  ModjyDirectory directory() {
    return directory;
  }

  /** Returns the settings that replace init-params. */
  Map<String, String> settingsOfComponent() {
    return settings(own, initParams);
  }

  /** Returns the settings that replace context-params. */
  Map<String, String> settingsOfContext() {
    return settings(shared, contextParams);
  }

  private Map<String, String> settings(Map<String, String> names, Map<String, String> level) {
    Map<String, String> settings = new HashMap<>();
    Map<String, String> registry = new TreeMap<>(shared);
    registry.putAll(own);
    registry.keySet().removeIf(name -> ModjyParameter.of(name) != null);
    if (names.keySet().stream().anyMatch(registry::containsKey)) {
      settings.put(JythonSettings.PROPERTIES.name, lines(registry));
    }
    for (ModjyParameter parameter : ModjyParameter.values()) {
      if (parameter.setting != null && !parameter.isOfApp() && names.containsKey(parameter.text)) {
        settings.put(parameter.setting.name, translated(parameter));
      }
    }
    // The default application is shared; parts of a name may be in both places.
    if (chooses && (hasApp(own) ? names == own : names == shared)) {
      settings.put(SettingsTable.APP.name, app());
    }
    settings.putAll(level);
    return settings;
  }

  private static String lines(Map<String, String> pairs) {
    return pairs.entrySet().stream()
        .map(pair -> pair.getKey() + ": " + pair.getValue())
        .collect(Collectors.joining("\n"));
  }

  private String translated(ModjyParameter parameter) {
    String value = get(parameter);
    switch (parameter) {
      case MULTITHREAD:
        return Boolean.toString(number(parameter) != 0);
      case LOAD_SITE_PACKAGES:
        return Boolean.toString(!value.equals("0"));
      case PYTHON_PATH:
        return ModjyDirectory.absolute(value);
      case PYTHON_HOME:
        return Path.of(value).isAbsolute() ? value : real(parameter, value);
      default:
        return value;
    }
  }

  private String app() {
    String imported = get(ModjyParameter.APP_IMPORT_NAME);
    if (imported == null) {
      return directory.file(getOrDefault(ModjyParameter.APP_FILENAME))
          + ":"
          + getOrDefault(ModjyParameter.APP_CALLABLE_NAME);
    }
    Matcher parts = IMPORT_NAME.matcher(imported);
    if (!parts.matches()) {
      throw malformed(
          ModjyParameter.APP_IMPORT_NAME,
          "package.module.callable, package.module.Class() or package.module.Class().method");
    }
    return parts.group("module") + ":" + parts.group("callable");
  }

  private String real(ModjyParameter parameter, String path) {
    String real = context.getRealPath(path.startsWith("/") ? path : "/" + path);
    if (real == null) {
      throw malformed(parameter, "on disk, for the web application is packed");
    }
    return real;
  }

  private WsgiException malformed(ModjyParameter parameter, String wanted) {
    boolean isOwn = own.containsKey(parameter.text);
    String where = isOwn ? "the init-param" + whose : "the context-param";
    return new WsgiException(
        Rule.SETTING_MALFORMED, parameter.text, where, SafeText.quoted(get(parameter)), wanted, "");
  }
}
