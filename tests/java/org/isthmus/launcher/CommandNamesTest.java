package org.isthmus.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import org.junit.jupiter.api.Test;

/** What JNDI answers to a Python command. */
@SuppressWarnings("BanJNDI") // the names are the test's
class CommandNamesTest {
  private final Context names = CommandNames.context(List.of(option("jdbc/b"), option("jdbc/a")));

  private static DataSourceOption option(String name) {
    return new DataSourceOption(name, "jdbc:h2:mem:shop", null, null);
  }

  @Test
  void namesAreLookedUp() throws Exception {
    assertInstanceOf(DriverSource.class, names.lookup("java:comp/env/jdbc/a"));
    assertEquals(names, names.lookup("java:comp/env"));
  }

  @Test
  void refusalHasTheNames() {
    NameNotFoundException refusal =
        assertThrows(NameNotFoundException.class, () -> names.lookup("java:comp/env/jdbc/c"));
    assertTrue(refusal.getMessage().contains("jdbc/a, jdbc/b"), refusal.getMessage());
  }

  @Test
  void contextIsAnObject() {
    Context others = CommandNames.context(List.of(option("jdbc/a")));
    assertNotEquals(names, others);
    assertEquals(names.hashCode(), names.hashCode());
    assertTrue(names.toString().contains("jdbc/a, jdbc/b"), names.toString());
  }
}
