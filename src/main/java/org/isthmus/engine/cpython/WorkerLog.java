// Passes what a worker prints and logs to the container's log.
package org.isthmus.engine.cpython;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.isthmus.engine.PythonLevel;
import org.isthmus.exchange.Octets;
import org.isthmus.exchange.SafeText;

/**
 * The loggers are named as those of the engine jython: {@code org.isthmus.python.*}.
 *
 * <p><b>Threading.</b> Any thread may call.
 */
final class WorkerLog {
  private static final int LONGEST_LINE = 64 * 1024;

  /** Logs an event: logger, level, text, and whether it may have several lines. */
  void record(List<?> event) {
    String name = (String) event.get(0);
    System.Logger.Level level = PythonLevel.of(((Long) event.get(1)).intValue());
    String text = (String) event.get(2);
    boolean hasLines = (Boolean) event.get(3);
    logger(name).log(level, hasLines ? SafeText.lines(text) : SafeText.escaped(text));
  }

  /** Returns whether the container accepts records of a Python logger at a Python level. */
  boolean wants(String name, int level) {
    return logger(name).isLoggable(PythonLevel.of(level));
  }

  /**
   * Logs what C code writes, line by line, until the stream ends.
   *
   * @param name {@code stdout} or {@code stderr}
   * @param isOver called at each NUL; returns true if that is the end
   */
  void lines(InputStream in, String name, BooleanSupplier isOver) throws IOException {
    System.Logger.Level level =
        name.equals("stdout") ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] block = new byte[8192];
    boolean over = false;
    int count;
    while (!over && (count = in.read(block, 0, block.length)) >= 0) {
      for (int i = 0; i < count && !over; i++) {
        over = block[i] == 0 && isOver.getAsBoolean();
        if (block[i] == '\n' || isFull(line.size(), block[i])) {
          log(name, level, line);
        }
        if (block[i] != '\n' && !over) {
          line.write(block[i]);
        }
      }
    }
    log(name, level, line);
  }

  /** Returns true if a line is cut before an octet: not within a character of UTF-8. */
  private static boolean isFull(int size, byte next) {
    boolean within = (next & 0xC0) == 0x80;
    return size >= (within ? LONGEST_LINE + 3 : LONGEST_LINE);
  }

  private static void log(String name, System.Logger.Level level, ByteArrayOutputStream line) {
    String text = Octets.readable(line.toString(StandardCharsets.ISO_8859_1)).strip();
    line.reset();
    if (!text.isEmpty()) {
      logger(name).log(level, SafeText.escaped(text));
    }
  }

  private static System.Logger logger(String name) {
    return System.getLogger("org.isthmus.python." + name);
  }
}
