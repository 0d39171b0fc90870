package dev.datastudio.app.identity;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do when the application refuses to start in single-user mode. */
class OpenToOthersAnalyzer extends AbstractFailureAnalyzer<OpenToOthersException> {
    @Override
    protected FailureAnalysis analyze(Throwable failure, OpenToOthersException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set studio.identity.mode=accounts so that people sign in, or leave out server.address",
                cause);
    }
}
