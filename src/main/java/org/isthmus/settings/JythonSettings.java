// The settings that Jython alone has.
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
          "Modules that are imported before the application, on one thread. What requests would"
              + " import side by side belongs here: two first imports at once can wait for each"
              + " other for ever. Applications that parse dates want `_strptime` too, which takes"
              + " 0.3 CPU seconds.");

  public static final Setting<Boolean> SITE =
      new Setting<>(
          "isthmus.python.site",
          Forms.flag(),
          "true",
          DEPLOYMENT,
          "`false` starts Python without its `site` module: about 0.8 CPU seconds faster, without"
              + " Jython's own site-packages.");

  public static final Setting<String> HOME =
      new Setting<>(
          "isthmus.python.home",
          Forms.text("a directory"),
          null,
          DEPLOYMENT,
          "The home of a Jython installation, where it is not the jars of the web application.");

  public static final Setting<Map<String, String>> PROPERTIES =
      new Setting<>(
          "isthmus.python.properties",
          Forms.pairs(),
          "",
          DEPLOYMENT,
          "Properties of Jython's registry, such as `python.security.respectJavaAccessibility:"
              + " false`.");
}
