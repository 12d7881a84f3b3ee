import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.sql.DataSource;

/** What apps/products.py asks of the same pool, by JDBC, in a transaction too. */
public final class ProductsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String QUERY = "select name, price from product where id = ?";

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    byte[] body;
    try {
      body = product(Integer.parseInt(request.getQueryString()));
    } catch (NamingException | SQLException e) {
      throw new ServletException(e);
    }
    response.setContentType("text/plain");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static byte[] product(int id) throws NamingException, SQLException {
    DataSource source = (DataSource) new InitialContext().lookup("java:comp/env/jdbc/bench");
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      String text;
      try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
        statement.setInt(1, id);
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          text = rows.getString(1) + " costs " + rows.getBigDecimal(2);
        }
      }
      connection.commit();
      connection.setAutoCommit(true);
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
