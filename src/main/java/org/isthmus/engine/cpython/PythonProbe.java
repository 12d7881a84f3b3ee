// What an interpreter reports about itself, or why it cannot be used.
package org.isthmus.engine.cpython;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isthmus.exchange.SafeText;

/** Runs it once, without its site-packages. Immutable. */
final class PythonProbe {
  /** {@code _imp} has the suffixes of importlib.machinery without the cost of importing it. */
  private static final String QUESTION =
      "import sys, os, _imp; print('%s %d %d %s %s' % ((sys.implementation.name,)"
          + " + sys.version_info[:2] + (','.join(_imp.extension_suffixes()), os.uname()[4])))";

  private static final Pattern ANSWER =
      Pattern.compile("(\\w+) (\\d{1,4}) (\\d{1,4}) (\\S+) (\\S+)");

  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** The length to read of an ELF header, and the offset of e_machine in it. */
  private static final int ELF = 20;

  private static final int MACHINE = 18;

  private final String refusal;
  private final int minor;
  private final List<String> suffixes;
  private final String machine;

  private PythonProbe(String refusal, int minor, List<String> suffixes, String machine) {
    this.refusal = refusal;
    this.minor = minor;
    this.suffixes = suffixes;
    this.machine = machine;
  }

  private static PythonProbe refused(String reason) {
    return new PythonProbe(reason, 0, List.of(), "");
  }

  /** Runs an interpreter to ask it about itself, for 10 seconds at most. */
  static PythonProbe of(Path candidate) {
    return of(candidate, LIMIT);
  }

  /** Runs an interpreter; one that has not ended within a limit is killed, and refused. */
  static PythonProbe of(Path candidate, Duration limit) {
    if (!Files.exists(candidate)) {
      return refused("not there");
    }
    if (!Files.isExecutable(candidate)) {
      return refused("not executable by this user");
    }
    try {
      String output = output(candidate, limit);
      boolean isForeign = !ANSWER.matcher(output).matches() && isForeign(candidate);
      return isForeign ? refused("it was built for another architecture") : judged(output);
    } catch (IOException e) {
      return refused(explained(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused("interrupted");
    }
  }

  private static String output(Path candidate, Duration limit)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(candidate.toString(), "-I", "-S", "-c", QUESTION)
            .redirectErrorStream(true);
    WorkerEnvironment.clean(builder.environment(), Map.of());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("it does not answer");
      }
      // Only now, and no more than there is: a read would wait for as long as the process, or a
      // child of it, has the pipe open. The answer is shorter than what a pipe holds.
      InputStream out = process.getInputStream();
      byte[] output = out.readNBytes(out.available());
      // The dynamic linker begins with the path, which may be longer than what is shown.
      String name = candidate.getFileName().toString();
      return new String(output, StandardCharsets.UTF_8).strip().replace(candidate.toString(), name);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** ENOENT for a file that exists refers to the loader that it names. */
  private static String explained(String message) {
    return message.contains("error=2,") ? "it was built for another C library" : message;
  }

  /**
   * Returns whether a program is for another processor than this one, by its ELF header: if the
   * kernel refuses a program, Java lets a shell try, whose error message does not help.
   */
  private static boolean isForeign(Path program) throws IOException {
    byte[] one = header(program);
    byte[] own = header(Path.of("/proc/self/exe"));
    boolean areElf = one.length == ELF && own.length == ELF && one[0] == 0x7F && own[0] == 0x7F;
    return areElf && (one[MACHINE] != own[MACHINE] || one[MACHINE + 1] != own[MACHINE + 1]);
  }

  private static byte[] header(Path program) throws IOException {
    if (!Files.isReadable(program)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(program)) {
      return in.readNBytes(ELF);
    }
  }

  private static PythonProbe judged(String output) {
    Matcher answer = ANSWER.matcher(output);
    if (!answer.matches()) {
      return refused("it says " + SafeText.quoted(output));
    }
    if (!answer.group(1).equals("cpython")) {
      return refused("it is " + answer.group(1));
    }
    int major = Integer.parseInt(answer.group(2));
    int minor = Integer.parseInt(answer.group(3));
    if (major != 3 || minor < 9) {
      return refused("its version is " + major + "." + minor);
    }
    return new PythonProbe(null, minor, List.of(answer.group(4).split(",")), answer.group(5));
  }

  /** Returns why it cannot be used; null if it can. */
  String refusal() {
    return refusal;
  }

  /** Returns 12 for Python 3.12. */
  int minor() {
    return minor;
  }

  /** Returns the suffixes of the extension modules that it loads, its own ABI's first. */
  List<String> suffixes() {
    return suffixes;
  }

  /** Returns uname's name of the processor: {@code x86_64}, {@code aarch64}, {@code arm64}. */
  String machine() {
    return machine;
  }
}
