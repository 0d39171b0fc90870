package dev.datastudio.agents.thought;

/**
 * How wide and how deep a tree of thoughts is searched. Immutable: each method gives changed options.
 *
 * <p>A search asks for at most {@code depth * beamWidth} proposals and {@code depth * beamWidth * thoughtsPerState}
 * scores.
 *
 * @param thoughtsPerState how many next thoughts are taken from one proposal, k in the paper; 1 to 100
 * @param beamWidth how many states are kept at each depth, b in the paper; 1 to 100
 * @param depth how many thoughts a path has at most, T in the paper; 1 to 100
 * @param stopScore the search ends as soon as a kept state has at least this score; above 0, above 1 for never
 */
public record ThoughtOptions(int thoughtsPerState, int beamWidth, int depth, double stopScore) {
    /** Next thoughts for each state when nothing else was said. */
    public static final int DEFAULT_THOUGHTS_PER_STATE = 3;

    /** Kept states when nothing else was said. */
    public static final int DEFAULT_BEAM_WIDTH = 2;

    /** Thoughts in a path when nothing else was said. */
    public static final int DEFAULT_DEPTH = 3;

    /** Ends the search when nothing else was said: the highest score there is. */
    public static final double DEFAULT_STOP_SCORE = 1;

    private static final int MOST = 100;

    /** @throws IllegalArgumentException if a value is out of its range */
    public ThoughtOptions {
        requireInRange("thoughtsPerState", thoughtsPerState);
        requireInRange("beamWidth", beamWidth);
        requireInRange("depth", depth);
        if (!(stopScore > 0)) {
            throw new IllegalArgumentException("stopScore must be above 0, was " + stopScore);
        }
    }

    /** All defaults. */
    public static ThoughtOptions defaults() {
        return new ThoughtOptions(DEFAULT_THOUGHTS_PER_STATE, DEFAULT_BEAM_WIDTH, DEFAULT_DEPTH, DEFAULT_STOP_SCORE);
    }

    /** As these, with so many next thoughts for each state. */
    public ThoughtOptions thoughtsPerState(int value) {
        return new ThoughtOptions(value, beamWidth, depth, stopScore);
    }

    /** As these, with so many kept states. */
    public ThoughtOptions beamWidth(int value) {
        return new ThoughtOptions(thoughtsPerState, value, depth, stopScore);
    }

    /** As these, with so many thoughts in a path. */
    public ThoughtOptions depth(int value) {
        return new ThoughtOptions(thoughtsPerState, beamWidth, value, stopScore);
    }

    /** As these, ending at such a score. */
    public ThoughtOptions stopScore(double value) {
        return new ThoughtOptions(thoughtsPerState, beamWidth, depth, value);
    }

    private static void requireInRange(String name, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(name + " must be in 1.." + MOST + ", was " + value);
        }
    }
}
