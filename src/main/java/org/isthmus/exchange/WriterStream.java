// Writes octets into a response whose writer Java code has already taken.
package org.isthmus.exchange;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * A stream over a writer: a response has one or the other (Servlet 5.0, 5.1), and a JSP that
 * includes an application has the writer.
 *
 * <p>Octets are decoded the way the writer will encode them, so the same octets go out, even if a
 * character is split between two blocks.
 */
final class WriterStream extends OutputStream {
  private final PrintWriter writer;
  private final CharsetDecoder decoder;
  private final CharBuffer characters = CharBuffer.allocate(4096);
  private byte[] divided = {};

  private WriterStream(PrintWriter writer, String encoding) {
    this.writer = writer;
    this.decoder =
        Charset.forName(encoding)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  /** Returns the stream of a response, or one over its writer if that has been taken. */
  static OutputStream open(HttpServletResponse response) throws IOException {
    try {
      return response.getOutputStream();
    } catch (IllegalStateException e) {
      return new WriterStream(response.getWriter(), response.getCharacterEncoding());
    }
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int from, int count) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(divided.length + count);
    in.put(divided).put(octets, from, count).flip();
    boolean more = true;
    while (more) {
      more = decoder.decode(in, characters, false).isOverflow();
      writer.write(characters.array(), 0, characters.position());
      characters.clear();
    }
    divided = new byte[in.remaining()];
    in.get(divided);
  }

  /** A PrintWriter reports its errors only on request, and asking flushes it. */
  @Override
  public void flush() throws IOException {
    if (writer.checkError()) {
      throw new IOException("the response's writer reports an error");
    }
  }
}
