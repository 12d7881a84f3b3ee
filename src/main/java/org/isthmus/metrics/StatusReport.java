// The data of the status page, as JSON.
package org.isthmus.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isthmus.engine.WorkerGroup;
import org.isthmus.engine.WorkerStatus;

/** Takes one reading of a web application. */
public final class StatusReport {
  private static final double[] SHARES = {0.5, 0.9, 0.99, 1};
  private static final String[] NAMES = {"p50", "p90", "p99", "max"};

  private final Monitoring monitoring;
  private final Json json = new Json();

  private StatusReport(Monitoring monitoring) {
    this.monitoring = monitoring;
  }

  /**
   * Returns a report.
   *
   * @param about constant facts: names, versions
   */
  public static String of(Monitoring monitoring, Map<String, String> about) {
    return new StatusReport(monitoring).whole(about);
  }

  /** Returns the modules that each application's interpreter has loaded. */
  public static String modules(Monitoring monitoring) {
    Json json = new Json().list();
    for (AppMetrics app : monitoring.apps()) {
      json.object().member("app", app.name()).name("modules").list();
      for (List<String> module : app.modules()) {
        json.list();
        module.forEach(json::value);
        json.endList();
      }
      json.endList().end();
    }
    return json.endList().toString();
  }

  private String whole(Map<String, String> about) {
    json.object();
    about.forEach(json::member);
    json.member("now", System.currentTimeMillis());
    json.member("ready", monitoring.isReady());
    json.member("reloadFailure", monitoring.reloads().failure());
    json.member("reloadedAt", monitoring.reloads().millis());
    ends();
    json.name("apps").list();
    monitoring.apps().forEach(this::app);
    json.endList().name("running").list();
    RunningRequest.list(monitoring.running()).forEach(this::running);
    json.endList().name("incidents").list();
    monitoring.incidents().list().forEach(this::incident);
    json.endList().name("settings").list();
    monitoring.settings().forEach(this::settings);
    return json.endList().end().toString();
  }

  /** The upper bounds of the buckets in seconds; the last bucket has none. */
  private void ends() {
    json.name("ends").list();
    for (int i = 0; i < Histogram.BUCKETS - 1; i++) {
      json.value(Histogram.end(i) / 1e9);
    }
    json.endList();
  }

  private void app(AppMetrics app) {
    json.object().member("name", app.name()).member("state", app.state().name());
    json.member("generation", app.generation()).member("importSeconds", app.importSeconds());
    json.member("timed", app.isOn());
    if (app.pool() != null) {
      json.name("pool").object().member("busy", app.pool().busy());
      json.member("size", app.pool().size()).member("max", app.pool().max()).end();
    }
    WorkerGroup workers = app.workers();
    if (workers != null) {
      workers(workers);
    }
    json.member("inFlight", app.inFlight()).member("clientsGone", app.clientsGone());
    json.member("octets", app.octets());
    json.name("responses").list();
    for (int hundred = 1; hundred <= 5; hundred++) {
      json.value(app.responses(hundred));
    }
    json.endList().name("seconds").object();
    json.member("python", app.pythonSeconds()).member("writing", app.writingSeconds());
    json.member("reading", app.readingSeconds()).member("waiting", app.waitingSeconds());
    json.member("transport", app.transportSeconds());
    json.end().name("errors").object();
    app.errors().forEach(json::member);
    json.end().name("total");
    times(app.total(), true);
    json.name("firstByte");
    times(app.firstByte(), true);
    json.member("sliceSeconds", History.SECONDS).name("history").list();
    for (History.Mark slice : app.history()) {
      json.object().member("failed", slice.failed).name("total");
      times(slice.total, slice.total.count() > 0);
      json.end();
    }
    json.endList().end();
  }

  private void workers(WorkerGroup group) {
    json.name("workers").object().member("size", group.size());
    json.member("restarts", group.restarts()).member("failing", group.isFailing());
    json.name("exits").object();
    group.exits().forEach(json::member);
    json.end().name("list").list();
    for (WorkerStatus worker : group.workers()) {
      json.object().member("place", worker.place()).member("pid", worker.pid());
      json.member("state", worker.state().name()).member("requests", worker.requests());
      json.member("resident", worker.resident()).member("seconds", worker.seconds());
      List<String> ids = new ArrayList<>();
      worker.running().stream()
          .filter(each -> each.times().isOn())
          .map(RunningRequest::id)
          .forEach(ids::add);
      texts("running", ids);
      json.end();
    }
    json.endList().end();
  }

  private void times(Counts counts, boolean inFull) {
    json.object().member("count", counts.count());
    if (inFull) {
      for (int i = 0; i < NAMES.length; i++) {
        json.member(NAMES[i], counts.quantile(SHARES[i]));
      }
      buckets(counts);
    }
    json.end();
  }

  /** Pairs of bucket and count, for non-empty buckets. */
  private void buckets(Counts counts) {
    json.name("buckets").list();
    for (int i = 0; i < Histogram.BUCKETS; i++) {
      if (counts.count(i) > 0) {
        json.list().value(i).value(counts.count(i)).endList();
      }
    }
    json.endList();
  }

  private void running(RunningRequest request) {
    json.object().member("id", request.id).member("request", request.summary);
    json.member("app", request.app).member("thread", request.thread);
    json.member("seconds", request.seconds).member("doing", request.doing);
    texts("python", request.python);
    texts("java", request.java);
    json.end();
  }

  private void texts(String name, List<String> texts) {
    json.name(name).list();
    texts.forEach(json::value);
    json.endList();
  }

  private void incident(Incidents.Incident incident) {
    json.object().member("at", incident.millis()).member("times", incident.times());
    json.member("code", incident.code());
    json.member("app", incident.app()).member("request", incident.request());
    json.member("text", incident.text()).end();
  }

  private void settings(String component, List<List<String>> rows) {
    json.object().member("component", component).name("rows").list();
    for (List<String> row : rows) {
      json.list();
      row.forEach(json::value);
      json.endList();
    }
    json.endList().end();
  }
}
