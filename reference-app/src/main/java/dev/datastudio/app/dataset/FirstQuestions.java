package dev.datastudio.app.dataset;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.util.List;
import java.util.Locale;

/** Questions to begin with. */
public final class FirstQuestions {
    private FirstQuestions() {}

    /** Up to three questions about a data set that the built-in planner answers, each beginning with a capital letter. */
    public static List<String> of(Studio studio, Dataset dataset) {
        return Analyst.of(studio).suggestions(dataset).stream()
                .map(question -> question.substring(0, 1).toUpperCase(Locale.ROOT) + question.substring(1))
                .toList();
    }
}
