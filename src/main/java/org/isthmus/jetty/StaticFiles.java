// Directories of files that are served before the application is asked.
package org.isthmus.jetty;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * Has what is there, but for what is nobody's business: sources, and names that begin with a dot.
 */
final class StaticFiles extends Handler.Wrapper {
  private static final Pattern HIDDEN = Pattern.compile(".*(/\\..*|\\.(py|pyc|class))");

  private StaticFiles(Handler files) {
    super(files);
  }

  /**
   * Makes a handler that leaves to others what it has not.
   *
   * @param path where the directory is mounted, with a slash before it and none after
   */
  static Handler of(String path, Path directory) {
    ResourceHandler files = new ResourceHandler();
    files.setDirAllowed(false);
    ContextHandler context = new ContextHandler(new StaticFiles(files), path);
    context.setBaseResource(ResourceFactory.of(context).newResource(directory));
    return context;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    return !HIDDEN.matcher(path).matches() && super.handle(request, response, callback);
  }
}
