// WEB-INF of a packed web application becomes files: whole, once, and only where they belong.
package org.isthmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
        content.put(directory.relativize(file).toString(), Files.readString(file));
      }
    }
    return content;
  }

  /** Names in the temporary directory. */
  private Set<String> left() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private Rule refused(ServletContext context) throws IOException {
    WsgiException refusal = assertThrows(WsgiException.class, () -> WebInf.of(context));
    assertEquals(Set.of(), left());
    return refusal.rule();
  }

  @Test
  void packedWebInfIsCopiedWithoutItsLib() throws IOException {
    try (WebInf webInf = webInf()) {
      assertEquals(temporary, webInf.directory().getParent());
      assertEquals(COPIED, content(webInf.directory()));
      assertTrue(Files.isDirectory(webInf.directory().resolve("app/empty")));
      assertEquals(List.of(webInf.directory().resolve("jython/jython.jar")), webInf.jython());
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

  @Test
  void nobodyElseMayReadTheCopy() throws IOException {
    try (WebInf webInf = webInf()) {
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(webInf.directory())));
    }
  }

  @Test
  void closeDeletesTheCopy() throws IOException {
    try (WebInf webInf = webInf()) {
      Files.writeString(webInf.directory().resolve("app/written.txt"), "by the application");
    }
    assertEquals(Set.of(), left());
  }

  @Test
  void archiveIsNotHeldOpen() throws IOException {
    try (WebInf webInf = webInf();
        Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      assertTrue(Files.exists(webInf.directory()));
      List<Path> open =
          descriptors
              .map(
                  link -> {
                    try {
                      return Files.readSymbolicLink(link);
                    } catch (IOException e) {
                      return link;
                    }
                  })
              .collect(Collectors.toList());
      assertTrue(open.contains(Path.of(webInf.directory() + ".lock")));
      assertFalse(open.contains(archive));
    }
  }

  @Test
  void copyIsNamedByWhatIsInIt() throws IOException {
    Path first;
    try (WebInf webInf = webInf()) {
      first = webInf.directory();
    }
    try (WebInf webInf = webInf()) {
      assertEquals(first, webInf.directory());
    }
    Map<String, String> changed = new TreeMap<>(FILES);
    changed.put("WEB-INF/app/shop.py", "application = True\n");
    PackedWebApp.archive(archive, changed);
    try (WebInf webInf = webInf()) {
      assertNotEquals(first, webInf.directory());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"halt", "exit"})
  void completeCopyOfAnEarlierProcessIsUsedAgain(String end) throws IOException {
    archive = PackedWebApp.archive(archive, Map.of("WEB-INF/app/shop.py", "source"));
    Path earlier = earlier(end);
    Files.writeString(earlier.resolve("mark"), "still there");
    try (WebInf webInf = webInf()) {
      assertEquals(earlier, webInf.directory());
      assertTrue(Files.exists(earlier.resolve("mark")));
    }
    assertEquals(Set.of(), left());
  }

  /** Leaves the copy of a process that has ended. */
  private Path earlier(String end) throws IOException {
    String directory;
    try (Stages stages = Stages.start(archive, temporary, end)) {
      directory = stages.answer();
    }
    assertTrue(Files.isDirectory(Path.of(directory)), directory);
    return Path.of(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted", "shortened", "touched"})
  void incompleteCopyIsMadeAnew(String damage) throws IOException {
    archive = PackedWebApp.archive(archive, Map.of("WEB-INF/app/shop.py", "source"));
    Path earlier = earlier("halt");
    Files.writeString(earlier.resolve("mark"), "of the incomplete one");
    Path file = earlier.resolve("app/shop.py");
    if (damage.equals("touched")) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    } else {
      Files.delete(file);
    }
    if (damage.equals("shortened")) {
      Files.writeString(file, "sour");
      Files.setLastModifiedTime(file, PackedWebApp.TIME);
    }
    try (WebInf webInf = webInf()) {
      assertEquals(Map.of("app/shop.py", "source"), content(webInf.directory()));
    }
  }

  @Test
  void copyOfAnotherVersionIsDeleted() throws IOException {
    archive = PackedWebApp.archive(archive, Map.of("WEB-INF/app/shop.py", "old"));
    Path old = earlier("halt");
    archive = PackedWebApp.archive(archive, Map.of("WEB-INF/app/shop.py", "new"));
    try (WebInf webInf = webInf()) {
      String name = webInf.directory().getFileName().toString();
      assertNotEquals(old, webInf.directory());
      assertEquals(Set.of(name, name + ".lock"), left());
    }
  }

  @Test
  void halfWrittenCopyIsNeverUsed() throws IOException {
    String name;
    try (WebInf webInf = webInf()) {
      name = webInf.directory().getFileName().toString();
    }
    Path half = Files.createDirectories(temporary.resolve(name + ".123/app"));
    Files.writeString(half.resolve("shop.py"), "appli");
    try (WebInf webInf = webInf()) {
      assertEquals(COPIED, content(webInf.directory()));
      assertEquals(Set.of(name, name + ".lock"), left());
    }
  }

  @Test
  void anotherProcessHasACopyOfItsOwn() throws IOException {
    archive = PackedWebApp.archive(archive, Map.of("WEB-INF/app/shop.py", "source"));
    try (Stages other = Stages.start(archive, temporary, "halt")) {
      Path others = Path.of(other.answer());
      try (WebInf webInf = webInf()) {
        assertEquals(Path.of(others + "-2"), webInf.directory());
        assertEquals(content(others), content(webInf.directory()));
      }
      assertEquals(Map.of("app/shop.py", "source"), content(others));
    }
  }

  @Test
  void threadsHaveCopiesOfTheirOwn() throws Exception {
    int number = 8;
    ExecutorService threads = Executors.newFixedThreadPool(number);
    List<Callable<WebInf>> tasks = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      tasks.add(this::webInf);
    }
    List<WebInf> copies = new ArrayList<>();
    for (Future<WebInf> copy : threads.invokeAll(tasks)) {
      copies.add(copy.get());
    }
    threads.shutdown();
    assertEquals(number, copies.stream().map(WebInf::directory).distinct().count());
    for (WebInf copy : copies) {
      assertEquals(COPIED, content(copy.directory()));
      copy.close();
      assertFalse(Files.exists(copy.directory()));
    }
    assertEquals(Set.of(), left());
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
    assertEquals(Set.of(), left());
  }

  @Test
  void missingTemporaryDirectoryIsNamed() throws IOException {
    ServletContext context = new PackedWebApp(archive, null).context();
    WsgiException refusal = assertThrows(WsgiException.class, () -> WebInf.of(context));
    assertEquals(Rule.STAGING_FAILED, refusal.rule());
    assertTrue(refusal.getMessage().contains("'" + ServletContext.TEMPDIR + "': it is not set"));
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
  void copyThatFailsHalfWayLeavesNothing() throws IOException {
    // The directory of the archive is whole, and the content of its last file is not.
    PackedWebApp.archive(archive, Map.of("WEB-INF/a.py", "a", "WEB-INF/z.py", "z".repeat(99)));
    byte[] bytes = Files.readAllBytes(archive);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int content = text.indexOf("WEB-INF/z.py") + "WEB-INF/z.py".length();
    for (int i = content; i < text.indexOf("PK\7\10", content); i++) {
      bytes[i] = (byte) 0xFF;
    }
    Files.write(archive, bytes);
    assertEquals(Rule.STAGING_FAILED, refused(new PackedWebApp(archive, temporary).context()));
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
    assertEquals(Set.of(), left());
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
