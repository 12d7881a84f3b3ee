// Every CGI variable of environ: its name and where its value comes from.
package org.isthmus.exchange;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The variables of RFC 3875, and the usual additions, as octets.
 *
 * <p>A null value means that the key is absent from environ. CONTENT_TYPE and CONTENT_LENGTH are
 * absent when the request has none (PEP 3333: "may be empty or absent").
 */
public enum CgiVariable {
  REQUEST_METHOD,
  SCRIPT_NAME,
  PATH_INFO,
  QUERY_STRING,
  REQUEST_URI,
  RAW_URI,
  CONTENT_TYPE,
  CONTENT_LENGTH,
  /** From Host, as the container reads it. */
  SERVER_NAME,
  SERVER_PORT,
  SERVER_PROTOCOL,
  SERVER_SOFTWARE,
  GATEWAY_INTERFACE,
  REMOTE_ADDR,
  /** The address: a name would cost a DNS query (RFC 3875, 4.1.9 allows it). */
  REMOTE_HOST,
  REMOTE_PORT,
  /** The user that the container, and nothing else, has authenticated. */
  REMOTE_USER,
  AUTH_TYPE,
  /** For an error page: the status and the path that led to it, under Apache's names. */
  REDIRECT_STATUS,
  REDIRECT_URL,
  HTTPS,
  SSL_PROTOCOL,
  SSL_CIPHER,
  SSL_SESSION_ID,
  SSL_CIPHER_USEKEYSIZE,
  SSL_CLIENT_CERT,
  SSL_CLIENT_S_DN,
  SSL_CLIENT_I_DN,
  SSL_CLIENT_M_SERIAL,
  SSL_CLIENT_V_START,
  SSL_CLIENT_V_END,
  SSL_CLIENT_VERIFY;

  /** Returns this variable's value for an exchange, or null if environ has no such key. */
  public String of(Exchange exchange) {
    String value = source(exchange);
    return value == null ? null : Octets.of(value);
  }

  /** A switch, because each lambda costs a start about 0.3 ms (bench/results.md). */
  private String source(Exchange x) {
    switch (this) {
      case REQUEST_METHOD:
        return x.request().getMethod();
      case SCRIPT_NAME:
        return x.target().path().scriptName;
      case PATH_INFO:
        return x.target().path().pathInfo;
      case QUERY_STRING:
        return query(x);
      case REQUEST_URI:
      case RAW_URI:
        return x.target().uri();
      case CONTENT_TYPE:
        return x.request().getContentType();
      case CONTENT_LENGTH:
        return contentLength(x);
      case SERVER_NAME:
        return x.request().getServerName();
      case SERVER_PORT:
        return Integer.toString(x.request().getServerPort());
      case SERVER_PROTOCOL:
        return x.request().getProtocol();
      case SERVER_SOFTWARE:
        return x.mount().context().getServerInfo();
      case GATEWAY_INTERFACE:
        return "CGI/1.1";
      case REMOTE_ADDR:
      case REMOTE_HOST:
        return address(x.request().getRemoteAddr());
      case REMOTE_PORT:
        return Integer.toString(x.request().getRemotePort());
      case REMOTE_USER:
        return x.target().remoteUser();
      case AUTH_TYPE:
        return x.target().authType();
      case REDIRECT_STATUS:
        return error(x, RequestDispatcher.ERROR_STATUS_CODE);
      case REDIRECT_URL:
        return error(x, RequestDispatcher.ERROR_REQUEST_URI);
      case HTTPS:
        return x.request().isSecure() ? "on" : null;
      default:
        return certificate(x);
    }
  }

  private String certificate(Exchange x) {
    switch (this) {
      case SSL_PROTOCOL:
        return ClientCertificate.protocol(x);
      case SSL_CIPHER:
        return ClientCertificate.cipher(x);
      case SSL_SESSION_ID:
        return ClientCertificate.sessionId(x);
      case SSL_CIPHER_USEKEYSIZE:
        return ClientCertificate.keySize(x);
      case SSL_CLIENT_CERT:
        return ClientCertificate.pem(x);
      case SSL_CLIENT_S_DN:
        return ClientCertificate.subject(x);
      case SSL_CLIENT_I_DN:
        return ClientCertificate.issuer(x);
      case SSL_CLIENT_M_SERIAL:
        return ClientCertificate.serial(x);
      case SSL_CLIENT_V_START:
        return ClientCertificate.validFrom(x);
      case SSL_CLIENT_V_END:
        return ClientCertificate.validUntil(x);
      case SSL_CLIENT_VERIFY:
        return ClientCertificate.verified(x);
      default:
        throw new AssertionError(this);
    }
  }

  /**
   * Jetty puts an IPv6 address into brackets, as in a URI. SERVER_NAME has them (RFC 3875, 4.1.14),
   * REMOTE_ADDR has not (4.1.8).
   */
  private static String address(String text) {
    boolean bracketed = text != null && text.startsWith("[") && text.endsWith("]");
    return bracketed ? text.substring(1, text.length() - 1) : text;
  }

  private static String query(Exchange x) {
    String query = x.target().queryString();
    return query == null ? "" : query;
  }

  /**
   * Returns the header, or what it would be for a body that is small enough to be held. With a
   * chain, none is held: only from the container's own body can Java code get a form or its parts.
   */
  private static String contentLength(Exchange x) {
    String sent = x.request().getHeader("Content-Length");
    long maxHeld = x.chain() == null ? x.mount().maxHeld() : 0;
    if (sent != null || x.isEnded() || maxHeld == 0 || !RequestHeaders.mayHaveMore(x.request())) {
      return sent;
    }
    try {
      long length = x.input().hold(maxHeld);
      return length > 0 ? Long.toString(length) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String error(Exchange x, String attribute) {
    Object value =
        x.request().getDispatcherType() == DispatcherType.ERROR
            ? x.request().getAttribute(attribute)
            : null;
    return value == null ? null : value.toString();
  }
}
