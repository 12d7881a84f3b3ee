package embedded;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.h2.jdbcx.JdbcDataSource;
import org.isthmus.WsgiBuilder;
import org.isthmus.WsgiFilter;
import org.isthmus.WsgiServlet;
import org.isthmus.engine.DataSources;

/** What programs register, in every way that the servlet API has for it without web.xml. */
final class Contexts {
  private Contexts() {}

  /** In a ServletContainerInitializer: a servlet and a filter by ServletContext. */
  static final class Initializer implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
      // begin: builder
      ServletRegistration.Dynamic servlet =
          context.addServlet(
              "servlet",
              WsgiBuilder.app("greeting:application")
                  .set("isthmus.environ.add", "test.who: builder")
                  .set("isthmus.events", "stopping: greeting:stopping")
                  .servlet());
      servlet.addMapping("/servlet/*", "/also");
      servlet.setLoadOnStartup(1);
      // end: builder
      // begin: data sources
      JdbcDataSource shop = new JdbcDataSource();
      shop.setURL("jdbc:h2:mem:shop");
      DataSources.provide(context, Set.of("jdbc/shop"), Map.of("jdbc/shop", shop)::get);
      // end: data sources
      filter(context, new WsgiFilter(Map.of("isthmus.app", "greeting:application")));
    }
  }

  /** In a ServletContextListener: a servlet by its class, with init-params. */
  public static final class Listener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      ServletRegistration.Dynamic servlet =
          event.getServletContext().addServlet("class", WsgiServlet.class);
      servlet.setInitParameter("isthmus.app", "greeting:create()");
      servlet.addMapping("/class/*");
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {}
  }

  static void filter(ServletContext context, Filter filter) {
    FilterRegistration.Dynamic registration = context.addFilter("filter", filter);
    registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/filtered/*");
  }
}
