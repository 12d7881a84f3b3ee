package functional;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Takes handshakes of WebSockets, as Tomcat's own filter does, which is the last of a chain. */
public final class EndpointFilter implements Filter {
  @Override
  public void init(FilterConfig config) {
    String name = "jakarta.servlet".replace("servlet", "websocket") + ".server.ServerContainer";
    if (config.getServletContext().getAttribute(name) == null) {
      config.getServletContext().setAttribute(name, this); // a container without WebSockets
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (((HttpServletRequest) request).getHeader("Sec-WebSocket-Key") == null) {
      chain.doFilter(request, response);
    } else {
      response.getWriter().print("an endpoint");
    }
  }

  @Override
  public void destroy() {}
}
