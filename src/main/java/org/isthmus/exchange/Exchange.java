// One HTTP request and its response, engine-neutral: all state of HTTP and PEP 3333.
package org.isthmus.exchange;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.isthmus.errors.Rule;

/**
 * One request on its way through an application.
 *
 * <p><b>Threading.</b> One user at a time, except for methods that any thread may call: those serve
 * threads that inspect running requests. An exchange begins and ends on the container's thread, to
 * which a {@link Deadline} is bound: an engine that runs the application on another thread must
 * pass the interrupt on.
 */
public final class Exchange {
  private static final System.Logger LOG = System.getLogger("org.isthmus.exchange");

  private final HttpServletResponse response;
  private final Mount mount;
  private final Observer observer;
  private final RequestTimes times;
  private final Thread thread;
  private final Visitors visitors;
  private final ClientFault client;
  private final String method;
  private final String path;
  private Deadline deadline; // null: nothing ends the application's code
  private boolean streaming; // the deadline was made for that
  private volatile Execution execution; // null until an application has been lent
  private RequestTarget target;
  private RequestBody input;
  private ResponseBody body;
  private FilterChain chain; // null: there is no chain to call
  private boolean explaining;
  private String explanation;

  /** Opens an exchange for one call of a servlet or filter; the observer receives its events. */
  public Exchange(
      HttpServletRequest request, HttpServletResponse response, Mount mount, Observer observer) {
    this.target = new RequestTarget(request, mount);
    this.client = new ClientFault(request);
    this.response = response;
    this.mount = mount;
    this.observer = observer;
    this.times = new RequestTimes(observer.isTiming());
    this.body = new ResponseBody(this);
    this.thread = Thread.currentThread();
    this.visitors = new Visitors(thread);
    // Now, for other threads: they must not ask a request that its container may be reusing.
    this.method = observer.isTiming() ? request.getMethod() : null;
    this.path = observer.isTiming() ? target.rawPath() : null;
  }

  /** Returns true on the thread that the container has called. */
  public boolean isOnItsThread() {
    return Thread.currentThread() == thread;
  }

  /** Sets the request's deadline, which began on this thread; null for none. */
  public void limit(Deadline newDeadline) {
    deadline = newDeadline;
    if (newDeadline != null) {
      newDeadline.add(this);
    }
  }

  /**
   * Lets {@link #cut} end the application's code from now on, which produces a response that may
   * have no end. On the exchange's own thread, as {@link #endStream}.
   */
  public void beginStream() {
    if (deadline == null) {
      streaming = true;
      limit(new Deadline(""));
    }
  }

  /** Ends what {@link #beginStream} has begun, if it has: the thread is the container's again. */
  public void endStream() {
    if (streaming) {
      deadline.end();
    }
  }

  /**
   * Ends the application's code of a stream, because its interpreter is to be closed; any thread
   * may call this.
   */
  public void cut() {
    deadline.cut(this);
  }

  /** Sets the application that runs from now on. */
  public void runOn(Execution newExecution) {
    execution = newExecution;
  }

  /**
   * Returns this exchange's Python stack, innermost frame first; any thread may call this.
   *
   * @param stack of the container's thread, just taken
   */
  public List<String> pythonStack(StackTraceElement[] stack) {
    Execution current = execution;
    return current == null ? List.of() : current.pythonStack(this, stack);
  }

  /** Interrupts the application's code, wherever it runs. */
  void interrupt(Thread container) {
    Execution current = execution;
    if (current == null) {
      container.interrupt(); // it is waiting for its application
    } else {
      current.interrupt(this, container);
    }
  }

  /** Shows details of a failure to the client, which is known to be the developer's. */
  public void explain() {
    explaining = true;
  }

  /** Sets the details that explain a failure, if the client may see them. */
  public void explainWith(String text) {
    explanation = text;
  }

  /** Returns the observer of this exchange. */
  public Observer observer() {
    return observer;
  }

  /** Reports the beginning of this exchange to the observer. */
  public void begin() {
    observer.began(this);
  }

  /** Reports the end of this exchange to the observer. */
  public void end() {
    if (deadline != null) {
      deadline.remove(this);
    }
    client.hide();
    observer.ended(this);
  }

  /** Reports a broken rule to the observer, with the text that the log has. */
  public void report(Rule rule, String text) {
    explanation = text;
    observer.failed(this, rule, text);
  }

  /** Returns where its time goes. */
  public RequestTimes times() {
    return times;
  }

  /** Returns the container's thread, on which it began; any thread may call this. */
  public Thread thread() {
    return thread;
  }

  /** Returns method and path, made safe for a log; if it is timed, any thread may call this. */
  public String summary() {
    String verb = method == null ? request().getMethod() : method;
    String raw = path == null ? target.rawPath() : path;
    return SafeText.escaped(verb + " " + SafeText.path(raw));
  }

  /** Returns the servlet request. */
  public HttpServletRequest request() {
    return target.request;
  }

  /** Lets the application call the rest of the filter chain, and see the path that this serves. */
  public void lend(FilterChain rest) {
    chain = rest;
    target.guard();
    keepUser();
  }

  /** Keeps who has logged in for environ, before a login or logout. */
  public void keepUser() {
    target.keepUser();
  }

  /** Returns the rest of the filter chain, if the application may call it, or null. */
  public FilterChain chain() {
    return chain;
  }

  /** Returns the servlet response. */
  public HttpServletResponse response() {
    return response;
  }

  /** Returns where the application is mounted. */
  public Mount mount() {
    return mount;
  }

  /** Returns the request's body. */
  public RequestBody input() {
    if (input == null) {
      input = new RequestBody(this);
    }
    return input;
  }

  /** Returns the response's body. */
  public ResponseBody body() {
    return body;
  }

  /** Returns a header as environ shows it, or null; the name is like {@code Accept-Encoding}. */
  public String header(String name) {
    return RequestHeaders.isReserved(name) ? null : RequestHeaders.joined(request(), name);
  }

  /** Passes each variable that comes from a header to a sink: {@code HTTP_ACCEPT} and its value. */
  public void forEachHeader(java.util.function.BiConsumer<String, String> sink) {
    RequestHeaders.forEach(
        request(), mount, (name, value) -> sink.accept(RequestHeaders.variable(name), value));
  }

  /**
   * Returns true if the current thread may use the container's request and response; it must then
   * call {@link #release}. {@link #giveBack} waits for all threads except the exchange's own.
   *
   * @return false once the exchange has ended: the container has taken them back, and only the
   *     copy, if one was kept, may be read
   */
  public boolean acquire() {
    return visitors.enter();
  }

  /** Ends the use that {@link #acquire} has begun. */
  public void release() {
    visitors.leave();
  }

  /**
   * Returns true once the container has its request and response back; any thread may call this.
   */
  public boolean isEnded() {
    return visitors.isClosed();
  }

  /**
   * Gives request and response back to the container, which reuses them, and waits for threads that
   * still use them. One that reads the body waits for its client, so send the response first.
   *
   * @param keeps true to keep a copy of what environ shows
   */
  public void giveBack(boolean keeps) {
    if (keeps) {
      target = target.copy();
    }
    if (visitors.close()) {
      if (body.forward() == null) {
        flushQuietly(); // a head that is out could not be forwarded
      }
      visitors.awaitLast();
    }
  }

  private void flushQuietly() {
    try {
      response.flushBuffer();
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "A response could not be sent early.", e);
    }
  }

  /** Returns true if the client went away, or ended its request before it was complete. */
  public boolean isClientGone() {
    return client.isGone();
  }

  /** Returns true if a failure is, or was caused by, the exception for the client's fault. */
  public boolean isOfClient(Throwable failure) {
    return client.isCauseOf(failure);
  }

  /** Returns the exception for a closed connection or a bad request body, or null. */
  public IOException lost() {
    return client.exception();
  }

  /** Records that Java code could not read the request's body; returns the exception to throw. */
  public IOException unreadable(Exception cause) {
    return client.unreadable(cause);
  }

  ClientFault client() {
    return client;
  }

  /**
   * Answers with an error, unless the application's response has begun.
   *
   * @param status 500, or another one that fits the failure
   * @throws IOException if the head is out: the container then closes the connection, so that the
   *     client notices
   */
  public void fail(int status) throws IOException {
    body.cancelForward();
    if (client.hasWriteFailed()) {
      return;
    }
    giveUp();
    try {
      ErrorResponse.send(this, status, explaining ? explanation : null);
    } finally {
      enterApp();
    }
  }

  /** Answers 503 with the number of seconds after which to retry (RFC 9110, 10.2.3). */
  public void refuse(long seconds) throws IOException {
    response.setHeader("Retry-After", Long.toString(seconds));
    fail(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }

  /**
   * Answers 504 for a request that timed out.
   *
   * @param text follows the message: where in its code the application was
   */
  public void timeOut(String text) throws IOException {
    report(Rule.TIMED_OUT, deadline.message() + text);
    fail(HttpServletResponse.SC_GATEWAY_TIMEOUT);
  }

  /**
   * Returns true if the request has timed out. From now on the thread is not interrupted until it
   * returns to the application.
   */
  public boolean isTimedOut() {
    return giveUp() == Rule.TIMED_OUT;
  }

  /** Returns true if the application was ended by {@link #cut}; else like {@link #isTimedOut}. */
  public boolean isCut() {
    return giveUp() == Rule.RESPONSE_CUT;
  }

  private Rule giveUp() {
    return deadline == null ? null : deadline.giveUp();
  }

  /**
   * Passes from the application to the container, which must not be interrupted. On other threads,
   * this and {@link #enterApp} do nothing: the deadline interrupts the request's own.
   *
   * @throws org.isthmus.errors.WsgiException if the request has timed out, or was cut
   */
  public void leaveApp() {
    if (deadline != null && isOnItsThread()) {
      deadline.leaveApp();
    }
  }

  /** Passes back to the application. */
  public void enterApp() {
    if (deadline != null && isOnItsThread()) {
      deadline.enterApp();
    }
  }

  RequestTarget target() {
    return target;
  }

  /** Returns method, path and query, without the session, made safe for a log line. */
  public String line() {
    return target.line();
  }

  void requireBodyWithin(long size) {
    if (mount.maxBody() >= 0 && size > mount.maxBody()) {
      throw client.tooLarge(mount.maxBody());
    }
  }

  void warn(Rule rule, Object... values) {
    report(rule, rule.message(values));
    LOG.log(System.Logger.Level.WARNING, explanation + " (" + line() + ")");
  }
}
