package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.vocabulary.Vocabulary;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.tenant.Caller;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One question on its way through the graph. Immutable.
 *
 * @param caller who asks; every table is this caller's
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
        Caller caller,
        String id,
        List<Dataset> datasets,
        String question,
        AskOptions options,
        LocalDate today,
        Vocabulary vocabulary,
        @Nullable SourceTables source,
        @Nullable QueryEngine engine) {
    /** @throws StudioException DATASET_NOT_FOUND when one of the data sets belongs to somebody else */
    AskTask {
        datasets = List.copyOf(datasets);
        for (Dataset dataset : datasets) {
            if (!dataset.owner().equals(caller)) {
                throw new StudioException(
                        ErrorCode.DATASET_NOT_FOUND,
                        "Data set " + StudioException.quote(dataset.id()) + " is not there",
                        "Use one of your own data sets");
            }
        }
    }

    /** A question about imported data sets. */
    AskTask(
            Caller caller,
            String id,
            List<Dataset> datasets,
            String question,
            AskOptions options,
            LocalDate today,
            Vocabulary vocabulary) {
        this(caller, id, datasets, question, options, today, vocabulary, null, null);
    }

    /** This task, to be answered under an id. */
    AskTask withId(String id) {
        return new AskTask(caller, id, datasets, question, options, today, vocabulary, source, engine);
    }

    /** A question about a database, which its own engine answers. */
    static AskTask over(
            Caller caller,
            SourceTables source,
            QueryEngine engine,
            String question,
            AskOptions options,
            LocalDate today,
            Vocabulary vocabulary) {
        String id = UUID.randomUUID().toString();
        return new AskTask(caller, id, source.tables(), question, options, today, vocabulary, source, engine);
    }
}
