// The request that the rest of a filter chain gets, as an application's environ has it.
package org.isthmus.services;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Headers, user and body are those of environ; all else is the container's. */
public final class ChainRequest extends CapturedRequest {
  /** What a long can hold: Python may have set anything, or nothing. */
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private final Map<String, String> headers;
  private final Function<Exception, IOException> unreadable;
  private String user;
  private String authenticationType;
  private boolean hasOwnUser;
  private PythonBody body;
  private Map<String, String[]> parameters;
  private ServletInputStream stream;
  private BufferedReader reader;

  /**
   * Wraps a request.
   *
   * @param headers the changed ones, by name in lower case; null for one that is removed
   * @param unreadable records that the client's body could not be read, and returns the exception
   *     to throw
   */
  public ChainRequest(
      HttpServletRequest request,
      Map<String, String> headers,
      Function<Exception, IOException> unreadable) {
    super(request);
    this.headers = headers;
    this.unreadable = unreadable;
  }

  /** Replaces the container's user, with null for none; this user has none of its roles. */
  public void setUser(String name, String type) {
    hasOwnUser = true;
    user = name;
    authenticationType = type;
  }

  /** Replaces the container's body with what is left of it, or with another; null keeps it. */
  public void setBody(PythonBody other) {
    body = other;
  }

  @Override
  public String getRemoteUser() {
    return hasOwnUser ? user : super.getRemoteUser();
  }

  @Override
  public Principal getUserPrincipal() {
    if (!hasOwnUser) {
      return super.getUserPrincipal();
    }
    String name = user;
    return name == null ? null : () -> name;
  }

  @Override
  public String getAuthType() {
    return hasOwnUser ? authenticationType : super.getAuthType();
  }

  @Override
  public boolean isUserInRole(String role) {
    return !hasOwnUser && super.isUserInRole(role);
  }

  @Override
  public String getHeader(String name) {
    String key = key(name);
    return headers.containsKey(key) ? headers.get(key) : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    String key = key(name);
    if (!headers.containsKey(key)) {
      return super.getHeaders(name);
    }
    String value = headers.get(key);
    return Collections.enumeration(value == null ? List.of() : List.of(value));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(Collections.list(super.getHeaderNames()));
    headers.forEach((name, value) -> changeName(names, name, value));
    return Collections.enumeration(names);
  }

  private static void changeName(Set<String> names, String name, String value) {
    if (value == null) {
      names.remove(name);
    } else {
      names.add(name);
    }
  }

  @Override
  public int getIntHeader(String name) {
    String value = getHeader(name);
    return value == null ? -1 : Integer.parseInt(value);
  }

  @Override
  public long getDateHeader(String name) {
    if (!headers.containsKey(key(name))) {
      return super.getDateHeader(name);
    }
    String value = getHeader(name);
    return value == null
        ? -1
        : ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
            .toInstant()
            .toEpochMilli();
  }

  @Override
  public String getContentType() {
    return headers.containsKey("content-type")
        ? headers.get("content-type")
        : super.getContentType();
  }

  @Override
  public int getContentLength() {
    long length = getContentLengthLong();
    return length > Integer.MAX_VALUE ? -1 : (int) length;
  }

  @Override
  public long getContentLengthLong() {
    if (body == null) {
      return super.getContentLengthLong();
    }
    String length = getHeader("content-length");
    return length != null && LENGTH.matcher(length).matches() ? Long.parseLong(length) : -1;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (stream == null) {
      stream = body == null ? new ClientBody(super.getInputStream(), unreadable) : given();
    }
    return stream;
  }

  private ServletInputStream given() {
    return new Given(body, getContentLengthLong());
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (reader == null && body == null) {
      reader = ClientBody.reader(super.getReader(), unreadable);
    } else if (reader == null) {
      String encoding = getCharacterEncoding();
      Charset charset = encoding == null ? StandardCharsets.ISO_8859_1 : Charset.forName(encoding);
      reader = new BufferedReader(new InputStreamReader(given(), charset));
    }
    return reader;
  }

  @Override
  public String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  @Override
  public String[] getParameterValues(String name) {
    return getParameterMap().get(name);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  /** A form's fields are in the client's body; if that is replaced, only the query has any. */
  @Override
  public Map<String, String[]> getParameterMap() {
    if (body == null) {
      return super.getParameterMap();
    }
    if (parameters == null) {
      parameters = Collections.unmodifiableMap(QueryParameters.of(getQueryString()));
    }
    return parameters;
  }

  @Override
  public Collection<Part> getParts() throws IOException, ServletException {
    requireClientsBody();
    try {
      return super.getParts();
    } catch (IOException e) {
      throw ClientBody.ofParts(e, unreadable);
    }
  }

  @Override
  public Part getPart(String name) throws IOException, ServletException {
    requireClientsBody();
    try {
      return super.getPart(name);
    } catch (IOException e) {
      throw ClientBody.ofParts(e, unreadable);
    }
  }

  private void requireClientsBody() {
    if (body != null) {
      throw new IllegalStateException("Python has read or replaced this body, so it has no parts");
    }
  }

  private static String key(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }

  /** Python's body as a stream: as much of it as CONTENT_LENGTH says (RFC 3875, 4.2). */
  private static final class Given extends BlockInput {
    private final PythonBody body;
    private long left;
    private boolean finished;

    Given(PythonBody body, long length) {
      this.body = body;
      this.left = length < 0 ? Long.MAX_VALUE : length;
      this.finished = left == 0;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (finished) {
        return -1;
      }
      byte[] octets = body.read((int) Math.min(length, left));
      System.arraycopy(octets, 0, into, offset, octets.length);
      left -= octets.length;
      finished = octets.length == 0 || left == 0;
      return octets.length == 0 ? -1 : octets.length;
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("this body is read synchronously");
    }
  }
}
