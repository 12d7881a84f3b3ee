// A web application for tests: its parameters, its files and its servlets.
package org.isthmus;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the tests let a ServletContext answer. */
public final class WebApp {
  private final Map<String, String> params = new TreeMap<>();
  private final Set<String> files = new TreeSet<>();
  private final Map<String, ServletRegistration> servlets = new HashMap<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private String root = "/srv/web";

  public static WebApp empty() {
    return new WebApp();
  }

  public WebApp param(String name, String value) {
    params.put(name, value);
    return this;
  }

  public WebApp file(String path) {
    files.add(path);
    return this;
  }

  /** The web application stays an archive: its files are no files. */
  public WebApp packed() {
    root = null;
    return this;
  }

  public WebApp servlet(Class<?> type, String... mappings) {
    Registered registered = new Registered(type.getName(), List.of(mappings));
    servlets.put("servlet" + servlets.size(), Fake.of(ServletRegistration.class, registered));
    return this;
  }

  /** What the tests let a ServletRegistration answer. */
  public static final class Registered {
    private final String className;
    private final List<String> mappings;

    Registered(String className, List<String> mappings) {
      this.className = className;
      this.mappings = mappings;
    }

    public String getClassName() {
      return className;
    }

    public Collection<String> getMappings() {
      return mappings;
    }
  }

  public ServletContext context() {
    return Fake.of(ServletContext.class, this);
  }

  public Enumeration<String> getInitParameterNames() {
    return Collections.enumeration(params.keySet());
  }

  public String getInitParameter(String name) {
    return params.get(name);
  }

  public URL getResource(String path) throws MalformedURLException {
    return files.contains(path) ? new URL("file:" + path) : null;
  }

  public Set<String> getResourcePaths(String directory) {
    Set<String> found = new TreeSet<>();
    for (String file : files) {
      if (file.startsWith(directory)) {
        int end = file.indexOf('/', directory.length());
        found.add(end < 0 ? file : file.substring(0, end + 1));
      }
    }
    return found;
  }

  public String getRealPath(String path) {
    return root == null ? null : root + path;
  }

  public Map<String, ServletRegistration> getServletRegistrations() {
    return servlets;
  }

  public Object getAttribute(String name) {
    return attributes.get(name);
  }

  public void setAttribute(String name, Object value) {
    attributes.put(name, value);
  }

  public void removeAttribute(String name) {
    attributes.remove(name);
  }

  public String getContextPath() {
    return "/test";
  }

  public String getServerInfo() {
    return "A container";
  }

  public ClassLoader getClassLoader() {
    return WebApp.class.getClassLoader();
  }
}
