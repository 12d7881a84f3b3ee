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
   * Sends a file from a position to its end, if its length holds.
   *
   * @param file the file's path if it is a plain file that its name still leads to, else null
   * @return false if nothing was sent, because the file's length is unreliable: read it to its end
   */
  public static boolean send(Exchange exchange, Path file, FileChannel channel, long position)
      throws IOException {
    exchange.leaveApp();
    try {
      long size = Math.max(0, channel.size() - position);
      boolean holds = holds(channel, position + size);
      if (holds) {
        transfer(exchange, file, channel, position, size);
      }
      return holds;
    } finally {
      exchange.enterApp();
    }
  }

  /**
   * Files in /proc and /sys report a wrong length: checks that the last octet is there and nothing
   * follows.
   */
  private static boolean holds(FileChannel channel, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(2);
    long start = Math.max(0, end - 1);
    try {
      int count = 1;
      while (last.hasRemaining() && count > 0) {
        count = channel.read(last, start + last.position());
      }
    } catch (IOException e) {
      return false; // a pipe, which has no positions
    }
    return last.position() == end - start;
  }

  /** Sends the content of a channel, a block at a time, until it ends. */
  public static void stream(Exchange exchange, FileChannel channel) throws IOException {
    ResponseBody body = exchange.body();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    boolean within = true;
    while (within && !body.isSuppressed() && channel.read(block.clear()) > 0) {
      within = body.write(block.array(), 0, block.position(), -1);
    }
    body.finish();
  }

  private static void transfer(
      Exchange exchange, Path file, FileChannel channel, long position, long size)
      throws IOException {
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
      } catch (IOException | RuntimeException e) {
        throw exchange.client().gone(e);
      }
      at += count;
    }
    return end - at;
  }
}
