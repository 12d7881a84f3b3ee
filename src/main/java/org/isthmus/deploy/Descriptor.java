// The parameters in a web.xml, for a web application that no container has deployed.
package org.isthmus.deploy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Parameters by name. Immutable. */
final class Descriptor {
  private static final String OURS = "org.isthmus.Wsgi";

  private final Map<String, String> contextParams;
  private final Map<String, String> initParams;

  private Descriptor(Map<String, String> contextParams, Map<String, String> initParams) {
    this.contextParams = contextParams;
    this.initParams = initParams;
  }

  /**
   * Reads one.
   *
   * @param webInf the directory that it is in; without it there are no parameters
   * @throws WsgiException if it is not well-formed
   */
  static Descriptor in(Path webInf) {
    Path file = webInf.resolve("web.xml");
    if (!Files.isRegularFile(file)) {
      return new Descriptor(Map.of(), Map.of());
    }
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      // No DTD is fetched: a web.xml of Servlet 2.3 names one.
      builder.setEntityResolver((name, system) -> new InputSource(new StringReader("")));
      builder.setErrorHandler(null);
      Document document = builder.parse(file.toFile());
      Element root = document.getDocumentElement();
      return new Descriptor(params(root, "context-param"), ofComponent(root));
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new WsgiException(
          e, Rule.WAR_UNREADABLE, webInf.getParent(), "web.xml: " + e.getMessage());
    }
  }

  /** Returns the context-params. */
  Map<String, String> contextParams() {
    return contextParams;
  }

  /** Returns the init-params of the first servlet or filter that is one of Isthmus's. */
  Map<String, String> initParams() {
    return initParams;
  }

  private static Map<String, String> ofComponent(Element root) {
    for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element
          && (text(node, "servlet-class") + text(node, "filter-class")).startsWith(OURS)) {
        return params((Element) node, "init-param");
      }
    }
    return Map.of();
  }

  private static Map<String, String> params(Element within, String tag) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Node node = within.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(tag)) {
        found.put(text(node, "param-name"), text(node, "param-value"));
      }
    }
    return found;
  }

  private static String text(Node within, String tag) {
    NodeList found = ((Element) within).getElementsByTagName(tag);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
