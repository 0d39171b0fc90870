package dev.datastudio.agents.chat;

/**
 * How much may be answered at once. Immutable.
 *
 * @param concurrentAnswers how many answers of one organisation may be written at once in this process, at least 1
 */
public record ChatLimits(int concurrentAnswers) {
    /** 50 answers at once. */
    public static final ChatLimits DEFAULT = new ChatLimits(50);

    /** @throws IllegalArgumentException if the limit is out of range */
    public ChatLimits {
        if (concurrentAnswers < 1) {
            throw new IllegalArgumentException("concurrentAnswers must be at least 1, was " + concurrentAnswers);
        }
    }
}
