// What becomes of queries that a worker does not answer, because C code keeps Python's lock.
package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** They remain in a pipe, which has room for some 1,600 of them. */
class WorkerQueriesTest {
  private final WorkerQueries queries = new WorkerQueries();
  private final List<Integer> sent = new ArrayList<>();

  private Object ask(boolean isAnswered) {
    return queries.ask(
        number -> {
          sent.add(number);
          if (isAnswered) {
            queries.answered(number, "it");
          }
        },
        0);
  }

  @Test
  void noMoreAreSentThanThePipeHasRoomFor() {
    for (int i = 0; i < 1000; i++) {
      assertNull(ask(false));
    }
    assertTrue(sent.size() < 500, sent.size() + " sent");
    int before = sent.size();
    sent.forEach(number -> queries.answered(number, "late"));
    assertEquals("it", ask(true));
    assertEquals(before + 1, sent.size());
  }

  @Test
  void thoseThatAreAnsweredGoOn() {
    for (int i = 0; i < 1000; i++) {
      assertEquals("it", ask(true));
    }
  }
}
