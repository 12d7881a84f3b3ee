// The files in which an import may have failed: fixing it changes or adds one of them.
package org.isthmus.deploy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isthmus.engine.Interpreter;

/**
 * Collects the files that a traceback or a message names and those already imported; also their
 * directories and those of sys.path, in which a module may be missing.
 */
final class FailedFiles {
  /** The forms in tracebacks and in messages: {@code line 3 of /srv/app/shop.py has}. */
  private static final Pattern NAMED =
      Pattern.compile("File \"([^\"\n]+)\"|(?<![^\\s'`(])(\\S+\\.py)\\b");

  private FailedFiles() {}

  static Set<Path> of(Throwable failure, Interpreter interpreter) {
    Set<Path> files = new LinkedHashSet<>(interpreter.files());
    for (Throwable part = failure; part != null; part = part.getCause()) {
      Matcher named = NAMED.matcher(String.valueOf(part.getMessage()));
      while (named.find()) {
        add(files, named.group(1) != null ? named.group(1) : named.group(2));
      }
    }
    Set<Path> directories = new LinkedHashSet<>(interpreter.path());
    for (Path file : files) {
      if (file.getParent() != null) {
        directories.add(file.getParent());
      }
    }
    files.addAll(directories);
    return files;
  }

  private static void add(Set<Path> files, String name) {
    try {
      Path file = Path.of(name);
      // Others are not files: <string>, or a name in a sentence.
      if (file.isAbsolute()) {
        files.add(file.normalize());
      }
    } catch (InvalidPathException e) {
      return;
    }
  }
}
