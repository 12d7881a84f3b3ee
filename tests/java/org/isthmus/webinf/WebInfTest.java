// WEB-INF of a packed web application becomes files: which, with what, and only where they belong.
package org.isthmus.webinf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebInfTest {
  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "public",
          "WEB-INF/web.xml", "<web-app/>",
          "WEB-INF/app/shop.py", "application = None\n",
          "WEB-INF/app/a b/100+é.txt", "odd",
          "WEB-INF/app/empty/", "",
          "WEB-INF/jython/jython.jar", "jar",
          "WEB-INF/launcher/jetty.jar", "not copied",
          "WEB-INF/lib/big.jar", "not copied");
  private static final Map<String, String> COPIED =
      Map.of(
          "web.xml", "<web-app/>",
          "app/shop.py", "application = None\n",
          "app/a b/100+é.txt", "odd",
          "jython/jython.jar", "jar");

  @TempDir Path base;
  private Path temporary;
  private Path archive;

  @BeforeEach
  void writeArchive() throws IOException {
    temporary = Files.createDirectory(base.resolve("temporary"));
    archive = PackedWebApp.archive(base.resolve("our shop.war"), FILES);
  }

  private WebInf webInf() throws IOException {
    return new PackedWebApp(archive, temporary).webInf();
  }

  private static Map<String, String> content(Path directory) throws IOException {
    return PackedWebApp.content(directory);
  }

  private Rule refused(ServletContext context) throws IOException {
    WsgiException refusal = assertThrows(WsgiException.class, () -> WebInf.of(context));
    assertEquals(Set.of(), PackedWebApp.names(temporary));
    return refusal.rule();
  }

  @Test
  void packedWebInfIsCopiedWithoutItsLibAndItsLauncher() throws IOException {
    try (WebInf webInf = webInf()) {
      assertEquals(temporary, webInf.directory().getParent());
      assertEquals(COPIED, content(webInf.directory()));
      assertTrue(Files.isDirectory(webInf.directory().resolve("app/empty")));
    }
  }

  @Test
  void filesKeepTheirTimes() throws IOException {
    try (WebInf webInf = webInf()) {
      for (String name : COPIED.keySet()) {
        FileTime time = Files.getLastModifiedTime(webInf.directory().resolve(name));
        assertEquals(PackedWebApp.TIME, time, name);
      }
    }
  }

  @Test
  void filesKeepTheirTimesOnTomcat() throws IOException {
    try (WebInf webInf = new PackedWebApp(archive, temporary).ofTomcat().webInf()) {
      Path file = webInf.directory().resolve("app/shop.py");
      assertEquals(PackedWebApp.TIME, Files.getLastModifiedTime(file));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/WEB-INF/../evil.py",
        "/WEB-INF/app/../../../evil.py",
        "/WEB-INF/..",
        "/WEB-INF/./evil.py",
        "/WEB-INF//etc/evil.py",
        "/WEB-INF/app//etc/evil.py",
        "/WEB-INF/C:/evil.py",
        "/WEB-INF/c:evil.py",
        "/WEB-INF/app\\..\\..\\evil.py",
        "/WEB-INF/app/a\0b.py",
        "/WEB-INF/lib-python/../../../evil.py",
        "/etc/evil.py",
        "WEB-INF/evil.py",
      })
  void namesThatLeadElsewhereAreRefused(String name) throws IOException {
    PackedWebApp app = new PackedWebApp(archive, temporary).listed(name);
    assertEquals(Rule.RESOURCE_OUTSIDE, refused(app.context()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../evil.py", "a//evil.py", "a/./evil.py", "c:/evil.py", "a\\b"})
  void namesOfLibrariesThatLeadElsewhereAreRefused(String name) throws IOException {
    Map<String, String> files =
        Map.of("WEB-INF/web.xml", "<web-app/>", "WEB-INF/lib-python/x/" + name, "evil");
    PackedWebApp.archive(archive, files);
    assertEquals(Rule.RESOURCE_OUTSIDE, refused(new PackedWebApp(archive, temporary).context()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"...", "..a", "a..", ".hidden", "ab:c", "-rf"})
  void namesThatOnlyLookLikeItAreCopied(String name) throws IOException {
    archive = PackedWebApp.archive(archive, Map.of("WEB-INF/app/" + name + "/f", "content"));
    try (WebInf webInf = webInf()) {
      assertEquals(Map.of("app/" + name + "/f", "content"), content(webInf.directory()));
    }
  }

  @Test
  void nameThatTheLocaleLacksIsRefused() throws IOException {
    // The other process has the locale C.
    try (Stages stages = Stages.start(archive, temporary, "exit")) {
      String answer = stages.answer();
      assertTrue(answer.startsWith("IS0071: "), answer);
    }
    assertEquals(Set.of(), PackedWebApp.names(temporary));
  }

  @Test
  void missingTemporaryDirectoryIsNamed() throws IOException {
    ServletContext context = new PackedWebApp(archive, null).context();
    WsgiException refusal = assertThrows(WsgiException.class, () -> WebInf.of(context));
    assertEquals(Rule.STAGING_FAILED, refusal.rule());
    assertTrue(refusal.getMessage().contains("'" + ServletContext.TEMPDIR + "'"));
  }

  @Test
  void unusableTemporaryDirectoryIsNamed() throws IOException {
    for (Path place : List.of(base.resolve("absent"), archive)) {
      ServletContext context = new PackedWebApp(archive, place).context();
      WsgiException refusal = assertThrows(WsgiException.class, () -> WebInf.of(context));
      assertEquals(Rule.STAGING_FAILED, refusal.rule());
      assertTrue(refusal.getMessage().contains("'" + place + "'"), refusal.getMessage());
    }
  }

  @Test
  void librariesAreNotAskedForOneByOne() throws IOException {
    // Tomcat caches each, and warns of each that its cache has no room for.
    String directory = "WEB-INF/lib-python/";
    Map<String, String> files = new TreeMap<>(Map.of(directory + "package/empty/", ""));
    for (String name : List.of("package/b.py", "package/c/d.py", "a.py")) {
      files.put(directory + name, name);
    }
    files.put("WEB-INF/web.xml", "<web-app/>");
    PackedWebApp.archive(archive, files);
    PackedWebApp app = new PackedWebApp(archive, temporary);
    try (WebInf webInf = app.webInf()) {
      assertEquals(4, content(webInf.directory()).size());
      assertEquals("a.py", Files.readString(webInf.directory().resolve("lib-python/a.py")));
      assertTrue(Files.isDirectory(webInf.directory().resolve("lib-python/package/empty")));
      assertEquals(Set.of("/WEB-INF/web.xml"), Set.copyOf(app.asked()));
    }
  }

  @Test
  void librariesThatAreLaidOverThoseOfTheArchiveAreTaken() throws IOException {
    Map<String, String> files =
        Map.of("WEB-INF/web.xml", "<web-app/>", "WEB-INF/lib-python/a.py", "a");
    PackedWebApp.archive(archive, files);
    Path laid = Files.createDirectories(base.resolve("laid/WEB-INF/lib-python")).resolve("b.py");
    Files.writeString(laid, "laid over it");
    PackedWebApp app = new PackedWebApp(archive, temporary).laidOver(base.resolve("laid"));
    app.listed("/WEB-INF/lib-python/b.py");
    try (WebInf webInf = app.webInf()) {
      assertEquals("laid over it", Files.readString(webInf.directory().resolve("lib-python/b.py")));
      assertEquals("a", Files.readString(webInf.directory().resolve("lib-python/a.py")));
    }
  }

  @Test
  void applicationsFileIsTheOneThatTheContainerHas() throws IOException {
    Map<String, String> files = Map.of("WEB-INF/app/a.py", "a", "WEB-INF/app/b.py", "b");
    PackedWebApp.archive(archive, files);
    Path laid = Files.createDirectories(base.resolve("laid/WEB-INF/app")).resolve("b.py");
    Files.writeString(laid, "laid over it");
    PackedWebApp app = new PackedWebApp(archive, temporary).laidOver(base.resolve("laid"));
    try (WebInf webInf = app.webInf()) {
      assertEquals(
          Map.of("app/a.py", "a", "app/b.py", "laid over it"), content(webInf.directory()));
    }
  }

  @Test
  void whatHasNoUrlIsCopiedToo() throws IOException {
    Map<String, String> files = Map.of("WEB-INF/100%.txt", "wrong", "WEB-INF/a[0].txt", "none");
    PackedWebApp.archive(archive, files);
    try (WebInf webInf = webInf()) {
      assertEquals(Map.of("100%.txt", "wrong", "a[0].txt", "none"), content(webInf.directory()));
    }
    assertEquals(Set.of(), PackedWebApp.names(temporary));
  }

  @Test
  void whatIsInNoArchiveIsCopiedToo() throws IOException {
    archive = PackedWebApp.archive(archive, Map.of("WEB-INF/app/a.py", "not this one"));
    Path laid = Files.createDirectories(base.resolve("laid/WEB-INF/app")).resolve("a.py");
    Files.writeString(laid, "source");
    Files.setLastModifiedTime(laid, PackedWebApp.TIME);
    PackedWebApp app = new PackedWebApp(archive, temporary).laidOver(base.resolve("laid"));
    try (WebInf webInf = app.webInf()) {
      Path copy = webInf.directory().resolve("app/a.py");
      assertEquals("source", Files.readString(copy));
      assertEquals(PackedWebApp.TIME, Files.getLastModifiedTime(copy));
    }
  }
}
