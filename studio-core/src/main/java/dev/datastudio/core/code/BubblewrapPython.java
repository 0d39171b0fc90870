package dev.datastudio.core.code;

import dev.datastudio.api.code.CodeAvailability;
import dev.datastudio.api.code.CodeRequest;
import dev.datastudio.api.code.CodeResult;
import dev.datastudio.api.code.CodeRunner;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.code.internal.Proof;
import java.nio.file.Path;

/**
 * Runs the system's Python 3 in a jail of Linux namespaces made by bubblewrap, with limits set by prlimit and a filter
 * of system calls. Thread-safe; each run has a jail of its own.
 *
 * <p>It is had by {@link #probe()} only, which tries to break out and makes it available when every attempt failed.
 */
public final class BubblewrapPython implements CodeRunner {
    private final Proof.Verdict verdict;

    private BubblewrapPython(Proof.Verdict verdict) {
        this.verdict = verdict;
    }

    /** As {@link #probe(Path)}, in the system's temporary folder. */
    public static BubblewrapPython probe() {
        return probe(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    /**
     * Proves that the walls hold on this machine: code that reads the host's files, writes outside, opens sockets, looks
     * for processes, makes namespaces and takes too much must fail in each. Takes about a second; do it at start-up.
     *
     * @param temporaryFolder there; holds copies of inputs and outputs while a run lasts, twice
     *     {@link dev.datastudio.api.code.CodeLimits#maxFileBytes()} at most
     * @return a runner, or one that is not available and says why
     */
    public static BubblewrapPython probe(Path temporaryFolder) {
        return new BubblewrapPython(Proof.of(temporaryFolder.toAbsolutePath()));
    }

    @Override
    public String name() {
        return "bubblewrap-python";
    }

    @Override
    public String description() {
        return "Python in a jail of Linux namespaces, without network, host files or environment.";
    }

    @Override
    public CodeAvailability availability() {
        return verdict.availability();
    }

    @Override
    public CodeResult run(CodeRequest request, Cancellation cancellation) {
        return verdict.runner()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.DEPENDENCY_MISSING,
                        "Code can't be run here: " + availability().text(),
                        "Mend what it says and start the program again"))
                .run(request, cancellation);
    }
}
