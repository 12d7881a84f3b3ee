// One compact line per request: time, method, path, status, bytes, milliseconds.
package org.isthmus.launcher.jetty;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/** Meant for reading in a terminal; programs had better parse the combined format. */
final class AccessLine implements RequestLog {
  /** With seconds, even if they are 00. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final PrintStream out;
  private final boolean colours;

  /**
   * Creates a log.
   *
   * @param out receives the lines
   * @param colours true to colour the status with terminal codes
   */
  AccessLine(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  @Override
  public void log(Request request, Response response) {
    long millis = (System.nanoTime() - request.getBeginNanoTime()) / 1_000_000;
    int status = response.getStatus();
    out.println(
        LocalTime.now(ZoneId.systemDefault()).format(TIME)
            + " "
            + request.getMethod()
            + " "
            + safe(request.getHttpURI().getPathQuery())
            + " "
            + (colours ? coloured(status) : Integer.toString(status))
            + " "
            + Response.getContentBytesWritten(response)
            + " bytes "
            + millis
            + " ms");
  }

  /** Green, cyan, yellow, red: ECMA-48, 8.3.117. */
  private static String coloured(int status) {
    int colour = status < 300 ? 32 : status < 400 ? 36 : status < 500 ? 33 : 31;
    return "\u001b[" + colour + "m" + status + "\u001b[0m";
  }

  /** A client's input must not control a terminal. */
  private static String safe(String path) {
    return path == null ? "-" : path.replaceAll("\\p{Cntrl}|[\u0080-\u009f\u2028-\u202e]", "?");
  }
}
