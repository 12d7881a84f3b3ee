// A process that extracts an archive and lets go of it, as `java -jar` does, for WorkDirectoryTest.
package org.isthmus.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import org.isthmus.errors.WsgiException;

/** Says which starts have failed. */
final class StartsContender {
  private StartsContender() {}

  /** Takes the archive, the directory, and how often. */
  public static void main(String[] args) throws Exception {
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      try (WorkDirectory work = WorkDirectory.of(Path.of(args[1]), Path.of(args[0]))) {
        Path root = work.extracted();
        Files.createFile(work.temporary().resolve("mine"));
        if (!Files.exists(root.resolve("WEB-INF/app/shop.py"))) {
          System.out.println("deleted while it is used: " + root);
        }
      } catch (WsgiException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
