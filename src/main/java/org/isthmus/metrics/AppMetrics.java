// The metrics of one application: requests, times, failures.
package org.isthmus.metrics;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.isthmus.engine.WorkerGroup;
import org.isthmus.engine.WsgiApp;
import org.isthmus.errors.Rule;
import org.isthmus.exchange.Exchange;
import org.isthmus.exchange.Observer;
import org.isthmus.exchange.RequestTimes;
import org.isthmus.exchange.Running;

/**
 * Counts the requests of one application.
 *
 * <p><b>Threading.</b> Requests add without locking or allocating; any thread may read.
 */
public final class AppMetrics implements Observer {
  /** The state of an application. */
  public enum State {
    /** It is being imported. */
    STARTING,
    /** It answers requests. */
    READY,
    /** It could not be loaded. */
    FAILED
  }

  /** A shorter wait counts as none: it is the time that reading the clock takes. */
  private static final long NO_WAIT = 1000;

  private final boolean timing;
  private final Monitoring monitoring;
  private final Running running;
  private final Histogram total = new Histogram();
  private final Histogram firstByte = new Histogram();
  private final LongAdder waiting = new LongAdder();
  private final LongAdder reading = new LongAdder();
  private final LongAdder writing = new LongAdder();
  private final LongAdder transport = new LongAdder();
  private final LongAdder octets = new LongAdder();
  private final LongAdder clientsGone = new LongAdder();
  private final LongAdder[] statuses = new LongAdder[6];
  private final Map<Rule, LongAdder> errors = new ConcurrentHashMap<>();
  private final List<Recorder> recorders = new CopyOnWriteArrayList<>();
  private final History history;
  private volatile String name;
  private volatile State state = State.STARTING;
  private volatile long importing;
  private volatile WsgiApp app;
  private volatile int generation = 1;
  private volatile PoolUse pool;

  AppMetrics(String name, boolean timing, Monitoring monitoring) {
    this.name = name;
    this.timing = timing;
    this.monitoring = monitoring;
    this.running = monitoring.running();
    for (int i = 0; i < statuses.length; i++) {
      statuses[i] = new LongAdder();
    }
    this.history = new History(this::mark, System.nanoTime());
  }

  /** Returns the observer of requests: this, or none. */
  public Observer observer() {
    return timing ? this : NONE;
  }

  @Override
  public boolean isTiming() {
    return timing;
  }

  @Override
  public void began(Exchange exchange) {
    running.enter(exchange);
  }

  @Override
  public void ended(Exchange exchange) {
    try {
      count(exchange);
    } finally {
      running.leave(exchange); // what is not running any more is counted
    }
  }

  private void count(Exchange exchange) {
    long now = System.nanoTime();
    history.turn(now);
    RequestTimes times = exchange.times();
    long began = times.began();
    long first = times.firstByte();
    writing.add(times.writing());
    octets.add(exchange.body().produced());
    if (times.waited() > NO_WAIT) {
      waiting.add(times.waited());
    }
    if (times.reading() > 0) {
      reading.add(times.reading());
    }
    if (exchange.isClientGone()) {
      clientsGone.increment();
    }
    statuses[Math.min(exchange.response().getStatus() / 100, 5)].increment();
    if (times.inWorker() >= 0) {
      long ours = times.writing() + times.waited() + times.reading();
      transport.add(Math.max(0, now - began - ours - times.inWorker()));
    }
    // The container's own error response begins when the application has ended.
    took(now - began, (first == 0 ? now : first) - began);
  }

  /** Adds the times of a request: until its end, and until its response began. */
  void took(long whole, long untilFirst) {
    firstByte.record(untilFirst);
    total.record(whole);
    for (Recorder recorder : recorders) {
      recorder.took(whole, untilFirst);
    }
  }

  /** Receives the times of each request, in nanoseconds, on its thread. */
  interface Recorder {
    void took(long whole, long untilFirst);
  }

  /** Passes the times of all further requests to a recorder, too. */
  void addRecorder(Recorder recorder) {
    recorders.add(recorder);
  }

  @Override
  public void failed(Exchange exchange, Rule rule, String text) {
    failed(rule, exchange.summary(), text);
  }

  /** Counts and keeps a broken rule that is unrelated to a request. */
  public void failed(Rule rule, String text) {
    failed(rule, "", text);
  }

  private void failed(Rule rule, String request, String text) {
    LongAdder first = new LongAdder();
    LongAdder count = errors.merge(rule, first, (known, any) -> known);
    count.increment();
    if (count == first) {
      monitoring.broke(this, rule);
    }
    monitoring.incidents().add(rule, name, request, text);
  }

  /**
   * Records where the application reported by {@link #ready} runs.
   *
   * @param newGeneration which generation of the web application's Python
   * @param newPool the pool that it is in; null for none
   */
  public void placed(int newGeneration, PoolUse newPool) {
    generation = newGeneration;
    boolean isFirst = pool == null && newPool != null;
    pool = newPool;
    if (isFirst) {
      monitoring.pooled(this);
    }
  }

  /**
   * Records that the application is loaded, for the first time or again: from the first time on, it
   * keeps its name, which is visible outside.
   *
   * @param nanos how long its import took
   */
  public void ready(WsgiApp loaded, long nanos) {
    boolean isFirst = app == null;
    app = loaded;
    name = state == State.STARTING ? loaded.name() : name;
    importing = nanos;
    state = State.READY;
    if (isFirst && loaded.workers() != null) {
      monitoring.staffed(this);
    }
  }

  void rename(String newName) {
    name = newName;
  }

  /**
   * Records that the application could not be loaded.
   *
   * @param rule the broken rule, as logged
   * @param text the message with what follows it
   */
  public void notLoaded(Rule rule, String text) {
    state = State.FAILED;
    failed(rule, "", text);
  }

  private History.Mark mark() {
    return new History.Mark(total.counts(), statuses[5].sum());
  }

  /** Returns what was counted in each slice of the last ten minutes. */
  List<History.Mark> history() {
    return history.slices(System.nanoTime());
  }

  /** Returns the application's name, from {@code isthmus.app}; unique in its web application. */
  public String name() {
    return name;
  }

  /** Returns its state. */
  public State state() {
    return state;
  }

  /** Returns true if it is loaded and, if it has workers, one of them gets requests. */
  boolean isReady() {
    WorkerGroup group = workers();
    return state == State.READY && (group == null || group.isServing());
  }

  /** Returns the generation that answers requests; 1 until the web application is reloaded. */
  public int generation() {
    return generation;
  }

  /** Returns the pool of interpreters that it is in; null for none. */
  PoolUse pool() {
    return pool;
  }

  /** Returns the processes that it runs in; null if it runs in the JVM, or is not loaded. */
  public WorkerGroup workers() {
    return app == null ? null : app.workers();
  }

  /** Returns the web application's reloads. */
  Reloads reloads() {
    return monitoring.reloads();
  }

  /** Returns how many seconds its import took. */
  public double importSeconds() {
    return importing / 1e9;
  }

  /** Returns name, version and file of each module that its interpreter has loaded. */
  List<List<String>> modules() {
    return app == null ? List.of() : app.modules();
  }

  /** Returns true if requests are counted and timed. */
  public boolean isOn() {
    return timing;
  }

  /** Returns the total times of requests. */
  public Counts total() {
    return total.counts();
  }

  /** Returns the times until a response's head went out. */
  public Counts firstByte() {
    return firstByte.counts();
  }

  /** Returns how many requests are under way. */
  public long inFlight() {
    return running.list().stream().filter(exchange -> exchange.observer() == this).count();
  }

  /** Returns how many responses had a status class from 1 to 5. */
  public long responses(int hundred) {
    return statuses[hundred].sum();
  }

  /** Returns how many octets of response bodies were produced. */
  public long octets() {
    return octets.sum();
  }

  /** Returns how often a client disconnected before its response was complete. */
  public long clientsGone() {
    return clientsGone.sum();
  }

  /** Returns the seconds that requests waited for the application. */
  public double waitingSeconds() {
    return waiting.sum() / 1e9;
  }

  /** Returns the seconds that requests waited for octets of their bodies. */
  public double readingSeconds() {
    return reading.sum() / 1e9;
  }

  /** Returns the seconds that requests spent passing responses to the container. */
  public double writingSeconds() {
    return writing.sum() / 1e9;
  }

  /**
   * Returns the seconds that requests spent on their way to a worker process and back, and in its
   * queue; 0 where Python runs in the JVM.
   */
  public double transportSeconds() {
    return transport.sum() / 1e9;
  }

  /** Returns the seconds that requests spent in Python and code it called: all other time. */
  public double pythonSeconds() {
    double others = waitingSeconds() + readingSeconds() + writingSeconds() + transportSeconds();
    return Math.max(0, total().seconds() - others);
  }

  /** Returns how often each rule was broken, by code. */
  public SortedMap<String, Long> errors() {
    SortedMap<String, Long> byCode = new TreeMap<>();
    errors.forEach((rule, count) -> byCode.put(rule.code(), count.sum()));
    return byCode;
  }
}
