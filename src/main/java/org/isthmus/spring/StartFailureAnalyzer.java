// What Spring Boot prints if Python does not start, instead of a stack trace of its own.
package org.isthmus.spring;

import org.isthmus.deploy.StartFailure;
import org.isthmus.errors.Rule;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what was broken; the traceback is in the log already. */
final class StartFailureAnalyzer extends AbstractFailureAnalyzer<StartFailure> {
  @Override
  protected FailureAnalysis analyze(Throwable root, StartFailure cause) {
    return new FailureAnalysis(
        cause.reason(),
        "Follow the remedy in the description. The log record above that begins with "
            + Rule.START_FAILED.code()
            + " has the Python traceback and all causes.",
        cause);
  }
}
