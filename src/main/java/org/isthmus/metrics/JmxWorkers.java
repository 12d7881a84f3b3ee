// Worker processes as JMX's open types.
package org.isthmus.metrics;

import java.util.Map;
import java.util.TreeMap;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;
import org.isthmus.engine.WorkerGroup;
import org.isthmus.engine.WorkerStatus;

/** Tables that are empty for an application without worker processes. */
final class JmxWorkers {
  private static final CompositeType WORKER = worker();

  private static final CompositeType EXIT =
      JmxTypes.composite(
          "WorkerExit",
          Map.of("reason", SimpleType.STRING, "count", SimpleType.LONG),
          Map.of("reason", "why they ended", "count", "how many did"));

  /** A row for each worker. */
  static final TabularType TYPE = JmxTypes.table("Workers", WORKER, "worker");

  /** Reasons and counts. */
  static final TabularType EXITS = JmxTypes.table("WorkerExits", EXIT, "reason");

  private JmxWorkers() {}

  private static CompositeType worker() {
    Map<String, OpenType<?>> types = new TreeMap<>();
    Map<String, String> helps = new TreeMap<>();
    types.put("worker", SimpleType.INTEGER);
    helps.put("worker", "its place, which a later one may have again");
    types.put("pid", SimpleType.LONG);
    helps.put("pid", "the id of the process");
    types.put("state", SimpleType.STRING);
    helps.put("state", "STARTING, IDLE, BUSY, STUCK or LEAVING");
    types.put("requests", SimpleType.LONG);
    helps.put("requests", "how many it has answered");
    types.put("active", SimpleType.INTEGER);
    helps.put("active", "how many it has now");
    types.put("resident", SimpleType.LONG);
    helps.put("resident", "its resident memory in bytes; -1 if that is not known");
    types.put("seconds", SimpleType.DOUBLE);
    helps.put("seconds", "the time since its start");
    return JmxTypes.composite("Worker", types, helps);
  }

  static TabularDataSupport of(WorkerGroup group) {
    TabularDataSupport table = new TabularDataSupport(TYPE);
    if (group != null) {
      for (WorkerStatus worker : group.workers()) {
        table.put(
            JmxTypes.data(
                WORKER,
                Map.of(
                    "worker", worker.place(),
                    "pid", worker.pid(),
                    "state", worker.state().name(),
                    "requests", worker.requests(),
                    "active", worker.running().size(),
                    "resident", worker.resident(),
                    "seconds", worker.seconds())));
      }
    }
    return table;
  }

  static TabularDataSupport exits(WorkerGroup group) {
    TabularDataSupport table = new TabularDataSupport(EXITS);
    if (group != null) {
      group
          .exits()
          .forEach(
              (reason, count) ->
                  table.put(JmxTypes.data(EXIT, Map.of("reason", reason, "count", count))));
    }
    return table;
  }
}
