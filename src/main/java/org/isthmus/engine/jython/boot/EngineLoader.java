// The child class loader of an engine and, in the usual layout, of its runtime's jars.
package org.isthmus.engine.jython.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads the classes of the engine and of its runtime itself, and everything else from its parent
 * first. Resources come from the same place as the classes, so two versions of a runtime do not
 * mix.
 *
 * <p>The engine links to its runtime (Jython), which may be visible only to this loader. So its
 * classes must be defined here although the parent has them too: if the parent defined them, it
 * would not find the runtime. The rest of Isthmus knows the engine only through the interfaces of
 * org.isthmus.engine. If the parent has the runtime (WEB-INF/lib, an embedding program), there are
 * no URLs, and all else is the same.
 */
final class EngineLoader extends URLClassLoader {
  private static final String RUNTIME = "org/python/core/Py.class";

  /** Packages of Jython, and of jffi, which loads a native library that must match its version. */
  private static final List<String> PACKAGES =
      List.of("org/python/", "com/ziclix/python/", "jnr/", "com/kenai/jffi/");

  /** Its other directories. META-INF is shared, and Jython keeps nothing of its own there. */
  private static final List<String> DIRECTORIES = List.of("Lib/", "jni/");

  /**
   * The classes that link to Jython; the boot package, which creates the loader, is the parent's.
   */
  private static final String ENGINE = "org.isthmus.engine.jython.";

  private static final String BOOT = ENGINE + "boot.";

  private final RuntimeJars jars;
  private final boolean hasRuntime;

  /** True if the parent has Jython as well, in an archive within another one. */
  private final boolean isCopy;

  private volatile boolean closed;

  static {
    registerAsParallelCapable();
  }

  EngineLoader(List<Path> runtime, ClassLoader parent) {
    super(urls(runtime), parent);
    this.jars = new RuntimeJars(runtime);
    this.hasRuntime = findResource(RUNTIME) != null;
    this.isCopy = hasRuntime && parent.getResource(RUNTIME) != null;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) {
      return getPlatformClassLoader().loadClass(name);
    }
    boolean isEngine = name.startsWith(ENGINE) && !name.startsWith(BOOT);
    if (!isEngine && !isRuntime(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      return isEngine ? define(name) : ownFirst(name);
    }
  }

  /** Whether a class belongs to Jython: asking the parent for two thousand of them is slow. */
  private boolean isRuntime(String name) {
    return hasRuntime && isBelow(PACKAGES, name.replace('.', '/'));
  }

  private boolean isOfRuntime(String resource) {
    return hasRuntime && (isBelow(PACKAGES, resource) || isBelow(DIRECTORIES, resource));
  }

  private static boolean isBelow(List<String> directories, String name) {
    for (String directory : directories) {
      if (name.startsWith(directory)) {
        return true;
      }
    }
    return false;
  }

  private Class<?> ownFirst(String name) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException e) {
      if (closed) {
        throw e; // to a finalizer: Tomcat would log a lookup in a stopped web application
      }
      return super.loadClass(name, false);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      RuntimeJars.ClassFile found = closed ? null : jars.find(name);
      if (found == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] content = RootLocale.of(name, StandIn.of(name, found.content));
      if (isCopy) {
        content = ProxyParents.of(name, content);
      }
      return defineClass(name, content, 0, content.length, found.source);
    } catch (IOException | IllegalStateException e) { // the latter if it has been closed meanwhile
      throw new ClassNotFoundException(name, e);
    }
  }

  /** Stops finding classes of the runtime, here or in the parent. */
  @Override
  public void close() throws IOException {
    closed = true;
    try {
      super.close();
    } finally {
      jars.close();
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = isOfRuntime(name) ? findResource(name) : null;
    return own != null ? own : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    if (!isOfRuntime(name)) {
      return super.getResources(name);
    }
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    all.addAll(Collections.list(getParent().getResources(name)));
    return Collections.enumeration(all);
  }

  /**
   * Asks the parent for the stream itself. By default it would be asked for a URL, and Tomcat 11
   * cannot open URLs into a packed web application with a non-ASCII name.
   */
  @Override
  public InputStream getResourceAsStream(String name) {
    boolean isOwn = isOfRuntime(name) && findResource(name) != null;
    InputStream in = isOwn ? null : getParent().getResourceAsStream(name);
    return in != null ? in : super.getResourceAsStream(name);
  }

  private static URL[] urls(List<Path> jars) {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      try {
        urls[i] = jars.get(i).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException("not a file: " + jars.get(i), e);
      }
    }
    return urls;
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
