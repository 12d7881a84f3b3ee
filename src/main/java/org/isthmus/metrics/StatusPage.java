// The status page as one document: text, style and script, and a policy that admits nothing else.
package org.isthmus.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Assembled once from its three sources. Immutable. */
public final class StatusPage {
  private final String html;
  private final String policy;

  /** Reads the sources. */
  public StatusPage() {
    String style = "\n" + read("status.css");
    String script = "\n" + read("status-charts.js") + read("status.js");
    html = read("status.html").replace("{style}", style).replace("{script}", script);
    // Digests instead of 'unsafe-inline': injected code could not run.
    policy =
        "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'; style-src "
            + digest(style)
            + "; script-src "
            + digest(script);
  }

  /** Returns the document. */
  public String html() {
    return html;
  }

  /** Returns its Content-Security-Policy (CSP 3, 6.7). */
  public String policy() {
    return policy;
  }

  private static String read(String name) {
    try (InputStream in = StatusPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
