// The files that a list of names, directories and glob patterns stands for.
package org.isthmus.watch;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Searches each time it is asked. Skips names with a leading dot in directories. Immutable. */
public final class FilePatterns {
  private static final Pattern MAGIC = Pattern.compile("[*?\\[{]");

  private final Path base;
  private final List<String> patterns;

  /**
   * Describes files.
   *
   * @param base the base of relative paths
   * @param patterns names of files and directories, and patterns of {@link
   *     java.nio.file.FileSystem#getPathMatcher}'s glob syntax
   */
  public FilePatterns(Path base, List<String> patterns) {
    this.base = base.toAbsolutePath().normalize();
    this.patterns = List.copyOf(patterns);
  }

  /** Returns true if a text is a pattern, or can be the name of a file. */
  public static boolean isOne(String pattern) {
    return isOne(pattern, FileSystems.getDefault());
  }

  /** A pattern is not a path: Windows allows no star in one. */
  static boolean isOne(String pattern, FileSystem system) {
    try {
      if (isPattern(pattern)) {
        system.getPathMatcher("glob:" + pattern);
      }
      return !pattern.isEmpty() && system.getPath(literal(pattern)) != null;
    } catch (InvalidPathException | PatternSyntaxException e) {
      return false;
    }
  }

  private static boolean isPattern(String text) {
    return MAGIC.matcher(text).find();
  }

  /** Returns the files; a plain name is among them even if there is no such file. */
  public Set<Path> files() {
    Set<Path> found = new HashSet<>();
    for (String pattern : patterns) {
      Path named = base.resolve(literal(pattern)).normalize();
      if (isPattern(pattern)) {
        PathMatcher glob = base.getFileSystem().getPathMatcher("glob:" + pattern);
        boolean whole = base.getFileSystem().getPath(literal(pattern)).isAbsolute();
        walk(named, file -> glob.matches(whole ? file : base.relativize(file)), found);
      } else if (Files.isDirectory(named)) {
        walk(named, path -> true, found);
      } else {
        found.add(named);
      }
    }
    return found;
  }

  /** Returns the directory that a pattern begins with, or all of a name. */
  private static String literal(String pattern) {
    Matcher magic = MAGIC.matcher(pattern);
    return magic.find()
        ? pattern.substring(0, pattern.lastIndexOf('/', magic.start()) + 1)
        : pattern;
  }

  private static void walk(Path top, PathMatcher wanted, Set<Path> found) {
    if (!Files.isDirectory(top)) {
      return;
    }
    try {
      Files.walkFileTree(top, new Finder(top, wanted, found));
    } catch (IOException e) {
      return; // the directory has just been deleted; the finder gets other failures
    }
  }

  /** Collects files. */
  private static final class Finder extends SimpleFileVisitor<Path> {
    private final Path top;
    private final PathMatcher wanted;
    private final Set<Path> found;

    Finder(Path top, PathMatcher wanted, Set<Path> found) {
      this.top = top;
      this.wanted = wanted;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return isHidden(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!isHidden(file) && wanted.matches(file)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // it has been deleted, or is not accessible
    }

    private boolean isHidden(Path path) {
      return !path.equals(top) && path.getFileName().toString().startsWith(".");
    }
  }
}
