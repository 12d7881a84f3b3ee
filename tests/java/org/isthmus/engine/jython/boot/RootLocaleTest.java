package org.isthmus.engine.jython.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.python.core.Py;

/** Classes of Jython's, defined anew where the JVM speaks another language. */
class RootLocaleTest {
  private static final Pattern NUMBER = Pattern.compile("%[-0-9,.#]*[dxXeEfg]");

  private Locale before;

  @BeforeEach
  void remember() {
    before = Locale.getDefault();
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  /** Defines what is rewritten itself, and takes all else from the class path. */
  private static final class Rewriting extends ClassLoader {
    private final String rewritten;

    Rewriting(String rewritten) {
      super(RootLocaleTest.class.getClassLoader());
      this.rewritten = rewritten;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(rewritten)) {
        return super.loadClass(name, resolve);
      }
      byte[] content = content(name);
      return defineClass(name, content, 0, content.length);
    }

    private byte[] content(String name) {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(file)) {
        return RootLocale.of(name, in.readAllBytes());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static Object call(String type, String method, Class<?> parameter, Object argument)
      throws ReflectiveOperationException {
    Class<?> rewritten = new Rewriting(type).loadClass(type);
    Method found = rewritten.getDeclaredMethod(method, parameter);
    found.setAccessible(true);
    return found.invoke(null, argument);
  }

  @ParameterizedTest
  @CsvSource({"tr, ASCII, ascii", "tr, ISO 8859-1, iso-8859-1", "az, LATIN-1, latin-1"})
  void codecIsLookedForByItsNameInPython(String language, String name, String expected)
      throws ReflectiveOperationException {
    Locale.setDefault(Locale.forLanguageTag(language));
    assertEquals(expected, call("org.python.core.codecs", "normalizestring", String.class, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR", "tr"})
  void numbersHaveTheDigitsOfAscii(String language) {
    Locale.setDefault(Locale.forLanguageTag(language));
    assertEquals(
        "title 0x1f TITLE 42",
        Root.toLowerCase("TITLE")
            + Root.format(" 0x%x ", 31)
            + Root.toUpperCase("title")
            + Root.format(" %d", 42));
  }

  /** A TypeError whose message has Arabic digits could not even be made: str has only octets. */
  @Test
  void noClassThatProgramsMeetGoesByTheLocale() throws IOException {
    Path jar = Path.of(Py.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    List<String> remaining = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (entry.getName().matches("org/python/(core|modules)/.*\\.class")) {
          String name = entry.getName().replace('/', '.').replace(".class", "");
          byte[] content = file.getInputStream(entry).readAllBytes();
          if (goesByLocale(RootLocale.of(name, content))) {
            remaining.add(name);
          }
        }
      }
    }
    // It formats numbers for those who debug Jython.
    assertEquals(List.of("org.python.core.util.LimitedCache$Holder"), remaining);
  }

  /** Returns true if it folds case, or formats by a pattern for a number, without a locale. */
  private static boolean goesByLocale(byte[] content) {
    ClassNode type = new ClassNode();
    new ClassReader(content).accept(type, ClassReader.SKIP_DEBUG);
    boolean folds = false;
    boolean formats = false;
    boolean hasNumber = false;
    for (MethodNode method : type.methods) {
      for (AbstractInsnNode each : method.instructions) {
        if (each instanceof MethodInsnNode call) {
          String called = call.owner + "." + call.name + call.desc;
          folds |= called.matches("java/lang/String\\.to(Lower|Upper)Case\\(\\).*");
          formats |= called.startsWith("java/lang/String.format(Ljava/lang/String;[");
        } else if (each instanceof LdcInsnNode constant) {
          hasNumber |= NUMBER.matcher(constant.cst.toString()).find();
        }
      }
    }
    return folds || (formats && hasNumber);
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.python.core.Py", "org.python.core.PyString"})
  void whatIsRewrittenIsLongerAndAllElseStays(String name) throws IOException {
    byte[] old;
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = getClass().getClassLoader().getResourceAsStream(file)) {
      old = in.readAllBytes();
    }
    assertTrue(RootLocale.of(name, old).length > old.length);
    assertSame(old, RootLocale.of("org.python.core.PyList", old));
  }
}
