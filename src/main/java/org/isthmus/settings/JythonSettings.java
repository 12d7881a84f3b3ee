// The settings of Jython alone.
package org.isthmus.settings;

import static org.isthmus.settings.Setting.Reach.DEPLOYMENT;

import java.util.List;
import java.util.Map;

/** Rows of the {@link SettingsTable} that no other engine reads. */
public final class JythonSettings {
  private JythonSettings() {}

  public static final Setting<Boolean> SITE =
      new Setting<>(
          "isthmus.python.site",
          Forms.flag(),
          "true",
          DEPLOYMENT,
          "With `isthmus.engine=jython`: `false` starts Python without its `site` module. Startup"
              + " is about 0.8 CPU seconds faster, but Jython's own site-packages are missing.");

  public static final Setting<Boolean> EXIT =
      new Setting<>(
          "isthmus.exit",
          Forms.choice(List.of("refuse", "allow"), "allow"::equals),
          "refuse",
          DEPLOYMENT,
          "With `isthmus.engine=jython`: what to do with a call of `os._exit`, which would end the"
              + " JVM and every web application in it. `refuse` it with"
              + " [IS0140](errors.md#is0140), or `allow` it.");

  public static final Setting<String> HOME =
      new Setting<>(
          "isthmus.python.home",
          Forms.text("a directory"),
          null,
          DEPLOYMENT,
          "With `isthmus.engine=jython`: the home of a Jython installation to use instead of the"
              + " library in the web application's jars.");

  public static final Setting<Map<String, String>> PROPERTIES =
      new Setting<>(
          "isthmus.python.properties",
          Forms.pairs(),
          "",
          DEPLOYMENT,
          "With `isthmus.engine=jython`: properties of Jython's registry, such as"
              + " `python.security.respectJavaAccessibility: false`.");
}
