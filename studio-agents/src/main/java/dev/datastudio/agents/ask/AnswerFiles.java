package dev.datastudio.agents.ask;

import java.util.Optional;

/** What an answer that is read on another machine has in place of files here. Called once for each; may be slow. */
public interface AnswerFiles {
    /** Where a file of the answer is fetched from. */
    String url(AnswerArtifact artifact);

    /** The chart of a step as a Plotly figure, JSON text; empty when it has none. */
    Optional<String> figure(AnswerStep step);
}
