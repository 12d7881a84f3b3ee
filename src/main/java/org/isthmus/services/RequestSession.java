// The HttpSession of one request: found or created when it is needed, never before.
package org.isthmus.services;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;

/**
 * Reads and writes attributes. Only a write creates a session, so only a write sets a cookie.
 *
 * <p>Each write calls setAttribute, because that is what replicates a value in a cluster (Servlet
 * 7.7.2 leaves it to the container to notice nothing else).
 */
final class RequestSession {
  private final HttpServletRequest request;
  private final HttpServletResponse response;

  RequestSession(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
  }

  /** Returns a list of one value, or an empty one if there is no such key. */
  List<Object> get(String key) {
    HttpSession session = request.getSession(false);
    Object value = session == null ? null : valid(() -> session.getAttribute(key));
    return value == null
        ? List.of()
        : Collections.singletonList(PlainValues.read(value, PlainValues.place(key)));
  }

  /** Returns true if there is a key, and Python can read its value. */
  boolean has(String key) {
    HttpSession session = request.getSession(false);
    return session != null && PlainValues.isReadable(valid(() -> session.getAttribute(key)));
  }

  /** Stores a value, which is plain already. */
  Object set(List<?> keyAndValue) {
    String key = (String) keyAndValue.get(0);
    Object value = PlainValues.stored(keyAndValue.get(1));
    HttpSession session = created();
    return valid(
        () -> {
          session.setAttribute(key, value);
          return null;
        });
  }

  /** Removes a key; returns false if there is none. */
  boolean remove(String key) {
    HttpSession session = request.getSession(false);
    return session != null
        && valid(
            () -> {
              boolean known = session.getAttribute(key) != null;
              session.removeAttribute(key);
              return known;
            });
  }

  /** Returns the keys whose values Python can read. */
  List<String> keys() {
    HttpSession session = request.getSession(false);
    List<String> keys = new ArrayList<>();
    if (session != null) {
      valid(() -> Collections.list(session.getAttributeNames())).stream()
          .filter(PlainValues::isText)
          .filter(key -> PlainValues.isReadable(valid(() -> session.getAttribute(key))))
          .forEach(keys::add);
    }
    return keys;
  }

  /** Returns the identifier; null if there is no session. */
  String id() {
    HttpSession session = request.getSession(false);
    return session == null ? null : session.getId();
  }

  /** Returns true if the client has not yet come back with the session, or there is none. */
  boolean isNew() {
    HttpSession session = request.getSession(false);
    return session == null || valid(session::isNew);
  }

  /** Returns after how many seconds without a request the session ends; null for never. */
  Long maxAge() {
    HttpSession session = request.getSession(false);
    long seconds =
        session == null
            ? 60L * request.getServletContext().getSessionTimeout()
            : valid(session::getMaxInactiveInterval);
    return seconds <= 0 ? null : Long.valueOf(seconds);
  }

  /** Sets that time for this session alone, which counts as a write. */
  Object setMaxAge(Object seconds) {
    HttpSession session = created();
    int max = seconds == null ? -1 : ((Number) seconds).intValue();
    return valid(
        () -> {
          session.setMaxInactiveInterval(max);
          return null;
        });
  }

  /** Gives the session another identifier, if there is one, against session fixation. */
  Object rotate() {
    if (request.getSession(false) != null) {
      requireHead();
      valid(request::changeSessionId);
    }
    return null;
  }

  /** Ends the session, if there is one. */
  Object invalidate() {
    HttpSession session = request.getSession(false);
    if (session != null) {
      valid(
          () -> {
            session.invalidate();
            return null;
          });
    }
    return null;
  }

  private HttpSession created() {
    HttpSession session = request.getSession(false);
    if (session != null) {
      return session;
    }
    requireHead();
    return request.getSession(true);
  }

  /** The identifier goes out in a header (Servlet 7.1.1), so not once the head is out. */
  private void requireHead() {
    if (response.isCommitted()) {
      throw new WsgiException(Rule.SESSION_TOO_LATE);
    }
  }

  /** Another request of the same client may end the session at any moment. */
  private static <T> T valid(Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalStateException e) {
      throw new WsgiException(e, Rule.SESSION_GONE);
    }
  }
}
