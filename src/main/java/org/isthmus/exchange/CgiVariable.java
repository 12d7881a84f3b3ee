// Every CGI variable of environ: its name and where its value comes from.
package org.isthmus.exchange;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;

/**
 * The variables of RFC 3875, and the usual additions, as octets.
 *
 * <p>A null value means that the key is absent from environ. CONTENT_TYPE and CONTENT_LENGTH are
 * absent when the request has none (PEP 3333: "may be empty or absent").
 */
public enum CgiVariable {
  REQUEST_METHOD(x -> x.request().getMethod()),
  SCRIPT_NAME(x -> x.target().path().scriptName),
  PATH_INFO(x -> x.target().path().pathInfo),
  QUERY_STRING(CgiVariable::query),
  REQUEST_URI(x -> x.target().uri()),
  RAW_URI(x -> x.target().uri()),
  CONTENT_TYPE(x -> x.request().getContentType()),
  CONTENT_LENGTH(CgiVariable::contentLength),
  /** From Host, as the container reads it. */
  SERVER_NAME(x -> x.request().getServerName()),
  SERVER_PORT(x -> Integer.toString(x.request().getServerPort())),
  SERVER_PROTOCOL(x -> x.request().getProtocol()),
  SERVER_SOFTWARE(x -> x.mount().context().getServerInfo()),
  GATEWAY_INTERFACE(x -> "CGI/1.1"),
  REMOTE_ADDR(x -> address(x.request().getRemoteAddr())),
  /** The address: a name would cost a DNS query (RFC 3875, 4.1.9 allows it). */
  REMOTE_HOST(x -> address(x.request().getRemoteAddr())),
  REMOTE_PORT(x -> Integer.toString(x.request().getRemotePort())),
  /** The user that the container, and nothing else, has authenticated. */
  REMOTE_USER(x -> x.request().getRemoteUser()),
  AUTH_TYPE(x -> x.request().getAuthType()),
  /** For an error page: the status and the path that led to it, under Apache's names. */
  REDIRECT_STATUS(x -> error(x, RequestDispatcher.ERROR_STATUS_CODE)),
  REDIRECT_URL(x -> error(x, RequestDispatcher.ERROR_REQUEST_URI)),
  HTTPS(x -> x.request().isSecure() ? "on" : null),
  SSL_PROTOCOL(ClientCertificate::protocol),
  SSL_CIPHER(ClientCertificate::cipher),
  SSL_SESSION_ID(ClientCertificate::sessionId),
  SSL_CIPHER_USEKEYSIZE(ClientCertificate::keySize),
  SSL_CLIENT_CERT(ClientCertificate::pem),
  SSL_CLIENT_S_DN(ClientCertificate::subject),
  SSL_CLIENT_I_DN(ClientCertificate::issuer),
  SSL_CLIENT_M_SERIAL(ClientCertificate::serial),
  SSL_CLIENT_V_START(ClientCertificate::validFrom),
  SSL_CLIENT_V_END(ClientCertificate::validUntil),
  SSL_CLIENT_VERIFY(ClientCertificate::verified);

  private final Function<Exchange, String> source;

  CgiVariable(Function<Exchange, String> source) {
    this.source = source;
  }

  /** Returns this variable's value for an exchange, or null if environ has no such key. */
  public String of(Exchange exchange) {
    String value = source.apply(exchange);
    return value == null ? null : Octets.of(value);
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
