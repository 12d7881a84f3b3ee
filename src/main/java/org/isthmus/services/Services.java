// The container's services for one request, called by name with plain values.
package org.isthmus.services;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.exchange.Exchange;

/**
 * What {@code isthmus.session}, {@code isthmus.user}, {@code isthmus.forward} and {@code
 * isthmus.include} in environ do, for every engine.
 *
 * <p>Arguments and results are plain values ({@link PlainValues}). A request that calls nothing
 * costs nothing: no session is looked for before.
 *
 * <p><b>Threading.</b> As safe as the container's own objects. A call from another thread of the
 * application delays the end of the request, or is refused after it.
 */
public final class Services {
  private interface Function {
    Object call(Services of, List<?> given) throws Exception;
  }

  private static final Map<String, Function> NAMES =
      Map.ofEntries(
          Map.entry(
              "session.get",
              (of, given) -> isKey(given) ? of.session().get((String) given.get(0)) : List.of()),
          Map.entry(
              "session.has",
              (of, given) -> isKey(given) && of.session().has((String) given.get(0))),
          Map.entry("session.set", (of, given) -> of.written().set(given)),
          Map.entry(
              "session.remove",
              (of, given) -> isKey(given) && of.written().remove((String) given.get(0))),
          Map.entry("session.keys", (of, given) -> of.session().keys()),
          Map.entry("session.id", (of, given) -> of.session().id()),
          Map.entry("session.is_new", (of, given) -> of.session().isNew()),
          Map.entry("session.max_age", (of, given) -> of.session().maxAge()),
          Map.entry("session.set_max_age", (of, given) -> of.written().setMaxAge(given.get(0))),
          Map.entry("session.rotate", (of, given) -> of.written().rotate()),
          Map.entry("session.invalidate", (of, given) -> of.written().invalidate()),
          Map.entry("user.name", (of, given) -> of.user().name()),
          Map.entry("user.authentication_type", (of, given) -> of.user().authenticationType()),
          Map.entry("user.in_role", (of, given) -> of.user().isInRole(text(given, 0))),
          Map.entry(
              "user.login", (of, given) -> of.newUser().login(text(given, 0), text(given, 1))),
          Map.entry("user.logout", (of, given) -> of.newUser().logout()),
          Map.entry(
              "dispatch.forward",
              (of, given) -> of.dispatches().forward(text(given, 0), (Map<?, ?>) given.get(1))),
          Map.entry(
              "dispatch.include",
              (of, given) -> of.dispatches().include(text(given, 0), (Map<?, ?>) given.get(1))));

  private static final System.Logger LOG = System.getLogger("org.isthmus.services");

  private final Exchange exchange;

  /** Offers the services of the container that an exchange's request came from. */
  public Services(Exchange exchange) {
    this.exchange = exchange;
  }

  /**
   * Calls a service.
   *
   * @param name of the function, like {@code session.get}
   * @param arguments plain values
   * @return a plain value
   * @throws WsgiException if the call breaks a rule, or the request has ended
   */
  public Object call(String name, List<?> arguments) {
    Function function = NAMES.get(name);
    if (function == null) {
      throw new IllegalArgumentException("There is no service '" + name + "'");
    }
    return inContainer(() -> function.call(this, arguments));
  }

  private RequestDispatches dispatches() {
    return new RequestDispatches(exchange);
  }

  private RequestUser user() {
    return new RequestUser(exchange.request());
  }

  /** Text, or bytes in Python 2, which are UTF-8 there. */
  private static String text(List<?> given, int index) {
    Object argument = given.get(index);
    return argument instanceof byte[]
        ? new String((byte[]) argument, StandardCharsets.UTF_8)
        : (String) argument;
  }

  /** Bytes of Python 2 are in no session: {@code session.set} refuses them. */
  private static boolean isKey(List<?> given) {
    return given.get(0) instanceof String;
  }

  private RequestSession session() {
    return new RequestSession(exchange.request(), exchange.response());
  }

  /** The session to write into: a container may replicate it when the servlet has returned. */
  private RequestSession written() {
    exchange.body().endWithRequest();
    return session();
  }

  /** A container keeps in the session who has logged in. */
  private RequestUser newUser() {
    exchange.keepUser();
    exchange.body().endWithRequest();
    return user();
  }

  /** A store may be another machine: the deadline must not interrupt the container's work. */
  private Object inContainer(Callable<Object> work) {
    if (!exchange.acquire()) {
      throw new WsgiException(Rule.SERVICE_ENDED);
    }
    try {
      exchange.leaveApp();
      try {
        return work.call();
      } catch (WsgiException e) {
        throw e;
      } catch (Exception e) {
        // Such as a store that cannot be reached, or a JSP that does not compile.
        WsgiException failed = new WsgiException(e, Rule.SERVICE_FAILED, e);
        LOG.log(System.Logger.Level.WARNING, failed.getMessage(), e);
        throw failed;
      } finally {
        exchange.enterApp();
      }
    } finally {
      exchange.release();
    }
  }
}
