// The resources that web.xml declares, and whether --jndi provides them.
package org.isthmus.launcher.jetty;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.launcher.DataSourceOption;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads {@code <resource-ref>} (Servlet 4.0, 14.4), which Jetty ignores without its module. */
final class ResourceReferences {
  private static final System.Logger LOG = System.getLogger("org.isthmus.launcher.jetty");
  private static final String DATA_SOURCE = "javax.sql.DataSource";

  private ResourceReferences() {}

  /**
   * Checks that each data source that {@code web.xml} declares is provided, and warns of resources
   * of other types: the application may do without them.
   *
   * @param root the web application, as real files
   * @throws WsgiException for the first data source that is not
   */
  static void check(Path root, List<DataSourceOption> sources) {
    Map<String, String> types = types(root.resolve("WEB-INF").resolve("web.xml"));
    sources.forEach(source -> types.remove(source.name()));
    types.forEach(
        (name, type) -> {
          if (type.equals(DATA_SOURCE)) {
            throw new WsgiException(Rule.DATA_SOURCE_ABSENT, name);
          }
          LOG.log(System.Logger.Level.WARNING, Rule.RESOURCE_ABSENT.message(name, type));
        });
  }

  /** Returns the type of each resource, by its name below java:comp/env. */
  private static Map<String, String> types(Path file) {
    Map<String, String> types = new TreeMap<>();
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // Nothing is fetched, such as the DTD of Servlet 2.3.
      builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
      builder.setErrorHandler(null);
      NodeList references =
          builder.parse(file.toFile()).getElementsByTagNameNS("*", "resource-ref");
      for (int i = 0; i < references.getLength(); i++) {
        Element reference = (Element) references.item(i);
        String name = DataSourceOption.below(text(reference, "res-ref-name"));
        types.put(name, text(reference, "res-type"));
      }
    } catch (ParserConfigurationException | SAXException | IOException e) {
      return types; // there is none, or Jetty says what is wrong with it
    }
    return types;
  }

  private static String text(Element element, String name) {
    NodeList found = element.getElementsByTagNameNS("*", name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
