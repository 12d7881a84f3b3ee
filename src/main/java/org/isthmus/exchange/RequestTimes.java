// Where the time of a request goes: waiting, reading, writing, and a worker process.
package org.isthmus.exchange;

/**
 * The times of one exchange, in nanoseconds. If its observer wants none, they are 0, and nothing
 * reads the clock.
 *
 * <p><b>Threading.</b> One thread at a time, like its exchange; any thread may call {@link #began}.
 */
public final class RequestTimes {
  private final boolean timing;
  private final long began;
  private long waitEnded;
  private long reading;
  private long writing;
  private long firstByte;
  private long inWorker = -1;

  RequestTimes(boolean timing) {
    this.timing = timing;
    this.began = now();
  }

  /** Returns true if times are taken, so that monitoring knows the exchange. */
  public boolean isOn() {
    return timing;
  }

  /** Returns the JVM's nano time; 0 if nothing is timed. */
  long now() {
    return timing ? System.nanoTime() : 0;
  }

  /** Returns when the exchange began, as System.nanoTime; any thread may call this. */
  public long began() {
    return began;
  }

  /** Records that the exchange has its application, or is refused: it no longer waits. */
  public void endWait() {
    waitEnded = now();
  }

  /** Returns how long it waited for its application. */
  public long waited() {
    return waitEnded == 0 ? 0 : waitEnded - began;
  }

  void addReading(long since) {
    reading += now() - since;
  }

  /** Returns how long it waited for the client's octets. */
  public long reading() {
    return reading;
  }

  void addWriting(long since) {
    writing += now() - since;
  }

  /** Returns how long it passed octets to the container. */
  public long writing() {
    return writing;
  }

  void headOut(long at) {
    firstByte = at;
  }

  /** Returns when the head of the response went out, as System.nanoTime; 0 if it did not. */
  public long firstByte() {
    return firstByte;
  }

  /**
   * Records how long the application took in a worker process.
   *
   * @param nanos without the time that it waited for this process
   */
  public void tookInWorker(long nanos) {
    inWorker = nanos;
  }

  /** Returns how long the application took in a worker process; -1 without one. */
  public long inWorker() {
    return inWorker;
  }
}
