package functional;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.logging.Logger;

/** Logs, after the chain, whether the response was left to Tomcat's sendfile. */
public final class SendfileFilter implements Filter {
  private static final Logger LOG = Logger.getLogger("functional.sendfile");

  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
    String prefix = "org.apache.tomcat.sendfile.";
    LOG.info(
        "sendfile support="
            + request.getAttribute(prefix + "support")
            + " named="
            + (request.getAttribute(prefix + "filename") != null)
            + " start="
            + request.getAttribute(prefix + "start")
            + " end="
            + request.getAttribute(prefix + "end")
            + " token="
            + ((jakarta.servlet.http.HttpServletRequest) request).getQueryString());
  }

  @Override
  public void destroy() {}
}
