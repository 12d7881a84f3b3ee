package org.isthmus.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.isthmus.engine.AppSpec;
import org.isthmus.engine.Interpreter;
import org.isthmus.engine.WsgiApp;
import org.junit.jupiter.api.Test;

/** Where a repair may come from, after an import that failed. */
class FailedFilesTest {
  /** An interpreter that has imported one module. */
  private static final class Imported implements Interpreter {
    @Override
    public WsgiApp load(AppSpec spec) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<Path> files() {
      return Set.of(Path.of("/web/app/shop.py"));
    }

    @Override
    public Set<Path> path() {
      return Set.of(Path.of("/web/app"), Path.of("/web/lib-python"));
    }

    @Override
    public void close() {}
  }

  private static Set<String> named(String message, String cause) {
    Throwable failure = new RuntimeException(message, new RuntimeException(cause));
    Set<String> files = new TreeSet<>();
    FailedFiles.of(failure, new Imported()).forEach(file -> files.add(file.toString()));
    files.removeAll(Set.of("/web/app/shop.py", "/web/app", "/web/lib-python"));
    return files;
  }

  @Test
  void importedFilesAndAllDirectoriesAreAmongThem() {
    Set<Path> files = FailedFiles.of(new RuntimeException(), new Imported());
    assertEquals(
        Set.of(Path.of("/web/app/shop.py"), Path.of("/web/app"), Path.of("/web/lib-python")),
        files);
  }

  @Test
  void filesOfATracebackAreAmongThem() {
    String traceback = "  File \"/web/my app/db.py\", line 3, in <module>\n    import x\n";
    assertEquals(Set.of("/web/my app", "/web/my app/db.py"), named("IS0053", traceback));
  }

  @Test
  void fileThatAMessageNamesIsAmongThem() {
    String message = "IS0076: Loading 'shop' failed: line 3 of /web/lib/six.py has an f-string.";
    assertEquals(Set.of("/web/lib", "/web/lib/six.py"), named(message, null));
  }

  @Test
  void whatIsNoFileIsNotAmongThem() {
    assertEquals(Set.of(), named("File \"<string>\", line 1; see shop.py", "docs/errors.md"));
  }
}
