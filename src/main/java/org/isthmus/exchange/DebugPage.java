// The error page for a developer on the same machine.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Shows the client the log's record of a failure; the caller decides who may see it. */
final class DebugPage {
  private static final String HEAD =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
          + "<style>body{font:1em system-ui,sans-serif;margin:2em}"
          + "h1{font-size:1.2em}pre{background:#f4f4f4;padding:1em;overflow:auto}"
          + "@media(prefers-color-scheme:dark){body{background:#181818;color:#eee}"
          + "pre{background:#282828}}</style>";
  private static final String FOOT =
      "<p>Shown to this machine alone, because isthmus.debug.page is loopback.</p></body></html>\n";

  private DebugPage() {}

  /**
   * Answers a request with text.
   *
   * @param status of the response
   * @param text the message, with a traceback on the lines after it
   */
  static void send(
      HttpServletRequest request, HttpServletResponse response, int status, String text)
      throws IOException {
    boolean html = String.valueOf(request.getHeader("Accept")).contains("text/html");
    String body = html ? html(text) : text + "\n";
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    response.reset();
    response.setStatus(status);
    response.setContentType((html ? "text/html" : "text/plain") + ";charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    // The text may contain the client's own input.
    response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    response.setContentLength(octets.length);
    response.getOutputStream().write(octets);
  }

  private static String html(String text) {
    int end = text.indexOf('\n');
    String message = end < 0 ? text : text.substring(0, end);
    // The last line of a traceback: the exception itself.
    String stripped = text.strip();
    String raised = stripped.substring(stripped.lastIndexOf('\n') + 1).strip();
    return HEAD
        + "<title>"
        + escaped(raised)
        + "</title></head>\n<body><h1>"
        + escaped(message)
        + "</h1>\n<pre>"
        + escaped(text.substring(end + 1))
        + "</pre>\n"
        + FOOT;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
