package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.vocabulary.Vocabulary;
import dev.datastudio.api.dataset.Dataset;
import java.time.LocalDate;
import java.util.List;

/**
 * One question on its way through the graph. Immutable.
 *
 * @param id of the answer
 * @param datasets its tables, with different table names
 * @param question as typed
 * @param options how it is answered
 * @param today the day it is asked on
 * @param vocabulary what was taught until then
 */
record AskTask(
        String id,
        List<Dataset> datasets,
        String question,
        AskOptions options,
        LocalDate today,
        Vocabulary vocabulary) {
    AskTask {
        datasets = List.copyOf(datasets);
    }
}
