package functional;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The session as Java code has it: /types lists it, /fill puts values of Java's there. */
public final class SessionFilter implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (http.getRequestURI().endsWith("/types")) {
      response.setContentType("text/plain;charset=UTF-8");
      for (Map.Entry<String, String> each : types(http.getSession(false)).entrySet()) {
        response.getWriter().println(each.getKey() + " " + each.getValue());
      }
    } else if (http.getRequestURI().endsWith("/fill")) {
      fill(http.getSession());
    } else {
      chain.doFilter(request, response);
    }
  }

  private static void fill(HttpSession session) {
    session.setAttribute("integer", 7);
    session.setAttribute("character", 'c');
    session.setAttribute("strings", new String[] {"a", "b"});
    session.setAttribute("date", new Date(1500));
    session.setAttribute("map", Map.of("key", List.of(1.5f)));
    session.setAttribute("bean", Thread.State.class);
    session.setAttribute("half", "a\ud800b");
    session.setAttribute("half_key", Map.of("\ud800", 1));
    session.setAttribute("half_within", List.of("\udc00"));
    session.setAttribute("\ud800", "its key");
  }

  private static Map<String, String> types(HttpSession session) throws IOException {
    Map<String, String> types = new TreeMap<>();
    if (session != null) {
      for (String name : Collections.list(session.getAttributeNames())) {
        Object value = session.getAttribute(name);
        // What a container does to keep or replicate it.
        new ObjectOutputStream(OutputStream.nullOutputStream()).writeObject(value);
        types.put(name, type(value));
      }
    }
    return types;
  }

  private static String type(Object value) {
    if (value == null) {
      return "null";
    }
    String name = value.getClass().getSimpleName();
    if (value instanceof List) {
      List<?> list = (List<?>) value;
      return name + list.stream().map(SessionFilter::type).collect(Collectors.toList());
    }
    if (value instanceof Map) {
      Map<String, String> types = new TreeMap<>();
      ((Map<?, ?>) value).forEach((key, of) -> types.put((String) key, type(of)));
      return name + types;
    }
    boolean isText = value instanceof byte[] || value instanceof Object[];
    return isText ? name : name + " " + value;
  }
}
