// One worker process at one moment.
package org.isthmus.engine;

import java.util.List;
import java.util.function.LongSupplier;
import org.isthmus.exchange.Exchange;

/** A snapshot, except for the memory, which is read when asked for. Immutable. */
public final class WorkerStatus {
  /** What a worker is doing. */
  public enum State {
    /** It is starting, or importing the application. */
    STARTING,
    /** It is waiting for a request. */
    IDLE,
    /** It is answering requests. */
    BUSY,
    /** It has a request that is still running after its timeout. */
    STUCK,
    /** It is about to end: after its last request, or when its replacement has started. */
    LEAVING
  }

  private final int place;
  private final long pid;
  private final State state;
  private final long requests;
  private final LongSupplier resident;
  private final double seconds;
  private final List<Exchange> running;

  /**
   * Describes a worker.
   *
   * @param place a small number that no other worker of its group has at the same time
   * @param pid the id of the process
   * @param state what it is doing
   * @param requests the number of requests that it has answered
   * @param resident reads its resident memory in bytes; -1 if unknown
   * @param seconds the seconds since its start
   * @param running the requests that it is answering
   */
  public WorkerStatus(
      int place,
      long pid,
      State state,
      long requests,
      LongSupplier resident,
      double seconds,
      List<Exchange> running) {
    this.place = place;
    this.pid = pid;
    this.state = state;
    this.requests = requests;
    this.resident = resident;
    this.seconds = seconds;
    this.running = List.copyOf(running);
  }

  /** Returns its number in its group, which a later worker may reuse. */
  public int place() {
    return place;
  }

  /** Returns the id of the process. */
  public long pid() {
    return pid;
  }

  /** Returns what it is doing. */
  public State state() {
    return state;
  }

  /** Returns how many requests it has answered. */
  public long requests() {
    return requests;
  }

  /** Returns its resident memory in bytes; -1 if unknown. */
  public long resident() {
    return resident.getAsLong();
  }

  /** Returns how many seconds ago it was started. */
  public double seconds() {
    return seconds;
  }

  /** Returns its requests, including those in its queue. */
  public List<Exchange> running() {
    return running;
  }
}
