// The settings of one servlet, filter or listener, from all sources.
package org.isthmus.settings;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.isthmus.errors.Nearest;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Values by name, from the first of: init-params, context-params, system properties, environment
 * variables.
 *
 * <p>Init- and context-params that start with {@code isthmus.} but name no setting are errors, and
 * so are malformed values, used or not. Other parameters, properties and variables are ignored,
 * except modjy's ({@link ModjyParameters}).
 */
public final class Settings {
  private static final String PREFIX = "isthmus.";
  private static final String INIT_PARAM = "the init-param";
  private static final String CONTEXT_PARAM = "the context-param";

  private final List<Source> sources;
  private final List<String> modjyPath;
  private final ModjySpec modjy;

  /** One of the sources of values. */
  private static final class Source {
    private final String description;
    private final String whose; // for a message, after the description
    private final Function<Setting<?>, String> texts;

    Source(String description, Function<Setting<?>, String> texts) {
      this(description, "", texts);
    }

    Source(String description, String whose, Function<Setting<?>, String> texts) {
      this.description = description;
      this.whose = whose;
      this.texts = texts;
    }
  }

  private Settings(List<Source> sources, List<String> modjyPath, ModjySpec modjy) {
    this.sources = sources;
    this.modjyPath = modjyPath;
    this.modjy = modjy;
  }

  /**
   * Reads the settings of one component.
   *
   * @param initParams the component's own parameters; a listener has none
   * @param component its kind and name, "servlet shop", for messages
   * @param context the web application
   */
  public static Settings of(
      Map<String, String> initParams, String component, ServletContext context) {
    return of(initParams, component, context, System::getProperty, System::getenv);
  }

  /** As above, with given system properties and environment variables. */
  public static Settings of(
      Map<String, String> initParams,
      String component,
      ServletContext context,
      UnaryOperator<String> properties,
      UnaryOperator<String> variables) {
    Map<String, String> contextParams = new HashMap<>();
    for (String name : Collections.list(context.getInitParameterNames())) {
      contextParams.put(name, context.getInitParameter(name));
    }
    String whose = " of " + component;
    requireKnown(initParams, INIT_PARAM + whose);
    requireKnown(contextParams, CONTEXT_PARAM);
    Source property = new Source("a system property", row -> properties.apply(row.name));
    // Many tools set a variable to an empty value to unset it.
    Source variable =
        new Source(
            "an environment variable",
            row -> {
              String text = variables.apply(row.variable());
              return text == null || text.isBlank() ? null : text;
            });
    boolean appBeyond =
        property.texts.apply(SettingsTable.APP) != null
            || variable.texts.apply(SettingsTable.APP) != null;
    ModjyParameters modjy =
        ModjyParameters.of(whose, initParams, contextParams, appBeyond, context);
    Map<String, String> ofComponent = modjy.settingsOfComponent();
    Map<String, String> ofContext = modjy.settingsOfContext();
    Settings settings =
        new Settings(
            List.of(
                new Source(INIT_PARAM, whose, row -> ofComponent.get(row.name)),
                new Source(CONTEXT_PARAM, row -> ofContext.get(row.name)),
                property,
                variable),
            modjy.directory() == null ? List.of() : modjy.directory().entries(),
            ModjySpecs.of(modjy, context));
    SettingsTable.rows().forEach(settings::get);
    ModjyAdvice.log(modjy, context);
    return settings;
  }

  /** Returns a setting's value, or its default if none is given; null if there is no default. */
  public <T> T get(Setting<T> setting) {
    for (Source source : sources) {
      String text = source.texts.apply(setting);
      if (text != null) {
        return setting.parse(text, source.description + source.whose);
      }
    }
    return setting.byDefault();
  }

  /** Returns true if a setting is given, even if it equals the default. */
  public boolean has(Setting<?> setting) {
    return sources.stream().anyMatch(source -> source.texts.apply(setting) != null);
  }

  /** Returns name, value and source of each setting in force, without secrets. */
  public List<List<String>> inForce() {
    List<List<String>> rows = new ArrayList<>();
    for (Setting<?> row : SettingsTable.rows()) {
      String text = row.defaultText;
      String where = "the default";
      for (Source source : sources) {
        String given = source.texts.apply(row);
        if (given != null) {
          text = given.strip();
          where = source.description;
          break;
        }
      }
      if (text != null) {
        rows.add(List.of(row.name, Masked.text(row.name, text), where));
      }
    }
    return rows;
  }

  /** Returns further entries of sys.path: those of the setting, then modjy's app_directory. */
  public List<String> path() {
    List<String> path = new ArrayList<>(get(SettingsTable.PYTHON_PATH));
    path.addAll(modjyPath);
    return path;
  }

  /** Returns the part of modjy's parameters that no setting covers; null if there are none. */
  public ModjySpec modjy() {
    return modjy;
  }

  private static void requireKnown(Map<String, String> params, String where) {
    for (String name : new TreeSet<>(params.keySet())) {
      boolean ours = name.strip().toLowerCase(Locale.ROOT).startsWith(PREFIX);
      if (ours && SettingsTable.rows().stream().noneMatch(row -> row.name.equals(name))) {
        throw new WsgiException(Rule.SETTING_UNKNOWN, name, suggestion(name), where);
      }
    }
  }

  /** Returns " (did you mean ...?)" for the setting that a name probably means, or "". */
  static String suggestion(String name) {
    String written = name.strip().toLowerCase(Locale.ROOT);
    return Nearest.of(written, SettingsTable.rows().stream().map(row -> row.name))
        .map(known -> " (did you mean '" + known + "'?)")
        .orElse("");
  }
}
