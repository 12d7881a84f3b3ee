// The JMX bean of one application.
package org.isthmus.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ReflectionException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenMBeanInfoSupport;
import javax.management.openmbean.OpenMBeanOperationInfo;
import javax.management.openmbean.OpenMBeanOperationInfoSupport;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.isthmus.engine.WorkerGroup;

/**
 * Attributes and results have open types only: a console needs none of our classes, and JMX does
 * not cache any that would outlive the web application.
 */
final class JmxBean implements DynamicMBean {
  private static final Map<String, Row> ROWS = rows();
  private static final String RELOAD = "reload";

  private final AppMetrics app;

  /** One attribute. */
  private static final class Row {
    final String help;
    final OpenType<?> type;
    final Function<AppMetrics, Object> value;

    Row(String help, OpenType<?> type, Function<AppMetrics, Object> value) {
      this.help = help;
      this.type = type;
      this.value = value;
    }
  }

  JmxBean(AppMetrics app) {
    this.app = app;
  }

  private static Map<String, Row> rows() {
    Map<String, Row> rows = new LinkedHashMap<>();
    text(rows, "Name", "The application, as isthmus.app has it", AppMetrics::name);
    text(rows, "State", "STARTING, READY or FAILED", app -> app.state().name());
    count(rows, "Generation", "1 until the web application is reloaded", AppMetrics::generation);
    seconds(rows, "ImportSeconds", "How long its import took", AppMetrics::importSeconds);
    String failure = "Why the last reload failed; empty if it did not";
    text(rows, "ReloadFailure", failure, app -> app.reloads().failure());
    count(rows, "PoolMax", "Interpreters that its pool may have", app -> pool(app, PoolUse::max));
    count(rows, "PoolSize", "Interpreters that its pool has", app -> pool(app, PoolUse::size));
    count(rows, "PoolBusy", "Those that answer a request", app -> pool(app, PoolUse::busy));
    count(rows, "Requests", "Requests that have ended", app -> app.total().count());
    count(rows, "InFlight", "Requests that are under way", AppMetrics::inFlight);
    for (int i = 1; i <= 5; i++) {
      int hundred = i;
      String name = "Responses" + i + "xx";
      count(rows, name, "Responses with such a status", app -> app.responses(hundred));
    }
    count(rows, "ClientsGone", "Clients that went away too early", AppMetrics::clientsGone);
    count(rows, "BodyBytes", "Bytes of bodies that were produced", AppMetrics::octets);
    String python = "Seconds of all requests in Python and what it called";
    seconds(rows, "PythonSeconds", python, AppMetrics::pythonSeconds);
    String writing = "Seconds of all requests in handing responses to the container";
    seconds(rows, "WritingSeconds", writing, AppMetrics::writingSeconds);
    String reading = "Seconds of all requests in waiting for their bodies";
    seconds(rows, "ReadingSeconds", reading, AppMetrics::readingSeconds);
    String waiting = "Seconds of all requests in waiting for the application";
    seconds(rows, "WaitingSeconds", waiting, AppMetrics::waitingSeconds);
    String transport = "Seconds of all requests on their way to worker processes and back";
    seconds(rows, "TransportSeconds", transport, AppMetrics::transportSeconds);
    times(rows, "TotalTime", "How long requests took", AppMetrics::total);
    times(rows, "FirstByteTime", "How long until the response began", AppMetrics::firstByte);
    String errors = "How often each rule was broken, by code (isthmus explain CODE)";
    rows.put("Errors", new Row(errors, JmxTypes.ERRORS, app -> JmxTypes.errors(app.errors())));
    String workers = "The worker processes, by their places; none where Python runs in the JVM";
    rows.put("Workers", new Row(workers, JmxWorkers.TYPE, app -> JmxWorkers.of(app.workers())));
    String exits = "How often worker processes have ended, by the reason";
    rows.put(
        "WorkerExits", new Row(exits, JmxWorkers.EXITS, app -> JmxWorkers.exits(app.workers())));
    String restarts = "Worker processes that were ready and have been replaced";
    count(rows, "WorkerRestarts", restarts, app -> restarts(app.workers()));
    return Collections.unmodifiableMap(rows);
  }

  private static Number pool(AppMetrics app, ToIntFunction<PoolUse> of) {
    PoolUse pool = app.pool();
    return pool == null ? 0 : of.applyAsInt(pool);
  }

  private static Number restarts(WorkerGroup workers) {
    return workers == null ? 0 : workers.restarts();
  }

  private static void text(
      Map<String, Row> rows, String name, String help, Function<AppMetrics, Object> value) {
    rows.put(name, new Row(help, SimpleType.STRING, value));
  }

  private static void count(
      Map<String, Row> rows, String name, String help, Function<AppMetrics, Number> value) {
    rows.put(name, new Row(help, SimpleType.LONG, app -> value.apply(app).longValue()));
  }

  private static void seconds(
      Map<String, Row> rows, String name, String help, Function<AppMetrics, Object> value) {
    rows.put(name, new Row(help, SimpleType.DOUBLE, value));
  }

  private static void times(
      Map<String, Row> rows, String name, String help, Function<AppMetrics, Counts> value) {
    rows.put(name, new Row(help, JmxTypes.TIMES, app -> JmxTypes.times(value.apply(app))));
  }

  @Override
  public Object getAttribute(String name) throws AttributeNotFoundException {
    Row row = ROWS.get(name);
    if (row == null) {
      throw new AttributeNotFoundException(name);
    }
    return row.value.apply(app);
  }

  @Override
  public AttributeList getAttributes(String[] names) {
    AttributeList found = new AttributeList();
    for (String name : names) {
      Row row = ROWS.get(name);
      if (row != null) {
        found.add(new Attribute(name, row.value.apply(app)));
      }
    }
    return found;
  }

  @Override
  public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException(attribute.getName() + " cannot be set");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  /** The exceptions are of standard classes, too, which a console has. */
  @Override
  public Object invoke(String action, Object[] parameters, String[] signature)
      throws MBeanException, ReflectionException {
    if (!action.equals(RELOAD) || (parameters != null && parameters.length > 0)) {
      throw new ReflectionException(new NoSuchMethodException(action));
    }
    try {
      return app.reloads().reload();
    } catch (RuntimeException e) {
      throw new MBeanException(new Exception(e.getMessage()), e.getMessage());
    }
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    List<OpenMBeanAttributeInfo> attributes = new ArrayList<>();
    ROWS.forEach(
        (name, row) ->
            attributes.add(
                new OpenMBeanAttributeInfoSupport(name, row.help, row.type, true, false, false)));
    return new OpenMBeanInfoSupport(
        JmxBean.class.getName(),
        "A Python application that Isthmus runs",
        attributes.toArray(new OpenMBeanAttributeInfo[0]),
        null,
        new OpenMBeanOperationInfo[] {
          new OpenMBeanOperationInfoSupport(
              RELOAD,
              "Imports all applications of the web application anew; the old ones serve until then,"
                  + " and go on if that fails",
              null,
              SimpleType.STRING,
              MBeanOperationInfo.ACTION)
        },
        null);
  }
}
