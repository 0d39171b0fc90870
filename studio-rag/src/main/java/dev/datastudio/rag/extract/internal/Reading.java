package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.ExtractionLimits;
import java.nio.file.Path;

/**
 * One file being read.
 *
 * @param file where it lies
 * @param name what it is called
 * @param depth 0 for the document itself, 1 for one inside it
 * @param scratch a folder for what is unpacked; emptied by whoever made it
 */
record Reading(Path file, String name, int depth, ExtractionLimits limits, BlockWriter writer, Path scratch) {
    Facts facts() {
        return writer.facts();
    }

    /** A document inside this one. */
    Reading inner(Path innerFile, String innerName) {
        return new Reading(innerFile, innerName, depth + 1, limits, writer, scratch);
    }
}
