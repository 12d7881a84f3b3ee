// What Spring Boot prints if Python does not start, instead of a stack trace of its own.
package org.isthmus.spring;

import org.isthmus.deploy.StartFailure;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Points to the cause, which is in the log already. */
final class StartFailureAnalyzer extends AbstractFailureAnalyzer<StartFailure> {
  @Override
  protected FailureAnalysis analyze(Throwable root, StartFailure cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Read the log record above that begins with this code; the cause follows it.",
        cause);
  }
}
