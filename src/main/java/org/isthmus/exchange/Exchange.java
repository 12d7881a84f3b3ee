// One HTTP request and its response, engine-neutral: all state of HTTP and PEP 3333.
package org.isthmus.exchange;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private final boolean timing;
  private final Thread thread;
  private final String method;
  private final String place;
  private final long began;
  private long waitEnded;
  private Deadline deadline;
  private volatile Execution execution; // null until an application has been lent
  private HttpServletRequest request;
  private boolean included;
  private RequestPath path;
  private RequestBody input;
  private ResponseBody body;
  private int guests; // other threads that are inside of the container's objects just now
  private volatile boolean ended;
  private IOException lost; // what the client has done to the connection or the request's body
  private boolean writeFailed;
  private boolean tooLarge;
  private boolean explaining;
  private String explanation;

  /**
   * Opens an exchange for one call of a servlet or filter.
   *
   * @param observer receives its events
   */
  public Exchange(
      HttpServletRequest request, HttpServletResponse response, Mount mount, Observer observer) {
    this.request = request;
    this.response = response;
    this.mount = mount;
    this.observer = observer;
    this.included = Mount.isIncluded(request);
    this.body = new ResponseBody(this);
    this.timing = observer.isTiming();
    this.began = tick();
    this.thread = Thread.currentThread();
    // Now, for other threads: they must not ask a request that its container may be reusing.
    this.method = timing ? request.getMethod() : null;
    this.place = timing ? Mount.rawPath(request, included) : null;
  }

  /**
   * Sets a deadline for this exchange.
   *
   * @param end of the request, begun on this thread; null if there is none
   */
  public void limit(Deadline end) {
    deadline = end;
    if (end != null) {
      end.enter(this);
    }
  }

  /** Sets what runs the application's code from now on. */
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

  /** Makes the application's code end soon, whatever it runs on. */
  void interrupt(Thread of) {
    Execution current = execution;
    if (current == null) {
      of.interrupt(); // it is waiting for its application
    } else {
      current.interrupt(this, of);
    }
  }

  /** Shows failure details to the client, who is known to be the developer. */
  public void explain() {
    explaining = true;
  }

  /** Sets the details that explain a failure, if they are to be shown. */
  public void explainWith(String text) {
    explanation = text;
  }

  /** Returns the observer of this exchange. */
  public Observer observer() {
    return observer;
  }

  /** Tells the observer that this exchange begins. */
  public void begin() {
    observer.began(this);
  }

  /** Tells the observer that this exchange has ended. */
  public void end() {
    if (deadline != null) {
      deadline.leave(this);
    }
    observer.ended(this);
  }

  /** Records that this exchange no longer waits for its application: it has one, or is refused. */
  public void endWait() {
    waitEnded = tick();
  }

  /** Reports a broken rule to the observer, with the text that the log has. */
  public void report(Rule rule, String text) {
    explanation = text;
    observer.failed(this, rule, text);
  }

  /** Returns the JVM's nano time; 0 if nothing is timed. */
  long tick() {
    return timing ? System.nanoTime() : 0;
  }

  /** Returns when this exchange began, as System.nanoTime; any thread may call this. */
  public long began() {
    return began;
  }

  /** Returns how many nanoseconds it waited for its application. */
  public long waited() {
    return waitEnded == 0 ? 0 : waitEnded - began;
  }

  /** Returns the thread that it began on, or null if nothing is timed; any thread may call this. */
  public Thread thread() {
    return timing ? thread : null;
  }

  /**
   * Returns method and path, without query and session, made safe for a log; any thread may call
   * this if the exchange is timed.
   */
  public String summary() {
    String verb = timing ? method : request.getMethod();
    String path = timing ? place : Mount.rawPath(request, included);
    return Quoted.escaped(verb + " " + Quoted.path(path));
  }

  /** Returns the servlet request. */
  public HttpServletRequest request() {
    return request;
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

  /** Returns how many nanoseconds were spent reading the request's body. */
  public long reading() {
    return input == null ? 0 : input.reading();
  }

  /** Returns the response's body. */
  public ResponseBody body() {
    return body;
  }

  /**
   * Returns a header as environ shows it, or null; {@code name} is as in {@code Accept-Encoding}.
   */
  public String header(String name) {
    return RequestHeaders.isReserved(name) ? null : RequestHeaders.joined(request, name);
  }

  /** Passes on each variable that comes from a header: {@code HTTP_ACCEPT} and its value. */
  public void forEachHeader(java.util.function.BiConsumer<String, String> sink) {
    RequestHeaders.forEach(
        request, mount, (name, value) -> sink.accept(RequestHeaders.variable(name), value));
  }

  /**
   * Checks everything about a request that can be checked before the application is called.
   *
   * @throws org.isthmus.errors.WsgiException if the request must be refused
   */
  public void admit() {
    RequestHeaders.requireLength(request);
    if (mount.maxBody() >= 0) {
      requireBodyWithin(request.getContentLengthLong());
    }
    if (mount.refusesUnderscores()) {
      RequestHeaders.refuseUnderscores(request, mount);
    }
  }

  /**
   * Asks whether a thread may use the container's request and response, until it says {@link
   * #leave}. A thread that the application has left behind must not: they are another client's by
   * then. The exchange's own thread is never waited for, since it is the one that ends it.
   *
   * @return false if the container has taken them back: there is a copy of the request, if it was
   *     kept, and no leave
   */
  public boolean enter() {
    if (Thread.currentThread() == thread) {
      return !ended;
    }
    synchronized (this) {
      if (!ended) {
        guests++;
      }
      return !ended;
    }
  }

  /** Ends what {@link #enter} has begun. */
  public void leave() {
    if (Thread.currentThread() != thread) {
      synchronized (this) {
        guests--;
        notifyAll();
      }
    }
  }

  /** Returns true once the container has its request and response back; any thread may ask. */
  public boolean isEnded() {
    return ended;
  }

  /**
   * Gives request and response back to the container, which reuses them, and waits for threads that
   * are inside. One that reads the body waits for its client: so that gets its response before.
   *
   * @param keeps true to keep a copy of what environ shows
   */
  public void giveBack(boolean keeps) {
    EndedRequest copy = null;
    if (keeps) {
      path();
      copy = new EndedRequest(request, Mount.uri(request, included), query());
    }
    synchronized (this) {
      if (copy != null) {
        request = copy;
        included = false;
      }
      ended = true;
      if (guests == 0) {
        return;
      }
    }
    flushQuietly();
    awaitGuests();
  }

  private void flushQuietly() {
    try {
      response.flushBuffer();
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "A response could not be sent early.", e);
    }
  }

  private synchronized void awaitGuests() {
    boolean interrupted = false;
    while (guests > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      thread.interrupt();
    }
  }

  /** Returns Content-Length, or what it would be for a body that is small enough to be held. */
  String contentLength() {
    String sent = request.getHeader("Content-Length");
    if (sent != null || ended || mount.maxHeld() == 0 || !RequestHeaders.mayHaveMore(request)) {
      return sent;
    }
    try {
      long length = input().hold(mount.maxHeld());
      return length > 0 ? Long.toString(length) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns true if the client went away, or ended its request before it was complete. */
  public boolean isClientGone() {
    return lost instanceof ClientGone
        || (lost instanceof BodyBroken && !((BodyBroken) lost).isMalformed());
  }

  /**
   * Returns true if a failure is what the client has done, which the application has let through.
   * What else an application raises after that is its own.
   */
  public boolean isOfClient(Throwable failure) {
    for (Throwable one = failure; lost != null && one != null; one = one.getCause()) {
      if (one == lost) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns what the client has done to the connection or to its request's body; null if nothing.
   */
  public IOException lost() {
    return lost;
  }

  /** Returns true if the client has sent a body that is none. */
  boolean isBodyMalformed() {
    return lost instanceof BodyBroken && ((BodyBroken) lost).isMalformed();
  }

  /** Returns true if the request's body proved larger than allowed. */
  public boolean isTooLarge() {
    return tooLarge;
  }

  /**
   * Answers for an application that failed.
   *
   * @param status 500, or another one that fits the failure
   * @throws IOException if the head is out: the container then closes the connection, so that the
   *     client notices
   */
  public void fail(int status) throws IOException {
    if (writeFailed) {
      return;
    }
    isTimedOut();
    try {
      // Tomcat answers at once for a body that it cannot read, or a head that is too large.
      boolean answered = lost != null || body.isRefused();
      if (!body.isHeadOut() && answered && response.isCommitted()) {
        return;
      }
      if (body.isHeadOut() || response.isCommitted()) {
        IOException aborted = aborted();
        if (!writeFailed) {
          throw aborted;
        }
      } else {
        answer(lost instanceof BodyBroken ? ((BodyBroken) lost).status() : status);
      }
    } finally {
      enterApp();
    }
  }

  private void answer(int status) throws IOException {
    try {
      if (explaining && explanation != null) {
        DebugPage.send(request, response, status, explanation);
      } else {
        response.sendError(status);
      }
    } catch (IOException e) {
      gone(e); // who has ended the request is not always there to read
    }
  }

  /**
   * Answers 503 for an application that is currently unavailable.
   *
   * @param seconds after which the client may try again
   */
  public void refuse(long seconds) throws IOException {
    // RFC 9110, 10.2.3.
    response.setHeader("Retry-After", Long.toString(seconds));
    fail(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }

  /**
   * Answers 504 for a request that timed out.
   *
   * @param text where in the code it was, to follow the rule's message
   */
  public void timeOut(String text) throws IOException {
    report(Rule.TIMED_OUT, deadline.message() + text);
    fail(HttpServletResponse.SC_GATEWAY_TIMEOUT);
  }

  /**
   * Returns true if the request has timed out, whatever failed as a result. From now on the thread
   * is not interrupted until it returns to the application.
   */
  public boolean isTimedOut() {
    return deadline != null && deadline.giveUp();
  }

  /**
   * Passes from the application to the container, which must not be interrupted.
   *
   * @throws org.isthmus.errors.WsgiException if the request has timed out
   */
  void leaveApp() {
    if (deadline != null) {
      deadline.leaveApp();
    }
  }

  /** Passes back to the application. */
  void enterApp() {
    if (deadline != null) {
      deadline.enterApp();
    }
  }

  /**
   * Returns the exception that makes the container close the connection without ending the body.
   * Sends first what there is of the response: if an exception came before that, containers would
   * answer with an error page of their own.
   */
  IOException aborted() {
    try {
      response.flushBuffer();
      return new ResponseAborted("the response was aborted; the reason is logged before this");
    } catch (IOException e) {
      return gone(e);
    }
  }

  RequestPath path() {
    if (path == null) {
      path = mount.path(request, included);
    }
    return path;
  }

  String queryString() {
    String query = query();
    return query == null ? null : Mount.sent(request, query);
  }

  private String query() {
    return included
        ? (String) request.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING)
        : request.getQueryString();
  }

  String target() {
    return withQuery(Mount.rawPath(request, included));
  }

  private String withQuery(String uri) {
    String query = queryString();
    return query == null ? uri : uri + "?" + query;
  }

  /** Returns method and target, without the session, made safe for a log line. */
  public String line() {
    String path = Quoted.path(Mount.rawPath(request, included));
    return Quoted.escaped(request.getMethod() + " " + withQuery(path));
  }

  void requireBodyWithin(long size) {
    if (mount.maxBody() >= 0 && size > mount.maxBody()) {
      tooLarge = true;
      throw RequestBody.tooLarge(mount.maxBody());
    }
  }

  void warn(Rule rule, Object... values) {
    String message = rule.message(values);
    LOG.log(System.Logger.Level.WARNING, message + " (" + line() + ")");
    report(rule, message);
  }

  /** Writing to the client failed. */
  ClientGone gone(Exception cause) {
    writeFailed = true;
    ClientGone gone = new ClientGone(cause);
    lost = gone;
    return gone;
  }

  /** Reading the request's body failed. */
  IOException unreadable(Exception cause) {
    lost = BodyBroken.of(cause);
    return lost;
  }
}
