package dev.datastudio.agents.graph;

import dev.datastudio.api.error.StudioException;
import java.util.Objects;

/**
 * Why a run or a node failed. Immutable.
 *
 * @param code for programs: the name of an {@link dev.datastudio.api.error.ErrorCode}
 * @param what in one sentence without its full stop
 * @param mend what to do now, one sentence without its full stop
 * @param node the node that failed; empty when no single one is at fault, such as at the limit of steps
 */
public record RunProblem(String code, String what, String mend, String node) {
    public RunProblem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(mend, "mend");
        Objects.requireNonNull(node, "node");
    }

    /** What an error says. */
    public static RunProblem of(StudioException error, String node) {
        return new RunProblem(error.code().name(), error.what(), error.mend(), node);
    }
}
