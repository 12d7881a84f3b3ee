// Directories of files that are served ahead of the application.
package org.isthmus.launcher.jetty;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ResourceService;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.resource.Resources;
import org.isthmus.errors.Rule;

/**
 * Serves existing files, except those that should stay private: sources, and names that start with
 * a dot.
 *
 * <p>A directory belongs to the application unless it has an {@code index.html}, as behind {@link
 * org.isthmus.WsgiFilter}.
 */
final class StaticFiles extends Handler.Wrapper {
  private static final Pattern HIDDEN = Pattern.compile(".*(/\\..*|\\.(py|pyc|class))");

  private static final Pattern JSP = Pattern.compile("(?i).*\\.jsp[fx]?/?");
  private static final System.Logger LOG = System.getLogger("org.isthmus.launcher.jetty");

  private final Resource directory;

  private StaticFiles(Handler files, Resource directory) {
    super(files);
    this.directory = directory;
  }

  /**
   * Creates a handler that passes on requests for files it does not have.
   *
   * @param path where the directory is mounted, with a slash before it and none after
   */
  static Handler of(String path, Path directory) {
    ResourceHandler files = new Files();
    files.setDirAllowed(false);
    Resource base = ResourceFactory.root().newResource(directory);
    ContextHandler context = new ContextHandler(new StaticFiles(files, base), path);
    // Also ask for the directory without its slash; otherwise Jetty would redirect at once.
    context.setAllowNullPathInContext(true);
    context.setBaseResource(base);
    return context;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    if (JSP.matcher(path).matches() && Resources.exists(directory.resolve(path))) {
      // Neither show its source, nor pass it to the application, which would answer 404.
      LOG.log(System.Logger.Level.WARNING, Rule.JSP.message(path));
      Response.writeError(request, response, callback, 500, "JSP support not configured");
      return true;
    }
    return !HIDDEN.matcher(path).matches() && super.handle(request, response, callback);
  }

  /** Excludes directories without an index, for which Jetty would answer 403. */
  private static final class Files extends ResourceHandler {
    private static final String INDEX = "index.html";

    Files() {
      setWelcomeFiles(INDEX);
    }

    @Override
    protected ResourceService newResourceService() {
      return new ResourceService() {
        @Override
        public HttpContent getContent(String path, Request request) throws IOException {
          HttpContent content = super.getContent(path, request);
          return content != null && isBare(content.getResource()) ? null : content;
        }
      };
    }

    private static boolean isBare(Resource found) {
      return found != null && found.isDirectory() && !Resources.exists(found.resolve(INDEX));
    }
  }
}
