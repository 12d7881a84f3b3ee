// A process of its own that copies a packed web application, for WebInfTest.
package org.isthmus.webinf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.isthmus.errors.WsgiException;

/** Tells where the copy is, holds it until its input ends, and ends as it is told. */
final class Stages implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private Stages(Process process) {
    this.process = process;
    InputStream output = process.getInputStream();
    this.output = new BufferedReader(new InputStreamReader(output, StandardCharsets.US_ASCII));
  }

  /**
   * Starts it.
   *
   * @param end {@code exit}, and the copy is closed while the JVM ends; {@code halt}, and it is not
   * @param limit how many blocks of 512 or 1024 octets it may write into a file, or "unlimited"
   */
  static Stages start(Path archive, Path temporary, String end, String limit) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                "sh",
                "-c",
                "ulimit -f $0 && exec \"$@\"",
                limit,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Stages.class.getName(),
                archive.toString(),
                temporary.toString(),
                end));
    builder.environment().putAll(Map.of("LC_ALL", "C", "LANG", "C"));
    return new Stages(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  static Stages start(Path archive, Path temporary, String end) throws IOException {
    return start(archive, temporary, end, "unlimited");
  }

  /** Returns the directory of its copy, or the message of what went wrong. */
  String answer() throws IOException {
    return output.readLine();
  }

  /** Ends it, and waits until it has. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("it does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
  }

  public static void main(String[] args) throws IOException {
    try {
      WebInf webInf = new PackedWebApp(Path.of(args[0]), Path.of(args[1])).webInf();
      Runtime.getRuntime().addShutdownHook(new Thread(webInf::close));
      System.out.println(webInf.directory());
    } catch (WsgiException e) {
      System.out.println(e.getMessage());
    }
    System.out.flush();
    while (System.in.read() >= 0) {
      // Until the test has seen enough.
    }
    if (args[2].equals("halt")) {
      Runtime.getRuntime().halt(0);
    }
  }
}
