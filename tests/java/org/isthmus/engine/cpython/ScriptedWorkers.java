// Workers that are shell scripts: they say what a test wants, and do no more.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Starts each in a directory of its own, where it makes its pipes. */
final class ScriptedWorkers implements Supervisor.Start {
  /** Makes the pipes of two slots, and says HELLO, with the marshal of (). */
  static final String HELLO =
      "mkfifo q o e p0 d0 p1 d1; printf '\\0\\0\\0\\015\\0\\0\\050\\0(\\0\\0\\0\\0';";

  /** Says LOADED, with the marshal of (0, "a"). */
  static final String LOADED =
      " printf '\\0\\0\\0\\030\\0\\0\\051\\0(\\002\\0\\0\\0';"
          + " printf 'i\\0\\0\\0\\0u\\001\\0\\0\\0a';";

  /** Ends when it has no more commands to read. */
  static final String STAY = " cat >/dev/null; exit 0";

  private final Path directory;
  private final String script;
  private final int slots;

  /**
   * Starts none yet.
   *
   * @param directory has theirs
   * @param slots how many of them are opened
   */
  ScriptedWorkers(Path directory, String script, int slots) {
    this.directory = directory;
    this.script = script;
    this.slots = slots;
  }

  @Override
  public WorkerProcess start(int number, WorkerProcess.Owner owner) throws IOException {
    Path pipes = Files.createDirectory(directory.resolve(Integer.toString(number)));
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).directory(pipes.toFile());
    return new WorkerProcess(
        number, builder, pipes, Map.of("slots", slots), new WorkerLog(), owner);
  }
}
