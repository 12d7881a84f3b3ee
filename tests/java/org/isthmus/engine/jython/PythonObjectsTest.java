package org.isthmus.engine.jython;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.python.core.PyObject;

/** What is looked into before Java code gets it. */
class PythonObjectsTest {
  /** Texts made as they are asked for; what is not kept of them is collected meanwhile. */
  private static final class Texts extends AbstractCollection<String> {
    private WeakReference<String> first;

    @Override
    public Iterator<String> iterator() {
      return IntStream.range(0, size()).mapToObj(this::text).iterator();
    }

    private String text(int at) {
      System.gc();
      String text = new String("text");
      if (at == 0) {
        first = new WeakReference<>(text);
      }
      return text;
    }

    @Override
    public int size() {
      return 20;
    }
  }

  @Test
  void pythonObjectIsFoundAmongScalars() {
    Object[] array = {"a", 1, 2L, 3.0, true, new byte[1], List.of(Map.of("b", new PyObject()))};
    assertTrue(PythonObjects.isIn(List.of("c", array)));
    array[6] = 'd';
    assertFalse(PythonObjects.isIn(List.of("c", array)));
  }

  @Test
  void textsAreNotKeptInMemory() {
    Texts texts = new Texts();
    assertFalse(PythonObjects.isIn(texts));
    assertNull(texts.first.get());
  }
}
