// Jetty with one web application, from the first connection to an orderly shutdown.
package org.isthmus.launcher.jetty;

import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.launcher.DataSourceOption;
import org.isthmus.launcher.Options;
import org.isthmus.launcher.Serving;

/**
 * Loaded by name, because it belongs to the class loader that has Jetty.
 *
 * <p><b>Threading.</b> {@link #stop} may be called at any time on any thread.
 */
public final class JettyServing implements Serving {
  /** The time after the web application has ended, for files that are still being sent. */
  private static final long LAST_SECONDS = 5;

  /** Then, for connections on which nothing moves. */
  private static final long IDLE_MILLIS = 1000;

  private static final System.Logger LOG = System.getLogger("org.isthmus.launcher.jetty");
  // The start of the message of Jetty's SecurityHandler, which has no exception class of its own.
  private static final String NO_LOGIN = "No LoginService for ";

  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private Server server;
  private ServerConnector connector;
  private GracefulHandler graceful;
  private Handler application;

  /** Starts nothing yet. */
  public JettyServing() {}

  @Override
  public void serve(Path root, Path temporary, Options options) {
    LogFormat.install();
    QueuedThreadPool pool = new QueuedThreadPool(options.threads());
    pool.setName("http");
    server = new Server(pool);
    connector = Connectors.connector(server, options);
    server.addConnector(connector);
    application = WebApplication.of(root, temporary, options.contextPath());
    Handler.Sequence handlers = new Handler.Sequence();
    String context = options.contextPath().replaceFirst("/$", "");
    options
        .files()
        .forEach((at, files) -> handlers.addHandler(StaticFiles.of(below(context, at), files)));
    handlers.addHandler(application);
    graceful = new GracefulHandler(handlers);
    server.setHandler(graceful);
    logRequests(options.accessLog());
    List<DataSourceOption> resources = options.dataSources();
    ResourceReferences.check(root, resources);
    DataSources sources = DataSources.bound(resources, server);
    try {
      start(options);
      announce(options);
      started.complete(null);
      stopped.join();
    } finally {
      sources.close();
    }
  }

  private void announce(Options options) {
    String scheme = options.keystore() == null ? "http" : "https";
    String host = options.host().equals("0.0.0.0") ? "127.0.0.1" : options.host();
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    String path = options.contextPath().equals("/") ? "" : options.contextPath();
    System.out.printf(
        Locale.ROOT,
        "Serving at %s://%s:%d%s/ (Ctrl-C ends it)%n",
        scheme,
        bracketed,
        connector.getLocalPort(),
        path);
  }

  /** Where a directory is mounted: a context path, which in Jetty does not end with a slash. */
  private static String below(String context, String at) {
    return at.equals("/") && !context.isEmpty() ? context : context + at;
  }

  private void logRequests(String format) {
    if (format.equals("short") || format.equals("colour")) {
      server.setRequestLog(new AccessLine(System.out, format.equals("colour")));
    } else if (format.equals("combined")) {
      server.setRequestLog(
          new CustomRequestLog(System.out::println, CustomRequestLog.EXTENDED_NCSA_FORMAT));
    }
  }

  private void start(Options options) {
    StartLog log = new StartLog(JettyServing::isExplained);
    try {
      server.start();
    } catch (Exception e) {
      stopQuietly();
      throw explained(e, options);
    } finally {
      log.end();
    }
  }

  /** Returns true if {@link #explained} says all of a failure; ours have no stack trace. */
  private static boolean isExplained(Throwable failure) {
    boolean isOurs = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isLoginAbsent(cause)) {
        return true;
      }
      isOurs = cause.getStackTrace().length == 0;
    }
    return isOurs;
  }

  private static boolean isLoginAbsent(Throwable cause) {
    return String.valueOf(cause.getMessage()).startsWith(NO_LOGIN);
  }

  /** Explains why the server did not start: the port, the keys, the web application. */
  private WsgiException explained(Exception failure, Options options) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException && isInUse(cause)) {
        return new WsgiException(failure, Rule.PORT_USED, options.port(), options.host());
      }
      if (cause instanceof java.net.SocketException
          || cause instanceof UnresolvedAddressException) {
        return new WsgiException(failure, Rule.ADDRESS, options.host(), options.port(), cause);
      }
      if (isLoginAbsent(cause)) {
        return new WsgiException(failure, Rule.LOGIN_SERVICE_ABSENT);
      }
    }
    String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    // The rule's own text adds a full stop.
    return new WsgiException(failure, Rule.SERVER_FAILED, text.replaceFirst("\\.$", ""));
  }

  private static boolean isInUse(Throwable cause) {
    // Java uses the same class for this and for an address of another machine.
    return String.valueOf(cause.getMessage()).contains("in use");
  }

  private void stopQuietly() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.DEBUG, "after a failed start", e);
    }
  }

  /**
   * In this order: no new connections; 503 for new requests; the web application, which lets
   * running ones finish (isthmus.drain); other responses in progress; the connections.
   */
  @Override
  public void stop() {
    if (!started.isDone()) {
      // Nothing is running that could finish, and a start may hang.
      System.exit(0);
    }
    try {
      // Otherwise Jetty cuts a client that pauses for a second, in the midst of its upload.
      connector.setShutdownIdleTimeout(connector.getIdleTimeout());
      CompletableFuture<Void> idle =
          CompletableFuture.allOf(connector.shutdown(), graceful.shutdown());
      application.stop();
      connector.getConnectedEndPoints().forEach(each -> each.setIdleTimeout(IDLE_MILLIS));
      idle.get(LAST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.log(System.Logger.Level.DEBUG, "requests remain", e);
    } catch (Exception e) {
      LOG.log(System.Logger.Level.WARNING, Rule.CLOSE_FAILED.message(e), e);
    } finally {
      stopQuietly();
      stopped.complete(null);
    }
  }
}
