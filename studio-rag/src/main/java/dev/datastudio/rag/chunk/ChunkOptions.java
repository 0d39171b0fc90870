package dev.datastudio.rag.chunk;

/**
 * How documents are cut. Immutable.
 *
 * @param maxTokens the most tokens of a chunk with its context, 16 to 100,000
 * @param overlapTokens how many tokens of whole sentences a chunk repeats of the one before when a text had to be cut,
 *     0 to half of {@code maxTokens}
 * @param maxContextTokens the most tokens of title, headings and table header, 0 to half of {@code maxTokens}; what is
 *     more is left out, the highest headings first
 * @param minTokens a section of fewer tokens is put together with the next one, unless that stands higher; 0 to {@code
 *     maxTokens}
 */
public record ChunkOptions(int maxTokens, int overlapTokens, int maxContextTokens, int minTokens) {
    /** For BGE-small, which takes 510 tokens: 510, overlap 64, context 96, sections from 128 on alone. */
    public static final ChunkOptions DEFAULTS = new ChunkOptions(510, 64, 96, 128);

    /** @throws IllegalArgumentException if a value is out of its range */
    public ChunkOptions {
        requireRange("maxTokens", maxTokens, 16, 100_000);
        requireRange("overlapTokens", overlapTokens, 0, maxTokens / 2);
        requireRange("maxContextTokens", maxContextTokens, 0, maxTokens / 2);
        requireRange("minTokens", minTokens, 0, maxTokens);
    }

    private static void requireRange(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " must be in " + from + ".." + to + ", was " + value);
        }
    }
}
