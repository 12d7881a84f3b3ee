// Isthmus's metrics as text for Prometheus and compatible tools: OpenMetrics 1.0.
package org.isthmus.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.isthmus.engine.WorkerStatus;

/**
 * Takes one reading of a web application.
 *
 * <p>A metric family is one contiguous block of text (OpenMetrics 1.0, "Interleaving"), so the
 * applications are visited once per family.
 */
public final class OpenMetrics {
  /** The media type of the text. */
  public static final String TYPE = "application/openmetrics-text; version=1.0.0";

  /** Bounds in seconds that Prometheus's own clients use; each is accurate to a fifth. */
  private static final double[] BOUNDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY
  };

  private static final String PREFIX = "isthmus_";

  private final StringBuilder text = new StringBuilder();
  private final String context;
  private final List<AppMetrics> apps;
  private final List<AppMetrics> counted;

  private OpenMetrics(Monitoring monitoring, String context) {
    this.context = context;
    this.apps = List.copyOf(monitoring.apps());
    this.counted = apps.stream().filter(AppMetrics::isOn).collect(Collectors.toList());
  }

  /**
   * Returns the text.
   *
   * @param context the web application's path, for the label {@code context}
   */
  public static String of(Monitoring monitoring, String context) {
    return new OpenMetrics(monitoring, context).whole(monitoring);
  }

  private String whole(Monitoring monitoring) {
    family("ready", "gauge", "", "1 if /ready answers 200, else 0.");
    text.append(PREFIX).append("ready{");
    label("context", context);
    text.append("} ").append(monitoring.isReady() ? 1 : 0).append('\n');
    ofState();
    ofWorkers();
    ofRequests();
    ofTime();
    ofFailures();
    return text.append("# EOF\n").toString();
  }

  private void ofState() {
    String loaded = "1 if the application is loaded and, on workers, one takes requests.";
    gauge("app_ready", "", loaded, OpenMetrics::isLoaded);
    gauge("generation", "", "1 until the application is reloaded.", AppMetrics::generation);
    gauge("import_seconds", "seconds", "How long its import took.", AppMetrics::importSeconds);
    List<AppMetrics> pooled =
        apps.stream().filter(app -> app.pool() != null).collect(Collectors.toList());
    if (!pooled.isEmpty()) {
      pool(pooled, "pool_max", "Interpreters that the pool may have.", PoolUse::max);
      pool(pooled, "pool_size", "Interpreters that the pool has.", PoolUse::size);
      pool(pooled, "pool_busy", "Interpreters that answer a request.", PoolUse::busy);
    }
  }

  private void ofWorkers() {
    List<AppMetrics> staffed =
        apps.stream().filter(app -> app.workers() != null).collect(Collectors.toList());
    if (staffed.isEmpty()) {
      return;
    }
    Map<AppMetrics, List<WorkerStatus>> workers = new LinkedHashMap<>();
    staffed.forEach(app -> workers.put(app, app.workers().workers()));
    family("workers", "gauge", "", "Worker processes, by what they are doing.");
    workers.forEach(
        (app, list) -> {
          for (WorkerStatus.State state : WorkerStatus.State.values()) {
            long count = list.stream().filter(worker -> worker.state() == state).count();
            sample("workers", app, "state", state.name().toLowerCase(Locale.ROOT), count);
          }
        });
    ofEach(workers, "resident_bytes", "bytes", "Its resident memory.", WorkerStatus::resident);
    ofEach(workers, "age_seconds", "seconds", "The time since its start.", WorkerStatus::seconds);
    ofEach(workers, "requests", "", "Requests that it has answered.", WorkerStatus::requests);
    ofEach(
        workers, "requests_active", "", "Requests that it has.", worker -> worker.running().size());
    family("worker_restarts", "counter", "", "Workers that were ready and have been replaced.");
    staffed.forEach(app -> sample("worker_restarts_total", app, app.workers().restarts()));
    family("worker_exits", "counter", "", "Workers that have ended, by the reason.");
    staffed.forEach(
        app ->
            app.workers()
                .exits()
                .forEach((why, count) -> sample("worker_exits_total", app, "reason", why, count)));
  }

  private void ofEach(
      Map<AppMetrics, List<WorkerStatus>> workers,
      String name,
      String unit,
      String help,
      ToDoubleFunction<WorkerStatus> value) {
    String whole = "worker_" + name;
    family(whole, "gauge", unit, help);
    workers.forEach(
        (app, list) -> {
          for (WorkerStatus worker : list) {
            double now = value.applyAsDouble(worker);
            if (now >= 0) {
              sample(whole, app, "worker", Integer.toString(worker.place()), now);
            }
          }
        });
  }

  private static double isLoaded(AppMetrics app) {
    return app.isReady() ? 1 : 0;
  }

  private void ofRequests() {
    family("requests", "counter", "", "Requests completed, by the first digit of the status.");
    for (AppMetrics app : counted) {
      for (int hundred = 1; hundred <= 5; hundred++) {
        sample("requests_total", app, "status", hundred + "xx", app.responses(hundred));
      }
    }
    family("requests_active", "gauge", "", "Requests running.");
    counted.forEach(app -> sample("requests_active", app, app.inFlight()));
    counter("body_bytes", "bytes", "Bytes of response bodies.", AppMetrics::octets);
    counter(
        "clients_gone",
        "",
        "Clients that went away before their response was complete.",
        AppMetrics::clientsGone);
  }

  private void ofTime() {
    times("request_duration_seconds", "Time of requests, to their end.", AppMetrics::total);
    times(
        "request_first_byte_seconds",
        "Time of requests, until the response began.",
        AppMetrics::firstByte);
    family("spent_seconds", "counter", "seconds", "Where the time of all requests went.");
    for (AppMetrics app : counted) {
      sample("spent_seconds_total", app, "in", "python", app.pythonSeconds());
      sample("spent_seconds_total", app, "in", "writing", app.writingSeconds());
      sample("spent_seconds_total", app, "in", "reading", app.readingSeconds());
      sample("spent_seconds_total", app, "in", "waiting", app.waitingSeconds());
      if (app.workers() != null) {
        sample("spent_seconds_total", app, "in", "transport", app.transportSeconds());
      }
    }
  }

  private void ofFailures() {
    family("errors", "counter", "", "Errors by their code (isthmus explain CODE).");
    for (AppMetrics app : apps) {
      app.errors().forEach((code, count) -> sample("errors_total", app, "code", code, count));
    }
  }

  private void gauge(String name, String unit, String help, ToDoubleFunction<AppMetrics> value) {
    family(name, "gauge", unit, help);
    apps.forEach(app -> sample(name, app, value.applyAsDouble(app)));
  }

  private void pool(
      List<AppMetrics> pooled, String name, String help, ToDoubleFunction<PoolUse> value) {
    family(name, "gauge", "", help);
    pooled.forEach(app -> sample(name, app, value.applyAsDouble(app.pool())));
  }

  private void counter(String name, String unit, String help, ToDoubleFunction<AppMetrics> value) {
    family(name, "counter", unit, help);
    counted.forEach(app -> sample(name + "_total", app, value.applyAsDouble(app)));
  }

  /** All from one reading, so that the last bucket equals the count, as required. */
  private void times(String name, String help, Function<AppMetrics, Counts> counts) {
    family(name, "histogram", "seconds", help);
    for (AppMetrics app : counted) {
      Counts now = counts.apply(app);
      for (double bound : BOUNDS) {
        String le = Double.isInfinite(bound) ? "+Inf" : Double.toString(bound);
        sample(name + "_bucket", app, "le", le, now.within(bound));
      }
      sample(name + "_count", app, now.count());
      sample(name + "_sum", app, now.seconds());
    }
  }

  private void family(String name, String type, String unit, String help) {
    text.append("# TYPE ").append(PREFIX).append(name).append(' ').append(type).append('\n');
    if (!unit.isEmpty()) {
      text.append("# UNIT ").append(PREFIX).append(name).append(' ').append(unit).append('\n');
    }
    text.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
  }

  private void sample(String name, AppMetrics app, Number value) {
    sample(name, app, "", "", value);
  }

  private void sample(String name, AppMetrics app, String label, String word, Number value) {
    text.append(PREFIX).append(name).append('{');
    label("context", context);
    text.append(',');
    label("app", app.name());
    if (!label.isEmpty()) {
      text.append(',');
      label(label, word);
    }
    text.append("} ");
    text.append(value).append('\n');
  }

  private void label(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    text.append(name).append("=\"").append(escaped).append('"');
  }
}
