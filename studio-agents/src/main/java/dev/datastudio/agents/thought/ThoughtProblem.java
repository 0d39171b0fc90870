package dev.datastudio.agents.thought;

/**
 * What a search starts with. Immutable.
 *
 * @param problem as the strategies are to read it; not blank
 */
public record ThoughtProblem(String problem) {
    /** @throws IllegalArgumentException if the problem is blank */
    public ThoughtProblem {
        if (problem.isBlank()) {
            throw new IllegalArgumentException("problem must not be blank");
        }
    }
}
