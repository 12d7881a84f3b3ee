// What Isthmus logs during a test.
package org.isthmus;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Collects the records of the logger {@code org.isthmus} until it is closed. */
public final class Logged extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("org.isthmus");
  private final boolean usedParents = logger.getUseParentHandlers();
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private volatile boolean failing;

  /** Begins to collect. */
  public Logged() {
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
  }

  /** Returns the messages of all levels. */
  public List<String> messages() {
    return records.stream().map(LogRecord::getMessage).collect(Collectors.toList());
  }

  /** Returns the messages of a level. */
  public List<String> messages(Level level) {
    return records.stream()
        .filter(record -> record.getLevel().equals(level))
        .map(LogRecord::getMessage)
        .collect(Collectors.toList());
  }

  /** Returns the exceptions that came with the messages of a level; null for none. */
  public List<Throwable> thrown(Level level) {
    return records.stream()
        .filter(record -> record.getLevel().equals(level))
        .map(LogRecord::getThrown)
        .collect(Collectors.toList());
  }

  /** Has whoever logs get an exception from now on. */
  public void fail() {
    failing = true;
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
    if (failing) {
      throw new IllegalStateException("the log fails, as the test wants");
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(usedParents);
  }
}
