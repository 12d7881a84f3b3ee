package functional;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** Adds a header and a cookie, and logs what is tried on the response and taken back. */
public final class UpstreamFilter implements Filter {
  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse http = (HttpServletResponse) response;
    http.setHeader("X-Upstream", "kept");
    http.addCookie(new Cookie("upstream", "kept"));
    Recorded recorded = new Recorded(http);
    chain.doFilter(request, recorded);
    String uri = ((HttpServletRequest) request).getRequestURI();
    System.getLogger("functional")
        .log(System.Logger.Level.INFO, "upstream of " + uri + ": " + recorded.calls + ".");
  }

  @Override
  public void destroy() {}

  private static final class Recorded extends HttpServletResponseWrapper {
    private final StringBuilder calls = new StringBuilder();

    private Recorded(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setStatus(int status) {
      calls.append(" setStatus ").append(status);
      super.setStatus(status);
    }

    @Override
    public void sendError(int status) throws IOException {
      calls.append(" sendError ").append(status);
      super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
      calls.append(" sendError ").append(status);
      super.sendError(status, message);
    }

    @Override
    public void reset() {
      calls.append(" reset");
      super.reset();
    }

    @Override
    public void resetBuffer() {
      calls.append(" resetBuffer");
      super.resetBuffer();
    }
  }
}
