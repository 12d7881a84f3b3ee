package org.isthmus.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.isthmus.Fake;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;

class NamedServicesTest {
  private static final String NAME = "jdbc/app";
  private static final ClassLoader LOADER = NamedServicesTest.class.getClassLoader();
  private static final DataSources NONE = DataSources.of(context());

  /** A context that has what it is given. */
  private static ServletContext context() {
    return Fake.of(ServletContext.class, new Attributes());
  }

  /** The attributes of a web application. */
  public static final class Attributes {
    private final Map<String, Object> values = new HashMap<>();

    public Object getAttribute(String name) {
      return values.get(name);
    }

    public void setAttribute(String name, Object value) {
      values.put(name, value);
    }
  }

  /** A pool as HikariCP's, which a program provides. */
  public interface PoolType extends DataSource {
    String getJdbcUrl();

    String getUsername();

    String getPassword();
  }

  /** What it says. */
  public static final class Pool {
    public String getJdbcUrl() {
      return "jdbc:h2:mem:pool";
    }

    public String getUsername() {
      return "sa";
    }

    public String getPassword() {
      return "sesame";
    }
  }

  /** As Tomcat's pools call it. */
  public static class Tomcat {
    public String getUrl() {
      return "jdbc:h2:mem:shop";
    }

    public String getUsername() {
      return "shop";
    }

    public String getPassword() {
      return "sesame";
    }
  }

  /** As HikariCP does. */
  public static final class Hikari extends Tomcat {
    @Override
    public String getUrl() {
      throw new UnsupportedOperationException();
    }

    public String getJdbcUrl() {
      return "jdbc:h2:mem:hikari";
    }
  }

  /** As H2's driver does, and without a login. */
  public static final class H2 {
    public String getURL() {
      return "jdbc:h2:mem:h2";
    }

    public String getUser() {
      return null;
    }

    public String getPassword() {
      return null;
    }
  }

  /** It was configured by the class of a driver. */
  public static final class WithoutUrl extends Tomcat {
    @Override
    public String getUrl() {
      return null;
    }
  }

  /** A driver's, which keeps the password to itself. */
  public static final class Discreet {
    public String getUrl() {
      return "jdbc:mariadb://127.0.0.1/shop";
    }

    public String getUser() {
      return "shop";
    }
  }

  @Test
  void eachPoolSaysItInItsWay() {
    assertEquals(
        List.of("jdbc:h2:mem:shop", "shop", "sesame"), NamedServices.fields(NAME, new Tomcat()));
    assertEquals(
        List.of("jdbc:h2:mem:hikari", "shop", "sesame"), NamedServices.fields(NAME, new Hikari()));
    assertEquals(Arrays.asList("jdbc:h2:mem:h2", null, null), NamedServices.fields(NAME, new H2()));
  }

  @Test
  void whatIsNotSaidIsNamed() {
    assertUnsaid("its URL", new WithoutUrl());
    assertUnsaid("its URL", "a text");
    assertUnsaid("its password", new Discreet());
  }

  private static void assertUnsaid(String what, Object resource) {
    WsgiException refusal =
        assertThrows(WsgiException.class, () -> NamedServices.fields(NAME, resource));
    assertEquals(Rule.SERVICE_UNREADABLE, refusal.rule());
    assertTrue(refusal.getMessage().contains(NAME), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(resource.getClass().getName()), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(what), refusal.getMessage());
  }

  @Test
  void absentResourceIsNamedAndTheThreadIsAsItWas() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ClassLoader loader = new ClassLoader(before) {};
    WsgiException refusal =
        assertThrows(WsgiException.class, () -> NamedServices.read(List.of(NAME), NONE, loader));
    assertEquals(Rule.SERVICE_ABSENT, refusal.rule());
    assertTrue(refusal.getMessage().contains("java:comp/env/jdbc/app"), refusal.getMessage());
    assertEquals(before, thread.getContextClassLoader());
  }

  @Test
  void nothingIsLookedUpWithoutAName() {
    assertEquals(Map.of(), NamedServices.read(List.of(), NONE, LOADER));
  }

  private static Map<String, List<String>> read(String name, Function<String, DataSource> byName) {
    ServletContext context = context();
    DataSources.provide(context, Set.of("pool", "other"), byName);
    return NamedServices.read(List.of(name), DataSources.of(context), LOADER);
  }

  @Test
  void dataSourceOfTheProgramIsAskedBeforeJndi() {
    List<String> values = List.of("jdbc:h2:mem:pool", "sa", "sesame");
    assertEquals(Map.of("pool", values), read("pool", name -> Fake.of(PoolType.class, new Pool())));
  }

  @Test
  void namesOfTheProgramAreListedForOneThatNobodyHas() {
    WsgiException refusal = assertThrows(WsgiException.class, () -> read("pol", name -> null));
    assertEquals(Rule.SERVICE_ABSENT, refusal.rule());
    assertTrue(refusal.getMessage().contains("'pol'"), refusal.getMessage());
    // After the reason of JNDI.
    String names = "; the data sources of the program are other, pool";
    assertTrue(refusal.getMessage().contains(names), refusal.getMessage());
  }

  @Test
  void dataSourceThatCannotBeMadeIsRefusedWithoutItsPassword() {
    Function<String, DataSource> broken =
        name -> {
          throw new IllegalStateException("no driver for jdbc:h2:mem:x;PASSWORD=sesame");
        };
    WsgiException refusal = assertThrows(WsgiException.class, () -> read("pool", broken));
    assertEquals(Rule.DATA_SOURCE_BROKEN, refusal.rule());
    assertTrue(refusal.getMessage().contains("'pool'"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("no driver"), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("sesame"), refusal.getMessage());
  }
}
