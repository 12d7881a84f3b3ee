// One worker process at one moment.
package org.isthmus.engine;

import java.util.List;
import org.isthmus.exchange.Exchange;

/** A snapshot. Immutable. */
public final class WorkerStatus {
  /** What a worker is doing. */
  public enum State {
    /** It starts, or imports the application. */
    STARTING,
    /** It waits for a request. */
    IDLE,
    /** It has requests. */
    BUSY,
    /** It has a request that goes on although its time is over. */
    STUCK,
    /** It ends with its last request, or as soon as another has come in its place. */
    LEAVING
  }

  private final int place;
  private final long pid;
  private final State state;
  private final long requests;
  private final long resident;
  private final double seconds;
  private final List<Exchange> running;

  /**
   * Describes a worker.
   *
   * @param place a small number that no other worker of its group has now
   * @param pid the id of the process
   * @param state what it is doing
   * @param requests how many it has answered
   * @param resident its resident memory in bytes; -1 if that is not known
   * @param seconds since its start
   * @param running the requests that it has
   */
  public WorkerStatus(
      int place,
      long pid,
      State state,
      long requests,
      long resident,
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

  /** Returns its number in its group, which a later worker may have again. */
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

  /** Returns its resident memory in bytes; -1 if that is not known. */
  public long resident() {
    return resident;
  }

  /** Returns how many seconds ago it was started. */
  public double seconds() {
    return seconds;
  }

  /** Returns the requests that it has; those in its queue are among them. */
  public List<Exchange> running() {
    return running;
  }
}
