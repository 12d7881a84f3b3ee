// The SSL_ variables of a connection and of its client's certificate.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;

/**
 * Uses the names of Apache's mod_ssl; the values come from the request attributes of the Servlet
 * specification (3.10, "SSL Attributes").
 */
final class ClientCertificate {
  // The format in which mod_ssl prints times: "Jun  1 12:00:00 2026 GMT".
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ROOT)
          .withZone(java.time.ZoneOffset.UTC);

  private ClientCertificate() {}

  static String protocol(Exchange x) {
    // Tomcat's name, then the one of Servlet 6.1 and Jetty; earlier specifications had none.
    String tomcat = attribute(x, "org.apache.tomcat.util.net.secure_protocol_version");
    return tomcat != null ? tomcat : attribute(x, "jakarta.servlet.request.secure_protocol");
  }

  static String cipher(Exchange x) {
    return attribute(x, "jakarta.servlet.request.cipher_suite");
  }

  static String sessionId(Exchange x) {
    return attribute(x, "jakarta.servlet.request.ssl_session_id");
  }

  static String keySize(Exchange x) {
    return attribute(x, "jakarta.servlet.request.key_size");
  }

  static String pem(Exchange x) {
    return of(x, ClientCertificate::encoded);
  }

  static String subject(Exchange x) {
    return of(x, c -> c.getSubjectX500Principal().getName());
  }

  static String issuer(Exchange x) {
    return of(x, c -> c.getIssuerX500Principal().getName());
  }

  static String serial(Exchange x) {
    return of(x, c -> hexadecimal(c.getSerialNumber()));
  }

  /** Two digits per octet, as in mod_ssl. */
  private static String hexadecimal(BigInteger number) {
    String digits = number.toString(16).toUpperCase(Locale.ROOT);
    return digits.length() % 2 == 0 ? digits : "0" + digits;
  }

  static String validFrom(Exchange x) {
    return of(x, c -> TIME.format(c.getNotBefore().toInstant()));
  }

  static String validUntil(Exchange x) {
    return of(x, c -> TIME.format(c.getNotAfter().toInstant()));
  }

  /**
   * The container refuses certificates that it cannot verify, so any certificate here is verified.
   */
  static String verified(Exchange x) {
    return x.request().isSecure() ? (first(x.request()) == null ? "NONE" : "SUCCESS") : null;
  }

  private static String of(Exchange x, Function<X509Certificate, String> field) {
    X509Certificate certificate = x.request().isSecure() ? first(x.request()) : null;
    return certificate == null ? null : Octets.of(field.apply(certificate));
  }

  private static X509Certificate first(HttpServletRequest request) {
    Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
    return chain instanceof X509Certificate[] && ((X509Certificate[]) chain).length > 0
        ? ((X509Certificate[]) chain)[0]
        : null;
  }

  private static String attribute(Exchange x, String name) {
    Object value = x.request().isSecure() ? x.request().getAttribute(name) : null;
    return value == null ? null : value.toString();
  }

  private static String encoded(X509Certificate certificate) {
    try {
      byte[] lineEnd = {'\n'};
      return "-----BEGIN CERTIFICATE-----\n"
          + new String(
              Base64.getMimeEncoder(64, lineEnd).encode(certificate.getEncoded()),
              StandardCharsets.US_ASCII)
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      return null;
    }
  }
}
