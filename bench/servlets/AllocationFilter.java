import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import javax.servlet.FilterChain;
import javax.servlet.ServletException;
import javax.servlet.http.HttpFilter;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Counts the octets that the rest of the chain allocates on the thread of each request.
 *
 * <p>{@code /allocated} answers the number of requests and of octets so far. Container code outside
 * the chain (parsing the request, ending the response) is not counted.
 */
public final class AllocationFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final transient LongAdder requests = new LongAdder();
  private final transient LongAdder octets = new LongAdder();

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getRequestURI().equals("/allocated")) {
      String counts = requests.sum() + " " + octets.sum();
      response.setContentType("text/plain");
      response.getOutputStream().write(counts.getBytes(StandardCharsets.US_ASCII));
      return;
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    chain.doFilter(request, response);
    octets.add(THREADS.getCurrentThreadAllocatedBytes() - before);
    requests.increment();
  }
}
