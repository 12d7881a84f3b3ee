// Finds out for which Pythons the compiled libraries of a web application were built.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the names of extension modules (PEP 3149) and the tags of installed wheels (PEP 425). Both
 * are needed: the name of a module for the stable ABI does not contain the processor, and a module
 * that was copied by hand has no wheel.
 */
final class Wheels {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  /** Names that importlib ignores on another ABI. Plain {@code x.so} may be any library. */
  private static final Pattern MODULE =
      Pattern.compile("(.+?)(\\.(?:(?:cpython|pypy|graalpy)\\d*-.+\\.so|cp\\d+-.+\\.pyd))");

  private static final int MAX_SHOWN = 3;

  private final Map<Path, List<String>> modules = new LinkedHashMap<>(); // suffixes, by module
  private final Map<String, List<String>> tags = new LinkedHashMap<>(); // by distribution

  private Wheels() {}

  /**
   * Reads directories.
   *
   * @param directories of libraries; they may be absent
   */
  static Wheels in(List<Path> directories) {
    Wheels wheels = new Wheels();
    directories.stream().filter(Files::isDirectory).forEach(wheels::read);
    return wheels;
  }

  private void read(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              add(directory, file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // Python will report what it cannot read.
      LOG.log(System.Logger.Level.DEBUG, "The libraries are not known.", e);
    }
  }

  private void add(Path directory, Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.equals("WHEEL")) {
      addWheel(file);
    } else if (name.endsWith(".so") || name.endsWith(".pyd")) {
      Matcher module = MODULE.matcher(name);
      if (module.matches()) {
        Path base = directory.relativize(file.resolveSibling(module.group(1)));
        modules.computeIfAbsent(base, key -> new ArrayList<>()).add(module.group(2));
      }
    }
  }

  private void addWheel(Path file) throws IOException {
    String of = file.getParent().getFileName().toString();
    if (of.endsWith(".dist-info")) {
      List<String> listed =
          Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
              .filter(line -> line.startsWith("Tag:"))
              .map(line -> line.substring(4).strip())
              .collect(Collectors.toList());
      tags.put(of.replaceFirst("\\.dist-info$", "").replace('-', ' '), listed);
    }
  }

  /** Returns why an interpreter cannot load the libraries; null if it can. */
  String refusal(PythonProbe python) {
    List<String> other = new ArrayList<>();
    modules.forEach(
        (base, suffixes) -> {
          if (suffixes.stream().noneMatch(python.suffixes()::contains)) {
            other.add(base + suffixes.get(0));
          }
        });
    if (other.isEmpty()) {
      tags.forEach(
          (name, of) -> {
            if (!of.isEmpty() && of.stream().noneMatch(tag -> isFit(tag, python))) {
              other.add(name + ", " + of.get(0));
            }
          });
    }
    if (other.isEmpty()) {
      return null;
    }
    String more = other.size() > MAX_SHOWN ? " and " + (other.size() - MAX_SHOWN) + " more" : "";
    return "the libraries in lib-python were installed for another one: "
        + other.stream().limit(MAX_SHOWN).collect(Collectors.joining(", "))
        + more
        + "; this one loads *"
        + python.suffixes().get(0);
  }

  /** Ignores pure Python, whatever its version. */
  private static boolean isFit(String tag, PythonProbe python) {
    String[] parts = tag.split("-", -1);
    if (parts.length != 3) {
      return true;
    }
    boolean isPure = parts[1].equals("none") && parts[2].equals("any");
    return isPure || (isFitAbi(parts[0], parts[1], python) && isFitPlatform(parts[2], python));
  }

  private static boolean isFitAbi(String version, String abi, PythonProbe python) {
    String own = python.suffixes().get(0);
    if (abi.equals("none")) {
      return true;
    }
    if (abi.equals("abi3")) {
      // No free-threaded build supports it.
      boolean has = python.suffixes().stream().anyMatch(suffix -> suffix.startsWith(".abi3"));
      String minor = version.replaceFirst("^cp3", "");
      return has && minor.matches("\\d{1,3}") && Integer.parseInt(minor) <= python.minor();
    }
    return own.startsWith(".cpython-" + abi.replaceFirst("^cp", "") + "-");
  }

  private static boolean isFitPlatform(String platform, PythonProbe python) {
    if (platform.equals("any")) {
      return true;
    }
    String own = python.suffixes().get(0);
    if (own.contains("-darwin")) {
      return platform.startsWith("macosx_")
          && (platform.endsWith("_" + python.machine()) || platform.contains("universal"));
    }
    boolean isMusl = own.contains("-musl");
    boolean isOurs =
        platform.startsWith("linux_") || platform.startsWith(isMusl ? "musllinux" : "manylinux");
    return isOurs && platform.endsWith("_" + processor(own, python));
  }

  /** Python's processor may differ from the kernel's: a 32-bit one can run on 64 bits. */
  private static String processor(String suffix, PythonProbe python) {
    return suffix.contains("-i386-") ? "i686" : python.machine();
  }
}
