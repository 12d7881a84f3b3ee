// The container's login of one request.
package org.isthmus.services;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;

/** Asks the container each time: login and logout change the answer. */
final class RequestUser {
  private static final System.Logger LOG = System.getLogger("org.isthmus.services");

  private final HttpServletRequest request;

  RequestUser(HttpServletRequest request) {
    this.request = request;
  }

  /** Returns the user's name; null if nobody has logged in. */
  String name() {
    return request.getRemoteUser();
  }

  /** Returns how the user has logged in, or null. */
  String authenticationType() {
    return request.getAuthType();
  }

  /** Returns true if the user has a role. */
  boolean isInRole(String role) {
    return request.isUserInRole(role);
  }

  /**
   * Logs in; returns false if the container does not accept name and password, or somebody has
   * logged in before (Servlet 5.0, HttpServletRequest.login), for which Jetty does not look.
   */
  boolean login(String name, String password) {
    if (request.getRemoteUser() != null) {
      return false;
    }
    try {
      request.login(name, password);
      return true;
    } catch (ServletException e) {
      LOG.log(System.Logger.Level.DEBUG, "A login was refused.", e);
      return false;
    }
  }

  /** Logs out. */
  Object logout() {
    try {
      request.logout();
      return null;
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
  }
}
