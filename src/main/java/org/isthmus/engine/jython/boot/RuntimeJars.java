// The jars of an engine's runtime, opened to load classes.
package org.isthmus.engine.jython.boot;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * Finds a class in the jar that had one of its package before, otherwise in the first that has it.
 * A start loads some thousand classes, and looks for names that do not exist as well: for each, a
 * URLClassLoader searches forty jars, and creates a URL for what it finds.
 *
 * <p>Signatures are not verified, which would need a digest for each of Bouncy Castle's five
 * thousand files: anyone who can change these jars can change the application beside them. Of the
 * manifests, only Multi-Release is honoured; package versions and Class-Path are not.
 */
final class RuntimeJars implements Closeable {
  private static final System.Logger LOG = System.getLogger("org.isthmus.engine");

  private final List<Jar> jars = new ArrayList<>();
  private final Map<String, Jar> byPackage = new ConcurrentHashMap<>();

  /** Opens jars; skips unreadable ones, like a URLClassLoader. */
  RuntimeJars(List<Path> paths) {
    for (Path path : paths) {
      try {
        jars.add(new Jar(path));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, path + " could not be opened.", e);
      }
    }
  }

  /** Returns a class's file, or null if no jar has it. */
  ClassFile find(String name) throws IOException {
    String file = name.replace('.', '/').concat(".class");
    String inPackage = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    Jar likely = byPackage.get(inPackage);
    ClassFile found = likely == null ? null : likely.read(file);
    for (int i = 0; found == null && i < jars.size(); i++) {
      found = jars.get(i).read(file);
      if (found != null) {
        byPackage.putIfAbsent(inPackage, jars.get(i));
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    IOException failed = null;
    for (Jar jar : jars) {
      try {
        jar.file.close();
      } catch (IOException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  /** The data from which a class is defined. */
  static final class ClassFile {
    final byte[] content;
    final CodeSource source;

    ClassFile(byte[] content, CodeSource source) {
      this.content = content;
      this.source = source;
    }
  }

  private static final class Jar {
    private final JarFile file;
    private final CodeSource source;

    Jar(Path path) throws IOException {
      source = new CodeSource(path.toUri().toURL(), (CodeSigner[]) null);
      file = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion());
    }

    ClassFile read(String name) throws IOException {
      JarEntry entry = file.getJarEntry(name);
      if (entry == null) {
        return null;
      }
      try (InputStream in = file.getInputStream(entry)) {
        return new ClassFile(in.readAllBytes(), source);
      }
    }
  }
}
