package dev.datastudio.agents.planner.internal;

import java.util.List;
import java.util.Set;

/**
 * What became of one sentence of a request.
 *
 * @param cues what kinds of things it speaks of
 * @param tasks what it added
 * @param unread the items that nobody understood
 * @param words the same and single words, as they are shown
 * @param open words with several readings
 * @param written whether it names a column letter for letter
 */
record ReadSentence(
        Set<Cue> cues,
        List<RequestTask> tasks,
        List<Item> unread,
        List<String> words,
        List<Decisions.Open> open,
        boolean written) {
    ReadSentence {
        cues = Set.copyOf(cues);
        tasks = List.copyOf(tasks);
        unread = List.copyOf(unread);
        words = List.copyOf(words);
        open = List.copyOf(open);
    }

    /** A kind of thing that is asked for. */
    enum Cue {
        SHAPE,
        CORRELATION,
        OUTLIERS,
        MEAN,
        MEDIAN,
        MISSING,
        TEST,
        DEVIATION
    }
}
