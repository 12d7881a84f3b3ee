// The response of the rest of a filter chain: its head and body go to Python, not to the container.
package org.isthmus.services;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Keeps the head until it is committed (Servlet 5.0, 5.1 and 5.6), then passes it on. Cookies stay
 * in the container's own response, which also adds those of its sessions there.
 */
public final class ChainResponse extends HttpServletResponseWrapper {
  private final ChainFields fields = new ChainFields();
  private final ChainOutput output;
  private final HttpServletRequest request;
  private final DispatcherType type;
  private int status;
  private String errorMessage;
  private boolean isError;
  private String contentType;
  private String encoding;
  private Locale locale;
  private PrintWriter writer;
  private boolean isStream;

  /**
   * Wraps the container's response.
   *
   * @param request the container's, too
   * @param sink gets head and body
   */
  public ChainResponse(HttpServletRequest request, HttpServletResponse response, ChainSink sink) {
    super(response);
    this.request = request;
    this.type = request.getDispatcherType();
    this.output = new ChainOutput(sink, this);
    this.status = response.getStatus(); // of a forward, or of what an error page is for
  }

  /** Returns what Java code gets. */
  public HttpServletResponse shown() {
    return HiddenResponse.of(this);
  }

  /** Ends the response; returns what of its body has not gone to the sink. */
  public byte[] finish() throws IOException {
    return output.finish(writer);
  }

  /** Returns true if sendError has been called, so the body is the container's error page. */
  public boolean isError() {
    return isError;
  }

  /** Returns the message of sendError, or null. */
  public String errorMessage() {
    return errorMessage;
  }

  /**
   * Returns true while Java code includes a resource on Jetty ee8, which keeps it from the head of
   * its own response alone (Servlet 5.0, 9.3), or on Tomcat within another chain, whose hidden
   * response it guards. Otherwise, containers put a guard around this one, and let the type of the
   * request be.
   */
  private boolean isIncluding() {
    return type != DispatcherType.INCLUDE && request.getDispatcherType() == DispatcherType.INCLUDE;
  }

  private boolean isFixed() {
    return isCommitted() || isIncluding();
  }

  String statusLine() {
    return status + " " + ReasonPhrases.of(status);
  }

  /** Returns name, value, name, value ... */
  List<String> head() {
    List<String> head = new ArrayList<>(fields.list());
    if (getContentType() != null) {
      head.add("Content-Type");
      head.add(ChainFields.sendable(getContentType()));
    }
    return head;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setStatus(int code) {
    if (!isFixed()) {
      status = code;
    }
  }

  /** Only up to Servlet 5.0. Drops the message: start_response gets the usual reason phrase. */
  @Override
  @Deprecated
  public void setStatus(int code, String message) {
    if (!isFixed()) {
      status = code;
    }
  }

  @Override
  public void sendError(int code) throws IOException {
    sendError(code, null);
  }

  /** Ends the response without a body: the error page is made if Python passes the status on. */
  @Override
  public void sendError(int code, String message) throws IOException {
    if (isIncluding()) {
      return;
    }
    requireOpen();
    isError = true;
    errorMessage = message;
    end(code);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    sendRedirect(location, SC_FOUND, true);
  }

  /** Of Servlet 6.1. */
  public void sendRedirect(String location, int code) throws IOException {
    sendRedirect(location, code, true);
  }

  /** Of Servlet 6.1. */
  public void sendRedirect(String location, boolean clearBuffer) throws IOException {
    sendRedirect(location, SC_FOUND, clearBuffer);
  }

  /** Of Servlet 6.1. The location may be relative (RFC 9110, 10.2.2). */
  public void sendRedirect(String location, int code, boolean clearBuffer) throws IOException {
    if (isIncluding()) {
      return;
    }
    requireOpen();
    fields.set("Location", ChainFields.uri(location));
    end(code);
  }

  private void end(int code) throws IOException {
    resetBuffer();
    fields.remove("Content-Length");
    status = code;
    output.close();
  }

  private void requireOpen() {
    if (isCommitted()) {
      throw new IllegalStateException("the response has been committed");
    }
  }

  @Override
  public void setHeader(String name, String value) {
    if (isFixed()) {
      return;
    }
    if (name.equalsIgnoreCase("Content-Type")) {
      setContentType(value);
    } else {
      fields.set(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (name.equalsIgnoreCase("Content-Type")) {
      setContentType(value);
    } else if (!isFixed()) {
      fields.add(name, value);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void setDateHeader(String name, long date) {
    setHeader(name, ChainFields.date(date));
  }

  @Override
  public void addDateHeader(String name, long date) {
    addHeader(name, ChainFields.date(date));
  }

  @Override
  public boolean containsHeader(String name) {
    return getHeader(name) != null;
  }

  @Override
  public String getHeader(String name) {
    if (name.equalsIgnoreCase("Content-Type")) {
      return getContentType();
    }
    Collection<String> values = getHeaders(name);
    return values.isEmpty() ? null : values.iterator().next();
  }

  @Override
  public Collection<String> getHeaders(String name) {
    List<String> own = fields.values(name);
    return own.isEmpty() ? super.getHeaders(name) : own;
  }

  @Override
  public Collection<String> getHeaderNames() {
    Collection<String> names = fields.names();
    names.addAll(super.getHeaderNames());
    return names;
  }

  @Override
  public void setContentLength(int length) {
    setContentLengthLong(length);
  }

  @Override
  public void setContentLengthLong(long length) {
    setHeader("Content-Length", length < 0 ? null : Long.toString(length));
  }

  @Override
  public String getContentType() {
    boolean named = contentType != null && encoding != null;
    return named ? contentType + ";charset=" + encoding : contentType;
  }

  /** The type's charset is the encoding, which can no longer change once there is a writer. */
  @Override
  public void setContentType(String given) {
    if (isFixed()) {
      return;
    }
    contentType = given;
    int at = given == null ? -1 : given.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at > 0) {
      contentType = given.substring(0, given.lastIndexOf(';', at)).strip();
      String rest = given.substring(at + "charset=".length());
      int end = rest.indexOf(';');
      setCharacterEncoding((end < 0 ? rest : rest.substring(0, end)).replace("\"", "").strip());
    }
  }

  @Override
  public String getCharacterEncoding() {
    return encoding == null
        ? ContainerEncoding.of((HttpServletResponse) getResponse(), contentType, locale)
        : encoding;
  }

  @Override
  public void setCharacterEncoding(String name) {
    if (!isFixed() && writer == null) {
      encoding = name;
    }
  }

  /** Of Servlet 6.1. */
  public void setCharacterEncoding(Charset charset) {
    setCharacterEncoding(charset == null ? null : charset.name());
  }

  @Override
  public Locale getLocale() {
    return locale == null ? super.getLocale() : locale;
  }

  @Override
  public void setLocale(Locale given) {
    if (!isFixed()) {
      locale = given;
      setHeader("Content-Language", given == null ? null : given.toLanguageTag());
    }
  }

  @Override
  public ServletOutputStream getOutputStream() {
    if (writer != null) {
      throw new IllegalStateException("getWriter has been called");
    }
    isStream = true;
    return output;
  }

  @Override
  public PrintWriter getWriter() throws UnsupportedEncodingException {
    if (isStream) {
      throw new IllegalStateException("getOutputStream has been called");
    }
    if (writer == null) {
      encoding = getCharacterEncoding(); // from now on, the type names it
      writer = output.writer(encoding);
    }
    return writer;
  }

  @Override
  public boolean isCommitted() {
    return output.isCommitted();
  }

  @Override
  public void flushBuffer() throws IOException {
    if (writer != null) {
      writer.flush();
    }
    output.flush();
  }

  @Override
  public void resetBuffer() {
    requireOpen();
    output.clear(writer);
  }

  @Override
  public void reset() {
    if (isIncluding()) {
      return;
    }
    resetBuffer();
    fields.clear();
    status = SC_OK;
    contentType = null;
    encoding = null;
    locale = null;
    writer = null;
    isStream = false;
  }

  @Override
  public int getBufferSize() {
    return output.size();
  }

  @Override
  public void setBufferSize(int size) {
    output.resize(size);
  }
}
