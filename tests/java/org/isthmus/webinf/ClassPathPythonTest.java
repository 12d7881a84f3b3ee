package org.isthmus.webinf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is copied out of a jar of the class path, and what the end deletes. */
class ClassPathPythonTest {
  private static final String SOURCES = "isthmus-python-0123";

  @TempDir Path base;
  private Path temporary;
  private ServletContext context;
  private WebInf none;

  @BeforeEach
  void makeContext() throws IOException {
    temporary = Files.createDirectory(base.resolve("temporary"));
    Path empty = PackedWebApp.archive(base.resolve("empty.war"), Map.of("index.html", "public"));
    PackedWebApp packed = new PackedWebApp(empty, temporary);
    context = packed.context();
    none = packed.webInf();
  }

  private ClassPathPython copied(String... names) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("python/", "");
    for (String name : names) {
      files.put(name, "value = 1\n");
    }
    URL[] urls = {PackedWebApp.archive(base.resolve("shop.jar"), files).toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, null)) {
      return ClassPathPython.of(context, loader, none);
    }
  }

  @Test
  void directoryOfAJarIsCopiedUntilTheEnd() throws IOException {
    try (ClassPathPython python = copied("python/shop.py")) {
      List<Path> directories = python.directories();
      assertEquals(1, directories.size());
      assertEquals(Set.of("shop.py"), PackedWebApp.names(directories.get(0)));
    }
    assertEquals(Set.of(), PackedWebApp.names(temporary));
  }

  @Test
  void fileOutsideOfTheCopyIsRefused() throws IOException {
    WsgiException refusal =
        assertThrows(WsgiException.class, () -> copied("python/../../outside.py"));
    assertEquals(Rule.RESOURCE_OUTSIDE, refusal.rule());
    assertEquals(Set.of(), PackedWebApp.names(temporary));
  }

  @Test
  void copyThatFailsLeavesNothingInTheDirectoryOfTheMachine() throws IOException {
    PackedWebApp packed = new PackedWebApp(base.resolve("empty.war"), null);
    context = packed.context();
    String unique = "m" + UUID.randomUUID() + ".py";
    assertThrows(WsgiException.class, () -> copied("python/" + unique, "python/../../outside.py"));
    Path machines = Path.of(System.getProperty("java.io.tmpdir"));
    // Other programs may have their own there.
    try (DirectoryStream<Path> copies =
        Files.newDirectoryStream(machines, "isthmus-class-path-*")) {
      for (Path copy : copies) {
        assertFalse(Files.exists(copy.resolve("python").resolve(unique)), copy.toString());
      }
    }
  }

  @Test
  void sourcesOfWorkersAreDeletedWithTheLastEngine() throws IOException {
    Files.createDirectory(temporary.resolve(SOURCES));
    Path pipes = Files.createDirectory(temporary.resolve("isthmus-workers-1-2"));
    copied("python/shop.py").close();
    assertEquals(Set.of(SOURCES, "isthmus-workers-1-2"), PackedWebApp.names(temporary));
    Files.delete(pipes);
    copied("python/shop.py").close();
    assertEquals(Set.of(), PackedWebApp.names(temporary));
  }
}
