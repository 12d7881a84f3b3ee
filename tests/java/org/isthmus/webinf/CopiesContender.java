// A process that makes and deletes copies of a packed web application, for StagedCopyTest.
package org.isthmus.webinf;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says whatever shows that somebody else has the same copy. */
final class CopiesContender {
  private CopiesContender() {}

  /** Takes the archive, the temporary directory, and how often. */
  public static void main(String[] args) throws Exception {
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      try (WebInf webInf = new PackedWebApp(Path.of(args[0]), Path.of(args[1])).webInf()) {
        Path mine = webInf.directory().resolve("mine");
        Files.createFile(mine);
        Files.delete(mine);
      } catch (FileAlreadyExistsException e) {
        System.out.println("two have " + e.getFile());
      }
    }
  }
}
