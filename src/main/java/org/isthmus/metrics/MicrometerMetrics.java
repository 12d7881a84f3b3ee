// What Isthmus counts, as meters of Micrometer: an optional class for who has that library.
package org.isthmus.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Mount;

/**
 * Binds the applications of a web application to a registry, those that come later too, and takes
 * them out when they go.
 *
 * <pre>{@code
 * new MicrometerMetrics(servletContext).bindTo(registry);
 * }</pre>
 *
 * <p>It needs {@code io.micrometer:micrometer-core}, and nothing else in Isthmus does. Requests pay
 * nothing for it: a registry asks when it is asked.
 */
public final class MicrometerMetrics implements MeterBinder {
  /** Bounds in seconds that Prometheus's own clients use; each is known to a fifth. */
  private static final double[] BOUNDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY
  };

  private final ServletContext context;

  /**
   * Makes a binder.
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
        list.add(counter("isthmus.requests", tags, app, a -> a.responses(hundred)));
      }
      list.add(gauge("isthmus.requests.active", app, AppMetrics::inFlight));
      list.add(gauge("isthmus.generation", app, AppMetrics::generation));
      if (app.pool() != null) {
        pooled(app);
      }
      list.add(
          TimeGauge.builder("isthmus.import", app, TimeUnit.SECONDS, AppMetrics::importSeconds)
              .tags(tags(app))
              .register(registry));
      times(list, "isthmus.request.duration", app, AppMetrics::total);
      times(list, "isthmus.request.first.byte", app, AppMetrics::firstByte);
      spent(list, app, "python", AppMetrics::pythonSeconds);
      spent(list, app, "writing", AppMetrics::writingSeconds);
      spent(list, app, "reading", AppMetrics::readingSeconds);
      spent(list, app, "waiting", AppMetrics::waitingSeconds);
      list.add(counter("isthmus.clients.gone", tags(app), app, AppMetrics::clientsGone));
      list.add(counter("isthmus.body.bytes", tags(app), app, AppMetrics::octets));
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
      list.add(gauge("isthmus.pool.max", app, a -> a.pool().max()));
      list.add(gauge("isthmus.pool.size", app, a -> a.pool().size()));
      list.add(gauge("isthmus.pool.busy", app, a -> a.pool().busy()));
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
          .add(counter("isthmus.errors", tags, app, a -> a.errors().getOrDefault(code, 0L)));
    }

    private Meter counter(
        String name, Tags tags, AppMetrics app, ToDoubleFunction<AppMetrics> value) {
      return FunctionCounter.builder(name, app, value).tags(tags).register(registry);
    }

    private Meter gauge(String name, AppMetrics app, ToDoubleFunction<AppMetrics> value) {
      return Gauge.builder(name, app, value).tags(tags(app)).register(registry);
    }

    private void spent(
        List<Meter> list, AppMetrics app, String where, ToDoubleFunction<AppMetrics> seconds) {
      list.add(counter("isthmus.spent.seconds", tags(app).and("in", where), app, seconds));
    }

    /** Count and sum, and how many were within each bound, for quantiles over any span. */
    private void times(
        List<Meter> list, String name, AppMetrics app, Function<AppMetrics, Counts> counts) {
      list.add(
          FunctionTimer.builder(
                  name,
                  app,
                  a -> counts.apply(a).count(),
                  a -> counts.apply(a).seconds(),
                  TimeUnit.SECONDS)
              .tags(tags(app))
              .register(registry));
      for (double bound : BOUNDS) {
        String le = Double.isInfinite(bound) ? "+Inf" : Double.toString(bound);
        list.add(
            counter(
                name + ".bucket",
                tags(app).and("le", le),
                app,
                a -> counts.apply(a).within(bound)));
      }
    }
  }
}
