// The name of this machine's operating system and processor.
package org.isthmus.directories;

import java.util.Locale;
import java.util.Map;

/** Names as JavaCPP has them, which is where the CPython in a web application comes from. */
public final class Platform {
  private static final Map<String, String> OTHERS = Map.of("amd64", "x86_64", "aarch64", "arm64");

  private Platform() {}

  /** Returns this machine's: {@code linux-x86_64}. */
  public static String here() {
    return named(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** Returns the name for values of the system properties {@code os.name} and {@code os.arch}. */
  public static String named(String name, String architecture) {
    String system = name.toLowerCase(Locale.ROOT);
    system = system.startsWith("mac") ? "macosx" : system.replaceFirst(" .*", "");
    return system + "-" + OTHERS.getOrDefault(architecture, architecture);
  }
}
