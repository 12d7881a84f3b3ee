// The settings of Jython alone.
package org.isthmus.settings;

import static org.isthmus.settings.Setting.Reach.DEPLOYMENT;

import java.util.List;
import java.util.Map;

/** Rows of the {@link SettingsTable} that no other engine reads. */
public final class JythonSettings {
  private JythonSettings() {}

  public static final Setting<List<String>> PRELOAD =
      new Setting<>(
          "isthmus.preload",
          Forms.list("names of modules, separated by commas"),
          "codecs, encodings.ascii, encodings.idna, encodings.latin_1, encodings.utf_8, linecache,"
              + " threading, traceback, warnings",
          DEPLOYMENT,
          "Modules to import before the application, on one thread. List what several requests"
              + " might import at the same time, because two simultaneous first imports can"
              + " deadlock. If the application parses dates, add `_strptime`, which takes 0.3"
              + " CPU seconds.");

  public static final Setting<Boolean> SITE =
      new Setting<>(
          "isthmus.python.site",
          Forms.flag(),
          "true",
          DEPLOYMENT,
          "`false` starts Python without its `site` module: startup is about 0.8 CPU seconds"
              + " faster, but Jython's own site-packages are missing.");

  public static final Setting<Boolean> EXIT =
      new Setting<>(
          "isthmus.exit",
          Forms.choice(List.of("refuse", "allow"), "allow"::equals),
          "refuse",
          DEPLOYMENT,
          "What to do with a call of `os._exit`, which would end the JVM and every web application"
              + " in it: `refuse` it with [IS0140](errors.md#is0140), or `allow` it.");

  public static final Setting<String> HOME =
      new Setting<>(
          "isthmus.python.home",
          Forms.text("a directory"),
          null,
          DEPLOYMENT,
          "The home of a Jython installation to use instead of the library in the web"
              + " application's jars.");

  public static final Setting<Map<String, String>> PROPERTIES =
      new Setting<>(
          "isthmus.python.properties",
          Forms.pairs(),
          "",
          DEPLOYMENT,
          "Properties of Jython's registry, such as `python.security.respectJavaAccessibility:"
              + " false`.");
}
