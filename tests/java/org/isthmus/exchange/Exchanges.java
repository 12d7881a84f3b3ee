// Exchanges of fakes, for tests of what looks at them.
package org.isthmus.exchange;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.isthmus.Fake;

/** Makes exchanges that answer what a log line asks of them. */
public final class Exchanges {
  private Exchanges() {}

  /** Returns a GET of a path, which nobody has answered. */
  public static Exchange get(String path) {
    return of(new Get(path), new Object());
  }

  /** Returns an exchange of what a request and a response answer. */
  public static Exchange of(Get request, Object response) {
    return new Exchange(
        Fake.of(HttpServletRequest.class, request),
        Fake.of(HttpServletResponse.class, response),
        new Mount(
            Fake.of(ServletContext.class, new Root()),
            null,
            -1,
            Mount.UnderscoreHeaders.DROP,
            Set.of()),
        Observer.NONE);
  }

  /** What a request answers. */
  public static class Get {
    private final String path;

    /** Creates what a GET of a path answers. */
    public Get(String path) {
      this.path = path;
    }

    public DispatcherType getDispatcherType() {
      return DispatcherType.REQUEST;
    }

    public String getMethod() {
      return "GET";
    }

    public String getRequestURI() {
      return path;
    }

    public String getQueryString() {
      return null;
    }

    public Object getAttribute(String name) {
      return null;
    }
  }

  /** What a ServletContext answers. */
  public static final class Root {
    public String getContextPath() {
      return "";
    }
  }
}
