package org.isthmus.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Enumeration;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which driver connects. */
class DriverSourceTest {
  private ClassLoader before;

  @BeforeEach
  void rememberLoader() {
    before = Thread.currentThread().getContextClassLoader();
  }

  @AfterEach
  void restoreLoader() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void driverThatCannotBeLoadedIsAnSqlException(@TempDir Path directory) throws Exception {
    name(directory, "absent.Driver");
    try (URLClassLoader loader = loader(directory)) {
      Thread.currentThread().setContextClassLoader(loader);
      DriverSource source = new DriverSource("jdbc:absent:db", null, null);
      SQLException refused = assertThrows(SQLException.class, source::getConnection);
      assertTrue(refused.getMessage().startsWith("IS0532: "), refused.getMessage());
      assertEquals("08001", refused.getSQLState());
      assertInstanceOf(ServiceConfigurationError.class, refused.getCause());
      assertTrue(refused.getCause().getMessage().contains("absent.Driver"));
    }
  }

  @Test
  void driversThatJavaRefusesHideNoOther(@TempDir Path directory) throws Exception {
    name(directory, Newer.class.getName(), Orphan.class.getName(), Good.class.getName());
    byte[] newer = write(directory, Newer.class);
    newer[7] = (byte) 0xFF; // the version of the class file
    Files.write(file(directory, Newer.class), newer);
    write(directory, Orphan.class);
    write(directory, Good.class);
    try (URLClassLoader loader = loader(directory)) {
      Thread.currentThread().setContextClassLoader(loader);
      DriverSource source = new DriverSource("jdbc:good:db", null, null);
      assertEquals("good", assertThrows(SQLException.class, source::getConnection).getMessage());

      DriverSource other = new DriverSource("jdbc:other:db", null, null);
      SQLException refused = assertThrows(SQLException.class, other::getConnection);
      assertTrue(refused.getMessage().startsWith("IS0532: "), refused.getMessage());
      assertInstanceOf(NoClassDefFoundError.class, refused.getCause());
    }
  }

  @Test
  void searchThatFailsEnds() throws Exception {
    ClassLoader failing =
        new ClassLoader(ClassLoader.getPlatformClassLoader()) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("of the disk");
          }
        };
    Thread.currentThread().setContextClassLoader(failing);
    DriverSource source = new DriverSource("jdbc:good:db", null, null);
    SQLException refused = assertThrows(SQLException.class, source::getConnection);
    assertTrue(refused.getMessage().startsWith("IS0532: "), refused.getMessage());
    assertInstanceOf(IOException.class, refused.getCause().getCause());
  }

  private static void name(Path directory, String... drivers) throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve("java.sql.Driver"), String.join("\n", drivers));
  }

  private static URLClassLoader loader(Path directory) throws IOException {
    URL[] urls = {directory.toUri().toURL()};
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  private static byte[] write(Path directory, Class<?> type) throws IOException {
    String name = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = DriverSourceTest.class.getResourceAsStream(name)) {
      byte[] octets = in.readAllBytes();
      Files.createDirectories(file(directory, type).getParent());
      Files.write(file(directory, type), octets);
      return octets;
    }
  }

  private static Path file(Path directory, Class<?> type) {
    return directory.resolve(type.getName().replace('.', '/') + ".class");
  }

  /** A driver that says that it was found. */
  public static class Good implements Driver {
    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
      throw new SQLException("good");
    }

    @Override
    public boolean acceptsURL(String url) {
      return url.startsWith("jdbc:good:");
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getLogger("good");
    }
  }

  /** A driver whose class gets the version of a newer Java. */
  public static final class Newer extends Good {}

  /** A class that its jar lacks. */
  public static class Base extends Good {}

  /** A driver whose class needs that one. */
  public static final class Orphan extends Base {}
}
