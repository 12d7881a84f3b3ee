// How Jetty listens: HTTP or HTTPS, URI rules, and trust in proxy headers.
package org.isthmus.launcher.jetty;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.isthmus.errors.Rule;
import org.isthmus.errors.WsgiException;
import org.isthmus.launcher.Options;

/** Creates the one connector that the options request. */
final class Connectors {
  private Connectors() {}

  /**
   * Creates a connector that is not yet open.
   *
   * @throws WsgiException if the keys cannot be loaded
   */
  static ServerConnector connector(Server server, Options options) {
    HttpConfiguration configuration = configuration(options);
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
    ServerConnector connector;
    if (options.keystore() == null) {
      connector = new ServerConnector(server, http);
    } else {
      // No host check: one key store has one certificate, and clients check it themselves.
      configuration.addCustomizer(new SecureRequestCustomizer(false, false, -1, false));
      connector =
          new ServerConnector(
              server, new SslConnectionFactory(keys(options), http.getProtocol()), http);
    }
    connector.setHost(options.host());
    connector.setPort(options.port());
    return connector;
  }

  private static HttpConfiguration configuration(Options options) {
    HttpConfiguration configuration = new HttpConfiguration();
    // Do not reveal the server's version.
    configuration.setSendServerVersion(false);
    if (options.isForwarded()) {
      configuration.addCustomizer(new ForwardedRequestCustomizer());
    }
    try {
      configuration.setUriCompliance(UriCompliance.from(options.uriCompliance()));
    } catch (IllegalArgumentException e) {
      throw options.refusedUriCompliance();
    }
    return configuration;
  }

  private static SslContextFactory.Server keys(Options options) {
    Path file = options.keystore();
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new WsgiException(Rule.KEYSTORE, file, "there is no such file for this user");
    }
    SslContextFactory.Server keys = new SslContextFactory.Server();
    keys.setKeyStorePath(file.toUri().toString());
    keys.setKeyStorePassword(options.password());
    try {
      // Now, to distinguish key errors from all others.
      keys.start();
    } catch (Exception e) {
      String why = String.valueOf(innermost(e).getMessage()).replaceFirst("\\.$", "");
      throw new WsgiException(e, Rule.KEYSTORE, file, why);
    }
    return keys;
  }

  private static Throwable innermost(Throwable failure) {
    return failure.getCause() == null ? failure : innermost(failure.getCause());
  }
}
