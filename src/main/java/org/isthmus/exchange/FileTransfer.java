// Sends a whole file to the client without Python: by the container's sendfile or a FileChannel.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Implements {@code wsgi.file_wrapper} (PEP 3333, "Optional Platform-Specific File Handling"). */
public final class FileTransfer {
  private static final int BLOCK = 64 * 1024;

  /** Tomcat's DefaultServlet does not use sendfile below this size either. */
  private static final int SMALLEST_SENDFILE = 48 * 1024;

  private FileTransfer() {}

  /**
   * Sends a file from its present position to its end.
   *
   * @param file the path of a plain file that is still reachable by that name, else null
   * @param channel open at the position to start from
   */
  public static void send(Exchange exchange, Path file, FileChannel channel) throws IOException {
    exchange.leaveApp();
    try {
      transfer(exchange, file, channel);
    } finally {
      exchange.enterApp();
    }
  }

  private static void transfer(Exchange exchange, Path file, FileChannel channel)
      throws IOException {
    long position = channel.position();
    long size = Math.max(0, channel.size() - position);
    ResponseBody body = exchange.body();
    long room = body.beginTransfer(size);
    long missing = 0;
    if (room > 0) {
      if (room >= SMALLEST_SENDFILE && body.isAll(size) && isSendfile(exchange, file, channel)) {
        sendfile(exchange.request(), file, position, position + room);
      } else {
        missing = copy(exchange, channel, position, room);
      }
    }
    body.endTransfer(size - missing);
  }

  /** True if the connector supports sendfile and nothing in between needs to see the octets. */
  private static boolean isSendfile(Exchange exchange, Path file, FileChannel channel)
      throws IOException {
    HttpServletRequest request = exchange.request();
    return file != null
        && Boolean.TRUE.equals(request.getAttribute("org.apache.tomcat.sendfile.support"))
        && request.getClass().getName().equals("org.apache.catalina.connector.RequestFacade")
        && exchange
            .response()
            .getClass()
            .getName()
            .equals("org.apache.catalina.connector.ResponseFacade")
        && Files.isRegularFile(file)
        && Files.size(file) == channel.size();
  }

  private static void sendfile(HttpServletRequest request, Path file, long start, long end)
      throws IOException {
    request.setAttribute("org.apache.tomcat.sendfile.filename", file.toRealPath().toString());
    request.setAttribute("org.apache.tomcat.sendfile.start", start);
    request.setAttribute("org.apache.tomcat.sendfile.end", end);
  }

  /** Returns how many octets were missing: more than 0 if the file has been truncated meanwhile. */
  private static long copy(Exchange exchange, FileChannel channel, long position, long length)
      throws IOException {
    OutputStream out = exchange.body().stream();
    ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, length));
    long at = position;
    long end = position + length;
    while (at < end) {
      exchange.leaveApp(); // once per block: a file may outlast the request's timeout
      block.clear().limit((int) Math.min(block.capacity(), end - at));
      int count = channel.read(block, at);
      if (count < 0) {
        break;
      }
      try {
        out.write(block.array(), 0, count);
      } catch (IOException e) {
        throw exchange.gone(e);
      }
      at += count;
    }
    return end - at;
  }
}
