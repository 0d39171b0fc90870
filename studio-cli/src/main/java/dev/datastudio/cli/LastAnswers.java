package dev.datastudio.cli;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Conversation.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The conversation of the command line about some files: one for each choice of files. */
final class LastAnswers {
    private static final String AGENT = "command_line";
    private static final int MAX_TITLE = 200;

    private final Studio studio;
    private final List<Dataset> datasets;

    LastAnswers(Studio studio, List<Dataset> datasets) {
        this.studio = studio;
        this.datasets = datasets;
    }

    /** The conversation; empty when nothing was asked about these files yet. */
    Optional<String> find() {
        return studio.conversations().about(about()).source().stream()
                .filter(c -> c.agent().equals(AGENT) && c.status() == Status.ACTIVE)
                .map(Conversation::id)
                .findFirst();
    }

    /** The conversation, begun when it is not there. */
    String open() {
        return find().orElseGet(() -> begin().id());
    }

    private Conversation begin() {
        String names = datasets.stream().map(Dataset::name).collect(Collectors.joining(", "));
        String title = "Command line: " + names;
        return studio.conversations().begin(AGENT, title.substring(0, Math.min(MAX_TITLE, title.length())), about());
    }

    private About about() {
        String ids = datasets.stream().map(d -> d.id().toString()).sorted().collect(Collectors.joining(","));
        String source = datasets.size() == 1
                ? ids
                : UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.UTF_8)).toString();
        return new About(source, "", "");
    }

    /** Keeps an answer for what is said after it. */
    void remember(String question, Answer answer) {
        if (answer.status() == AnswerStatus.ANSWERED) {
            Analyst.of(studio).remember(open(), question, answer);
        }
    }
}
