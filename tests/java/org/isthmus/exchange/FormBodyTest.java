package org.isthmus.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.isthmus.Fake;
import org.junit.jupiter.api.Test;

/** A form's body from its parameters. */
class FormBodyTest {
  @Test
  void parametersOfTheQueryAreLeftOut() {
    assertEquals(
        "a=2&b=3", rebuilt("a=1&c=4", Map.of("a", new String[] {"1", "2"}), "b", "3", "c", "4"));
  }

  @Test
  void onlyWhatWouldBeMisreadIsEscaped() {
    assertEquals(
        "a%3Db=x+%26%2B%25%3B=y/?\u00C3\u00A9",
        rebuilt(null, Map.of("a=b", new String[] {"x &+%;=y/?\u00E9"})));
  }

  @Test
  void queryNamesAreDecodedBeforeTheyAreCounted() {
    assertEquals("", rebuilt("n%20%C3%A9+m=1", Map.of("n \u00E9 m", new String[] {"1"})));
  }

  @Test
  void valuesKeepTheirOrder() {
    assertEquals("a=1&a=2&a=", rebuilt("", Map.of("a", new String[] {"1", "2", ""})));
  }

  @Test
  void anotherTypeIsNotRebuilt() {
    Form form = new Form("multipart/form-data; boundary=x", Map.of());
    assertNull(FormBody.rebuilt(Fake.of(HttpServletRequest.class, form), null));
    Form none = new Form(null, Map.of());
    assertNull(FormBody.rebuilt(Fake.of(HttpServletRequest.class, none), null));
  }

  private static String rebuilt(String query, Map<String, String[]> first, String... more) {
    Map<String, String[]> parameters = new LinkedHashMap<>(first);
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], new String[] {more[i + 1]});
    }
    Form form = new Form("Application/X-WWW-Form-urlencoded; charset=utf-8", parameters);
    return FormBody.rebuilt(Fake.of(HttpServletRequest.class, form), query);
  }

  /** A form that somebody has parsed. */
  public static final class Form {
    private final String type;
    private final Map<String, String[]> parameters;

    Form(String type, Map<String, String[]> parameters) {
      this.type = type;
      this.parameters = parameters;
    }

    public String getContentType() {
      return type;
    }

    public String getCharacterEncoding() {
      return "UTF-8";
    }

    public Map<String, String[]> getParameterMap() {
      return parameters;
    }
  }
}
