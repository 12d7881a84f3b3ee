package org.isthmus.engine.jython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.isthmus.Logged;
import org.junit.jupiter.api.Test;
import org.python.core.Py;

/** Which lines a stream keeps, and for how long. */
class LogStreamTest {
  private final LogStream stream =
      new LogStream(System.getLogger("org.isthmus.test"), System.Logger.Level.INFO);

  private void write(String text) {
    stream.__getattr__("write").__call__(Py.newString(text));
  }

  private void inThread(Runnable work) throws InterruptedException {
    Thread thread = new Thread(work);
    thread.start();
    thread.join();
  }

  @Test
  void linesOfThreadsThatHaveEndedAreLoggedWithTheNextOne() throws InterruptedException {
    try (Logged logged = new Logged()) {
      for (int i = 0; i < 500; i++) {
        String text = "thread " + i;
        inThread(() -> write(text));
      }
      assertTrue(stream.unfinished() <= 1, stream.unfinished() + " lines");
      stream.end(); // of a request that has written nothing
      assertEquals(0, stream.unfinished());
      List<String> all = logged.messages(Level.INFO);
      assertEquals(500, all.size());
      assertEquals(List.of("thread 0", "thread 1"), all.subList(0, 2));
    }
  }

  @Test
  void lineOfAThreadThatGoesOnIsKept() throws InterruptedException {
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(1);
    Thread slow =
        new Thread(
            () -> {
              write("begun");
              written.countDown();
              try {
                others.await();
              } catch (InterruptedException e) {
                return;
              }
              write(", ended\n");
            });
    try (Logged logged = new Logged()) {
      slow.start();
      written.await();
      inThread(() -> write("another"));
      stream.end();
      write("a third\n");
      others.countDown();
      slow.join();
      assertEquals(List.of("another", "a third", "begun, ended"), logged.messages(Level.INFO));
      assertEquals(0, stream.unfinished());
    }
  }
}
