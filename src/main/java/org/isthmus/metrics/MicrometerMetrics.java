// Publishes Isthmus's metrics as Micrometer meters: optional, for users of that library.
package org.isthmus.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.isthmus.engine.WorkerStatus;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Mount;

/**
 * Binds the applications of a web application to a registry, including later ones, and removes them
 * when they go.
 *
 * <pre>{@code
 * new MicrometerMetrics(servletContext).bindTo(registry);
 * }</pre>
 *
 * <p>It needs {@code io.micrometer:micrometer-core}, which nothing else in Isthmus does. Once a
 * registry is bound, a request pays for two timers; everything else is read on demand.
 */
public final class MicrometerMetrics implements MeterBinder {
  /** The bounds that Prometheus's own clients use. */
  private static final Duration[] BOUNDS =
      LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final ServletContext context;

  /**
   * Creates a binder.
   *
   * @param context the web application
   */
  public MicrometerMetrics(ServletContext context) {
    this.context = context;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Monitoring.of(context).follow(new Bound(registry, Mount.displayPath(context)));
  }

  /** The meters of one registry; guarded by the lock of Monitoring. */
  private static final class Bound implements Monitoring.Follower {
    private final MeterRegistry registry;
    private final String path;
    private final Map<AppMetrics, List<Meter>> meters = new HashMap<>();

    Bound(MeterRegistry registry, String path) {
      this.registry = registry;
      this.path = path;
    }

    @Override
    public void came(AppMetrics app) {
      List<Meter> list = new ArrayList<>();
      meters.put(app, list);
      for (int i = 1; i <= 5; i++) {
        int hundred = i;
        Tags tags = tags(app).and("status", i + "xx");
        list.add(
            counter("isthmus.requests", "Ended requests", tags, app, a -> a.responses(hundred)));
      }
      list.add(gauge("isthmus.requests.active", "Running requests", app, AppMetrics::inFlight));
      list.add(gauge("isthmus.generation", "Times Python was loaded", app, AppMetrics::generation));
      if (app.pool() != null) {
        pooled(app);
      }
      if (app.workers() != null) {
        staffed(app);
      }
      list.add(
          TimeGauge.builder("isthmus.import", app, TimeUnit.SECONDS, AppMetrics::importSeconds)
              .description("How long the import took")
              .tags(tags(app))
              .register(registry));
      Timer whole = timer("isthmus.request.duration", "Time until a request's end", app);
      Timer first = timer("isthmus.request.first.byte", "Time until a response began", app);
      list.add(whole);
      list.add(first);
      app.addRecorder(
          (nanos, untilFirst) -> {
            whole.record(nanos, TimeUnit.NANOSECONDS);
            first.record(untilFirst, TimeUnit.NANOSECONDS);
          });
      list.add(spent(app, "python", AppMetrics::pythonSeconds));
      list.add(spent(app, "writing", AppMetrics::writingSeconds));
      list.add(spent(app, "reading", AppMetrics::readingSeconds));
      list.add(spent(app, "waiting", AppMetrics::waitingSeconds));
      String gone = "Clients that went away too early";
      list.add(counter("isthmus.clients.gone", gone, tags(app), app, AppMetrics::clientsGone));
      list.add(
          FunctionCounter.builder("isthmus.body.bytes", app, AppMetrics::octets)
              .baseUnit("bytes")
              .description("Bytes of response bodies")
              .tags(tags(app))
              .register(registry));
      app.errors().keySet().forEach(code -> broke(app, code));
    }

    @Override
    public void broke(AppMetrics app, Rule rule) {
      if (meters.containsKey(app)) {
        broke(app, rule.code());
      }
    }

    @Override
    public void pooled(AppMetrics app) {
      List<Meter> list = meters.get(app);
      list.add(gauge("isthmus.pool.max", "Interpreters allowed", app, a -> a.pool().max()));
      list.add(gauge("isthmus.pool.size", "Interpreters there", app, a -> a.pool().size()));
      list.add(gauge("isthmus.pool.busy", "Interpreters busy", app, a -> a.pool().busy()));
    }

    @Override
    public void staffed(AppMetrics app) {
      List<Meter> list = meters.get(app);
      for (WorkerStatus.State state : WorkerStatus.State.values()) {
        String word = state.name().toLowerCase(Locale.ROOT);
        list.add(
            gauge(
                "isthmus.workers",
                "Worker processes",
                tags(app).and("state", word),
                app,
                a -> workers(a).stream().filter(worker -> worker.state() == state).count()));
      }
      for (int i = 0; i < app.workers().size(); i++) {
        int place = i;
        Tags tags = tags(app).and("worker", Integer.toString(i));
        list.add(
            Gauge.builder("isthmus.worker.resident", app, a -> resident(a, place))
                .baseUnit("bytes")
                .description("Resident memory of a worker process")
                .tags(tags)
                .register(registry));
      }
      String restarts = "Worker processes that were ready and have been replaced";
      list.add(
          counter(
              "isthmus.worker.restarts", restarts, tags(app), app, a -> a.workers().restarts()));
      list.add(spent(app, "transport", AppMetrics::transportSeconds));
    }

    private static List<WorkerStatus> workers(AppMetrics app) {
      return app.workers().workers();
    }

    /** Returns NaN, Micrometer's word for nothing, while no worker has this place. */
    private static double resident(AppMetrics app, int place) {
      return workers(app).stream()
          .filter(worker -> worker.place() == place && worker.resident() >= 0)
          .mapToDouble(WorkerStatus::resident)
          .findFirst()
          .orElse(Double.NaN);
    }

    @Override
    public void went(AppMetrics app) {
      List<Meter> list = meters.remove(app);
      if (list != null) {
        list.forEach(registry::remove);
      }
    }

    private Tags tags(AppMetrics app) {
      return Tags.of("context", path, "app", app.name());
    }

    private void broke(AppMetrics app, String code) {
      Tags tags = tags(app).and("code", code);
      meters
          .get(app)
          .add(
              counter(
                  "isthmus.errors",
                  "Broken rules",
                  tags,
                  app,
                  a -> a.errors().getOrDefault(code, 0L)));
    }

    private Meter counter(
        String name,
        String description,
        Tags tags,
        AppMetrics app,
        ToDoubleFunction<AppMetrics> value) {
      return FunctionCounter.builder(name, app, value)
          .description(description)
          .tags(tags)
          .register(registry);
    }

    private Meter gauge(
        String name, String description, AppMetrics app, ToDoubleFunction<AppMetrics> value) {
      return gauge(name, description, tags(app), app, value);
    }

    private Meter gauge(
        String name,
        String description,
        Tags tags,
        AppMetrics app,
        ToDoubleFunction<AppMetrics> value) {
      return Gauge.builder(name, app, value).description(description).tags(tags).register(registry);
    }

    private Meter spent(AppMetrics app, String where, ToDoubleFunction<AppMetrics> seconds) {
      Tags tags = tags(app).and("in", where);
      return counter(
          "isthmus.spent.seconds", "Where the time of requests went", tags, app, seconds);
    }

    /** With buckets, from which a registry such as Prometheus's creates a histogram. */
    private Timer timer(String name, String description, AppMetrics app) {
      return Timer.builder(name)
          .description(description)
          .serviceLevelObjectives(BOUNDS)
          .tags(tags(app))
          .register(registry);
    }
  }
}
