// What the log advises if web.xml has modjy's parameters.
package org.isthmus.settings;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.SafeText;

/** One line of advice per parameter, and a warning if browsers can download a source. */
final class ModjyAdvice {
  private static final System.Logger LOG = System.getLogger("org.isthmus");
  private static final String GIVEN = "org.isthmus.modjy.advised";

  private final ModjyParameters modjy;
  private final ServletContext context;

  private ModjyAdvice(ModjyParameters modjy, ServletContext context) {
    this.modjy = modjy;
    this.context = context;
  }

  /** Logs all advice, once per web application. */
  static void log(ModjyParameters modjy, ServletContext context) {
    if (modjy.isUsed()) {
      new ModjyAdvice(modjy, context).log();
    }
  }

  private void log() {
    Set<String> given = given();
    List.of(modjy.own(), modjy.shared())
        .forEach(
            params ->
                params.forEach(
                    (name, value) -> {
                      if (given.add(name + "=" + value)) {
                        advise(name, value);
                      }
                    }));
    if (modjy.choosesApp()) {
      adviseOnDefault(given);
      warnOfServedSource(given);
    }
  }

  @SuppressWarnings("unchecked")
  private Set<String> given() {
    synchronized (context) {
      Set<String> given = (Set<String>) context.getAttribute(GIVEN);
      if (given == null) {
        given = ConcurrentHashMap.newKeySet();
        context.setAttribute(GIVEN, given);
      }
      return given;
    }
  }

  private void advise(String name, String value) {
    ModjyParameter parameter = ModjyParameter.of(name);
    if (parameter == null) {
      String line = SafeText.quoted(name + ": " + value);
      log(name, value, true, "Write isthmus.python.properties = " + line + " instead.");
    } else if (parameter.isOfApp() && !modjy.choosesApp()) {
      log(name, value, false, "Remove it: isthmus.app is given.");
    } else {
      log(name, value, parameter.hasEffect, advice(parameter));
    }
  }

  private String advice(ModjyParameter parameter) {
    String setting = setting(parameter);
    if (parameter.isOfApp()) {
      String moved = modjy.directory().moved(setting);
      if (!moved.equals(setting)) {
        return "Move the code to WEB-INF/app and write isthmus.app = '" + moved + "' instead.";
      }
    }
    return String.format(Locale.ROOT, parameter.advice, setting);
  }

  private void log(String name, String value, boolean hasEffect, String advice) {
    String state = hasEffect ? "understood" : "accepted without effect";
    LOG.log(
        System.Logger.Level.INFO,
        Rule.MODJY_ADVICE.message(name, SafeText.quoted(value), state, advice));
  }

  private String setting(ModjyParameter parameter) {
    if (parameter.setting == null) {
      return "";
    }
    String name = parameter.setting.name;
    String value = modjy.settingsOfComponent().get(name);
    return SafeText.escaped(value != null ? value : modjy.settingsOfContext().get(name));
  }

  private void adviseOnDefault(Set<String> given) {
    ModjyParameter file = ModjyParameter.APP_FILENAME;
    boolean byDefault =
        modjy.get(ModjyParameter.APP_IMPORT_NAME) == null && modjy.get(file) == null;
    if (byDefault && given.add(file.text + "=" + file.byDefault)) {
      advise(file.text, modjy.getOrDefault(file));
    }
  }

  private void warnOfServedSource(Set<String> given) {
    String imported = modjy.get(ModjyParameter.APP_IMPORT_NAME);
    String name =
        imported == null
            ? modjy.getOrDefault(ModjyParameter.APP_FILENAME)
            : imported.substring(0, imported.indexOf('.'));
    String source = modjy.directory().publicSource(name, context);
    String served = source == null ? null : ServedCode.beside(source, context);
    if (served != null && given.add(served)) {
      LOG.log(System.Logger.Level.WARNING, Rule.SOURCE_IN_ROOT.message(served));
    }
  }
}
