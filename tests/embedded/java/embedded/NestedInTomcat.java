package embedded;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.StandardRoot;

/** An executable jar with a WAR in it, which a Tomcat serves from there. */
final class NestedInTomcat {
  private NestedInTomcat() {}

  public static void main(String[] args) throws Exception {
    Path base = Files.createTempDirectory("embedded");
    Tomcat tomcat = LocalTomcat.create(base);

    File nothing = Files.createDirectory(base.resolve("nothing")).toFile();
    Context context = tomcat.addWebapp("", nothing.toString());
    StandardRoot resources = new StandardRoot(context);
    context.setResources(resources);
    URI self = NestedInTomcat.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    resources.createWebResourceSet(
        WebResourceRoot.ResourceSetType.PRE,
        "/",
        URI.create("jar:" + self + "!/application.war").toURL(),
        "/");

    LocalTomcat.run(tomcat);
  }
}
