// What Spring Boot prints if Python does not start, instead of a stack trace of its own.
package org.isthmus.spring;

import org.isthmus.deploy.StartFailure;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what was broken; the traceback is in the log already. */
final class StartFailureAnalyzer extends AbstractFailureAnalyzer<StartFailure> {
  @Override
  protected FailureAnalysis analyze(Throwable root, StartFailure cause) {
    return new FailureAnalysis(
        cause.reason(),
        "Do what the description says. The log record above, which begins with IS0065, has the"
            + " traceback of Python and all causes.",
        cause);
  }
}
