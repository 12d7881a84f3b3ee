package org.isthmus.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets records when the root logger has lost its handlers. */
class KeptLogTest {
  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger("org.isthmus");
  private final Handler[] before = root.getHandlers();
  private final List<String> messages = new ArrayList<>();
  private final Handler bridge = new Collecting(messages);
  private KeptLog log;

  @BeforeEach
  void begin() {
    for (Handler handler : before) {
      root.removeHandler(handler);
    }
    root.addHandler(bridge);
    log = new KeptLog();
    log.begin();
  }

  @AfterEach
  void end() {
    log.end();
    root.removeHandler(bridge);
    for (Handler handler : before) {
      root.addHandler(handler);
    }
  }

  @Test
  void recordIsSeenOnceWhileTheBridgeIsThere() {
    ours.info("one");
    assertEquals(List.of("one"), messages);
  }

  @Test
  void recordIsSeenAfterTheBridgeIsGone() {
    root.removeHandler(bridge);
    ours.info("one");
    assertEquals(List.of("one"), messages);
  }

  @Test
  void recordIsSeenAfterAReset() {
    // What LogManager.reset does with each handler of each logger.
    root.removeHandler(bridge);
    bridge.close();
    ours.removeHandler(log);
    log.close();
    ours.info("one");
    assertEquals(List.of("one"), messages);
  }

  @Test
  void recordIsSeenOnceWhileTwoWebApplicationsEnd() {
    KeptLog other = new KeptLog();
    other.begin();
    ours.info("one");
    log.end();
    root.removeHandler(bridge);
    ours.info("two");
    other.end();
    assertEquals(List.of("one", "two"), messages);
    assertTrue(ours.getUseParentHandlers());
  }

  @Test
  void recordsThatAreNotWantedAtTheRootStayAway() {
    log.end();
    ours.setUseParentHandlers(false);
    try {
      log.begin();
      ours.info("one");
    } finally {
      ours.setUseParentHandlers(true);
    }
    assertEquals(List.of(), messages);
  }

  @Test
  void handlersBetweenOursAndTheRootAreKept() {
    Logger between = Logger.getLogger("org");
    List<String> above = new ArrayList<>();
    Handler file = new Collecting(above);
    between.addHandler(file);
    between.setUseParentHandlers(false);
    KeptLog other = new KeptLog();
    log.end();
    try {
      other.begin();
      ours.info("one");
      between.removeHandler(file);
      ours.info("two");
      between.setUseParentHandlers(true);
      ours.info("three");
    } finally {
      other.end();
      between.removeHandler(file);
      between.setUseParentHandlers(true);
    }
    assertEquals(List.of("one", "two", "three"), above);
    assertEquals(List.of("three"), messages);
  }

  @Test
  void loggerIsGivenBack() {
    log.end();
    log.close();
    assertFalse(List.of(ours.getHandlers()).contains(log));
    assertTrue(ours.getUseParentHandlers());
  }

  /** Collects messages. */
  private static final class Collecting extends Handler {
    private final List<String> messages;

    Collecting(List<String> messages) {
      this.messages = messages;
    }

    @Override
    public void publish(LogRecord logged) {
      messages.add(logged.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
