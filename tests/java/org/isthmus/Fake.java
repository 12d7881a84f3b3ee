// Fakes of the container's interfaces: what a test has not declared throws.
package org.isthmus;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Makes an implementation of an interface from the methods of an object that a test wrote. */
public final class Fake {
  private Fake() {}

  /**
   * Returns a fake.
   *
   * @param type the interface
   * @param answers an object whose public methods answer calls of the same name and parameters; any
   *     other call throws UnsupportedOperationException
   */
  public static <T> T of(Class<T> type, Object answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                // As any object's: the fake is equal to itself alone.
                method.getName().equals("equals")
                    ? proxy == arguments[0]
                    : answer(answers, method, arguments)));
  }

  private static Object answer(Object answers, Method method, Object[] arguments) throws Throwable {
    Method answer;
    try {
      answer = answers.getClass().getMethod(method.getName(), method.getParameterTypes());
    } catch (NoSuchMethodException e) {
      throw new UnsupportedOperationException("the test did not allow " + method, e);
    }
    answer.setAccessible(true);
    try {
      return answer.invoke(answers, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
