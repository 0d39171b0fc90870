package dev.datastudio.agents.thought;

/** Says when a search has found what it looks for. Called for the kept states, the best first; quick, no side effects. */
@FunctionalInterface
public interface StopTest {
    /** Whether to end here; this state is then the result. */
    boolean isFound(ThoughtPath path, double score);
}
