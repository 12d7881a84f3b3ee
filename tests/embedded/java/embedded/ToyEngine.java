package embedded;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.Engine;
import org.isthmus.engine.EngineProvider;
import org.isthmus.engine.EngineSpec;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.WsgiApp;
import org.isthmus.exchange.Admission;
import org.isthmus.exchange.CgiVariable;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Failures;
import org.isthmus.exchange.ResponseHead;

/**
 * An engine without Python: its applications are Java. What the tests see through it is what the
 * seam alone gives to any engine.
 */
public final class ToyEngine implements EngineProvider {
  @Override
  public String name() {
    return "toy";
  }

  @Override
  public Engine start(EngineSpec spec) {
    AtomicInteger interpreters = new AtomicInteger();
    return new Engine() {
      @Override
      public Interpreter interpreter() {
        int number = interpreters.incrementAndGet();
        return new Interpreter() {
          @Override
          public WsgiApp load(AppSpec app) {
            return new App(app.app(), number);
          }

          @Override
          public void close() {
            System.err.println("closed interpreter " + number);
          }
        };
      }

      @Override
      public void close() {
        System.err.println("closed engine");
      }
    };
  }

  /** Answers by the last part of the path. */
  private static final class App implements WsgiApp {
    private final String name;
    private final int interpreter;
    private final Failures failures;
    private final Map<Exchange, CountDownLatch> waiting = new ConcurrentHashMap<>();

    App(String name, int interpreter) {
      this.name = name;
      this.interpreter = interpreter;
      this.failures = new Failures(name, failure -> "toy traceback: " + failure.getMessage());
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
      try {
        Admission.check(exchange);
        answer(exchange, CgiVariable.PATH_INFO.of(exchange));
      } catch (Exception failure) {
        failures.answer(exchange, failure);
      } finally {
        exchange.giveBack(false);
      }
    }

    private void answer(Exchange exchange, String path) throws IOException, InterruptedException {
      switch (path) {
        case "/echo":
          send(exchange, exchange.input().read(-1));
          break;
        case "/short":
          head(exchange, "10");
          exchange.body().write("three", -1);
          exchange.body().finish();
          break;
        case "/fail":
          throw new IllegalStateException("as it was asked to");
        case "/wait":
          CountDownLatch interrupted = new CountDownLatch(1);
          waiting.put(exchange, interrupted);
          interrupted.await();
          waiting.remove(exchange);
          throw new IllegalStateException("stopped by the engine's own means");
        default:
          send(exchange, "interpreter " + interpreter);
      }
    }

    private static void head(Exchange exchange, String length) {
      ResponseHead head = new ResponseHead("200 OK", 1);
      head.add("Content-Length", length);
      exchange.body().setHead(head);
    }

    private static void send(Exchange exchange, String text) throws IOException {
      head(exchange, Integer.toString(text.length()));
      exchange.body().writeAll(new String[] {text}, text.length());
    }

    @Override
    public List<String> pythonStack(Exchange exchange, StackTraceElement[] stack) {
      return waiting.containsKey(exchange) ? List.of("toy frame of /wait") : List.of();
    }

    /** Not by an interrupt: code that runs elsewhere is stopped in the engine's own way. */
    @Override
    public void interrupt(Exchange exchange, Thread thread) {
      CountDownLatch latch = waiting.get(exchange);
      if (latch != null) {
        latch.countDown();
      }
    }
  }
}
