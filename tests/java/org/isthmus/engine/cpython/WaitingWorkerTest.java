package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.HashMap;
import java.util.Map;
import org.isthmus.Fake;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.junit.jupiter.api.Test;

/** Which requests are refused because a thread of a worker waits for them. */
class WaitingWorkerTest {
  /** What a request from a client answers: nothing about attributes. */
  public static class Plain {
    public DispatcherType getDispatcherType() {
      return DispatcherType.REQUEST;
    }
  }

  /** What a request with attributes answers. */
  public static final class Marked extends Plain {
    private final Map<String, Object> attributes = new HashMap<>();

    public Object getAttribute(String name) {
      return attributes.get(name);
    }

    public void setAttribute(String name, Object value) {
      attributes.put(name, value);
    }
  }

  private final Marked marked = new Marked();
  private final HttpServletRequest behindChain =
      new HttpServletRequestWrapper(Fake.of(HttpServletRequest.class, marked));

  @Test
  void requestFromClientIsNotAskedForAttributes() {
    WaitingWorker.refuse(Fake.of(HttpServletRequest.class, new Plain()));
  }

  @Test
  void requestIsRefusedWhileWorkerWaits() {
    WaitingWorker waiting = new WaitingWorker(behindChain, Rule.CHAIN_OF_WORKER);
    WsgiException refused =
        assertThrows(WsgiException.class, () -> WaitingWorker.refuse(behindChain));
    assertEquals(Rule.CHAIN_OF_WORKER, refused.rule());
    waiting.end();
    WaitingWorker.refuse(behindChain);
  }

  @Test
  void ruleOfAnotherWebApplicationIsIgnored() {
    WaitingWorker waiting = new WaitingWorker(behindChain, Rule.INCLUDE_OF_WORKER);
    marked.attributes.replaceAll((name, rule) -> "as of another class loader");
    WaitingWorker.refuse(behindChain);
    waiting.end();
  }
}
