package org.isthmus.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ServiceConfigurationError;
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
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve("java.sql.Driver"), "absent.Driver\n");
    URL[] urls = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      DriverSource source = new DriverSource("jdbc:absent:db", null, null);
      SQLException refused = assertThrows(SQLException.class, source::getConnection);
      assertTrue(refused.getMessage().startsWith("IS0532: "), refused.getMessage());
      assertEquals("08001", refused.getSQLState());
      assertInstanceOf(ServiceConfigurationError.class, refused.getCause());
      assertTrue(refused.getCause().getMessage().contains("absent.Driver"));
    }
  }
}
