package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.vocabulary.Vocabulary;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.query.QueryEngine;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One question on its way through the graph. Immutable.
 *
 * @param id of the answer
 * @param datasets its tables, with different table names
 * @param question as typed
 * @param options how it is answered
 * @param today the day it is asked on
 * @param vocabulary what was taught until then
 * @param source what is known of the database; null for imported data sets
 * @param engine answers SQL over the database, and stays open; null for imported data sets
 */
record AskTask(
        String id,
        List<Dataset> datasets,
        String question,
        AskOptions options,
        LocalDate today,
        Vocabulary vocabulary,
        @Nullable SourceTables source,
        @Nullable QueryEngine engine) {
    AskTask {
        datasets = List.copyOf(datasets);
    }

    /** A question about imported data sets. */
    AskTask(
            String id,
            List<Dataset> datasets,
            String question,
            AskOptions options,
            LocalDate today,
            Vocabulary vocabulary) {
        this(id, datasets, question, options, today, vocabulary, null, null);
    }

    /** A question about a database, which its own engine answers. */
    static AskTask over(
            SourceTables source,
            QueryEngine engine,
            String question,
            AskOptions options,
            LocalDate today,
            Vocabulary vocabulary) {
        String id = UUID.randomUUID().toString();
        return new AskTask(id, source.tables(), question, options, today, vocabulary, source, engine);
    }
}
