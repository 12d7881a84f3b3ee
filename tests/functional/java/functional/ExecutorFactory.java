// Makes an executor for JNDI, as a container with managed executors has one.
package functional;

import java.util.Hashtable;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.spi.ObjectFactory;

/** Its only thread is kept; while that is busy, it takes nothing. */
public final class ExecutorFactory implements ObjectFactory {
  @Override
  public Object getObjectInstance(
      Object reference, Name name, Context context, Hashtable<?, ?> environment) {
    return new ThreadPoolExecutor(
        1, 1, 1, TimeUnit.HOURS, new SynchronousQueue<>(), work -> new Thread(work, "managed"));
  }
}
