// The child class loader that holds an engine and, in the usual layout, its runtime's jars.
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
 * Loads the classes of the engine and of its runtime itself, everything else from its parent first.
 * Resources come from where the classes come from: two versions of a runtime do not mix.
 *
 * <p>The engine links to its runtime (Jython), which only this loader may be able to see, so its
 * classes must be defined here although the parent has them too: a parent that defined them would
 * look for the runtime in vain. The rest of Isthmus knows the engine by the interfaces of this
 * package alone. Where the parent has the runtime (WEB-INF/lib, an embedding program), the URLs are
 * empty and all else is the same.
 */
final class EngineLoader extends URLClassLoader {
  private static final String RUNTIME = "org/python/core/Py.class";

  /** Packages of Jython and of jffi, which loads a library of its own version. */
  private static final List<String> PACKAGES =
      List.of("org/python/", "com/ziclix/python/", "jnr/", "com/kenai/jffi/");

  /** Its other directories. META-INF is everybody's, and Jython keeps nothing there for itself. */
  private static final List<String> DIRECTORIES = List.of("Lib/", "jni/");

  /** What links to Jython; this package, which makes the loader, is the parent's. */
  private static final String ENGINE = "org.isthmus.engine.jython.";

  private static final String BOOT = ENGINE + "boot.";

  private final RuntimeJars jars;
  private final boolean hasRuntime;
  private volatile boolean closed;

  static {
    registerAsParallelCapable();
  }

  EngineLoader(List<Path> runtime, ClassLoader parent) {
    super(urls(runtime), parent);
    this.jars = new RuntimeJars(runtime);
    this.hasRuntime = findResource(RUNTIME) != null;
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

  /** Whether a class is Jython's own: asking the parent for two thousand of them takes long. */
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
        throw e; // to a finalizer: Tomcat logs whoever asks a web application that has ended
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
      return defineClass(name, content, 0, content.length, found.source);
    } catch (IOException | IllegalStateException e) { // the latter: it has been closed meanwhile
      throw new ClassNotFoundException(name, e);
    }
  }

  /** Finds no further class of the runtime, here or in the parent. */
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
   * Asks the parent for the stream itself. Otherwise it would be asked for a URL, and Tomcat 11
   * cannot open one that leads into a packed web application with a name beyond ASCII.
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
