package org.isthmus.engine.jython.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.python.core.Py;

/** Where the child class loader takes classes and resources from. */
class EngineLoaderTest {
  private static final String RUNTIME = "org/python/core/Py.class";
  private static final String ABSENT = "Lib/absent.py";

  @TempDir private Path directory;
  private final List<URLClassLoader> opened = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (URLClassLoader loader : opened) {
      loader.close();
    }
  }

  /** Makes a jar in which each file holds the jar's name. */
  private Path jar(String name, String... files) throws IOException {
    Path jar = directory.resolve(name + ".jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String file : new TreeSet<>(List.of(files))) {
        zip.putNextEntry(new ZipEntry(file));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private EngineLoader loader(Path parent, Path... own) throws IOException {
    URLClassLoader above = new URLClassLoader(new URL[] {parent.toUri().toURL()}, null);
    opened.add(above);
    return below(above, own);
  }

  private EngineLoader below(ClassLoader parent, Path... own) {
    EngineLoader loader = new EngineLoader(List.of(own), parent);
    opened.add(loader);
    return loader;
  }

  private static String text(InputStream stream) throws IOException {
    try (InputStream in = stream) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> all(ClassLoader loader, String name) throws IOException {
    List<String> all = new ArrayList<>();
    for (URL url : Collections.list(loader.getResources(name))) {
      all.add(text(url.openStream()));
    }
    return all;
  }

  private static void assertFoundFirst(String where, ClassLoader loader, String name)
      throws IOException {
    assertEquals(where, text(loader.getResourceAsStream(name)));
    assertEquals(where, text(loader.getResource(name).openStream()));
    assertEquals(where, all(loader, name).get(0));
    assertEquals(2, all(loader, name).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        RUNTIME,
        "org/python/version.properties",
        "Lib/os.py",
        "Lib/os$py.class",
        "com/ziclix/python/sql/resource/zxJDBCMessages.properties",
        "com/kenai/jffi/Foreign.class",
        "jnr/posix/POSIX.class",
        "jni/x86_64-Linux/libjffi-1.2.so"
      })
  void resourcesOfJythonAreThoseOfItsOwnJars(String name) throws IOException {
    EngineLoader loader = loader(jar("parent", RUNTIME, name), jar("own", RUNTIME, name));
    assertFoundFirst("own", loader, name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop/prices.csv",
        "META-INF/MANIFEST.MF",
        "META-INF/services/javax.script.ScriptEngineFactory",
        "isthmus/loading.py",
        "Library/x.txt"
      })
  void allOthersAreTheWebApplicationsFirst(String name) throws IOException {
    EngineLoader loader = loader(jar("parent", name), jar("own", RUNTIME, name));
    assertFoundFirst("parent", loader, name);
  }

  @Test
  void whatItsOwnJarsLackComesFromTheParent() throws IOException {
    EngineLoader loader = loader(jar("parent", "Lib/shop.py"), jar("own", RUNTIME));
    assertEquals("parent", text(loader.getResourceAsStream("Lib/shop.py")));
    assertEquals("parent", text(loader.getResource("Lib/shop.py").openStream()));
    assertEquals(List.of("parent"), all(loader, "Lib/shop.py"));
    assertNull(loader.getResourceAsStream(ABSENT));
    assertNull(loader.getResource(ABSENT));
    assertEquals(List.of(), all(loader, ABSENT));
  }

  /** Jython in WEB-INF/lib, and something else in WEB-INF/jython that looks like a part of it. */
  @Test
  void whereTheParentHasJythonItsResourcesAreUsed() throws IOException {
    EngineLoader loader = loader(jar("parent", RUNTIME, "Lib/os.py"), jar("own", "Lib/os.py"));
    assertFoundFirst("parent", loader, "Lib/os.py");
  }

  /** A parent that remembers what it is asked for. */
  private static final class Asked extends ClassLoader {
    private final List<String> names = new ArrayList<>();

    Asked() {
      super(null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      names.add(name);
      throw new ClassNotFoundException(name);
    }
  }

  /** Two classes of one package, as a library of Jython's has them. */
  private static final class First {}

  private static final class Second {}

  private Path jarOf(String name, Class<?>... classes) throws IOException {
    Path jar = directory.resolve(name + ".jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> one : classes) {
        String file = one.getName().replace('.', '/') + ".class";
        zip.putNextEntry(new ZipEntry(file));
        try (InputStream in = one.getClassLoader().getResourceAsStream(file)) {
          in.transferTo(zip);
        }
      }
    }
    return jar;
  }

  @Test
  void aClassIsThatOfTheFirstJar() throws Exception {
    Path first = jarOf("first", First.class);
    Path both = jarOf("both", First.class, Second.class);
    EngineLoader loader = below(new Asked(), jar("own", RUNTIME), first, both);
    assertEquals(first, source(loader.loadClass(First.class.getName())));
    assertEquals(both, source(loader.loadClass(Second.class.getName())));
  }

  /** No two of Jython's jars have the same class, or share a package. */
  @Test
  void butTheJarThatHasHadOneOfItsPackageComesFirst() throws Exception {
    Path first = jarOf("first", First.class);
    Path both = jarOf("both", First.class, Second.class);
    EngineLoader loader = below(new Asked(), jar("own", RUNTIME), first, both);
    assertEquals(both, source(loader.loadClass(Second.class.getName())));
    assertEquals(both, source(loader.loadClass(First.class.getName())));
  }

  private static Path source(Class<?> loaded) throws URISyntaxException {
    return Path.of(loaded.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void oneClassOfJythonsIsReplaced() throws Exception {
    EngineLoader loader = below(getClass().getClassLoader(), source(Py.class));
    Class<?> replaced = loader.loadClass("org.python.core.JavaImportHelper");
    assertSame(loader, replaced.getClassLoader());
    List<String> methods = new ArrayList<>();
    for (Method method : replaced.getDeclaredMethods()) {
      methods.add(method.getName());
    }
    assertTrue(methods.contains("addLoaded"), methods.toString());
    assertFalse(methods.contains("buildLoadedPackages"), methods.toString());
  }

  /** Another release of Jython's: whatever it is asked, ours may not know. */
  @Test
  void anotherVersionOfThatClassIsNotReplaced() throws IOException {
    byte[] another = {1, 2, 3};
    assertSame(another, StandIn.of("org.python.core.JavaImportHelper", another));
  }

  /** Read from /proc: a loader that is not yet collected must have no file open. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whenItIsClosedItsJarsAre() throws Exception {
    Path library = jarOf("library", First.class);
    EngineLoader loader = below(new Asked(), jar("own", RUNTIME), library);
    loader.loadClass(First.class.getName());
    assertTrue(openFiles().contains(library));
    loader.close();
    assertFalse(openFiles().contains(library));
    assertThrows(ClassNotFoundException.class, () -> loader.loadClass(Second.class.getName()));
  }

  private static List<Path> openFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path link : links) {
        if (Files.exists(link)) {
          files.add(Files.readSymbolicLink(link));
        }
      }
    }
    return files;
  }

  @Test
  void aDamagedJarIsPassedOver() throws Exception {
    Path damaged = Files.writeString(directory.resolve("damaged.jar"), "no archive");
    EngineLoader loader = below(new Asked(), damaged, jar("own", RUNTIME), jarOf("a", First.class));
    assertSame(loader, loader.loadClass(First.class.getName()).getClassLoader());
  }

  /** Jython's finalizers load classes when the web application has ended. */
  @Test
  void whenItIsClosedItAsksItsParentForNothingOfJythons() throws IOException {
    Asked parent = new Asked();
    String name = "org.python.modules.gc";
    EngineLoader loader = below(parent, jar("own", RUNTIME));
    assertThrows(ClassNotFoundException.class, () -> loader.loadClass(name));
    assertEquals(List.of(name), parent.names);
    loader.close();
    assertThrows(ClassNotFoundException.class, () -> loader.loadClass(name));
    assertEquals(List.of(name), parent.names);
  }
}
