package dev.datastudio.agents.chat;

import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.chat.internal.TraceReader;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.conversation.Message;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a message of a conversation came about, in short: read from {@link Message#detail()}. Immutable. Texts and arguments
 * of tools are data of anybody: show them as text.
 *
 * @param status how the answer ended, such as {@code answered} or {@code stopped}; empty for a question
 * @param asked how a question was asked; empty for an answer
 * @param agents who answered, by their ids
 * @param by who chose them, such as {@code rules}; empty for a question
 * @param why they were chosen, for people; empty for a question
 * @param tools what was called, in order
 * @param statements the SQL that was run
 * @param artifacts keys of files that were made
 * @param answers JSON of what the built-in planner answered, see {@link dev.datastudio.agents.ask.AnswerJson}; with the
 *     first rows of each result, and without paths
 * @param quotes words of documents that tools answered with
 * @param figures the numbers of the answer, with what they rest on
 * @param allFiguresRead whether the whole answer was checked for them
 * @param use what the models used
 * @param problem why there is no answer, or not the whole one; empty when nothing is missing
 */
public record ChatTrace(
        String status,
        Optional<Asked> asked,
        List<String> agents,
        String by,
        String why,
        List<ToolUse> tools,
        List<String> statements,
        List<String> artifacts,
        List<String> answers,
        List<Quote> quotes,
        List<StatedFigure> figures,
        boolean allFiguresRead,
        Use use,
        Optional<AgentReply.Problem> problem) {
    public ChatTrace {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(asked, "asked");
        agents = List.copyOf(agents);
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(why, "why");
        tools = List.copyOf(tools);
        statements = List.copyOf(statements);
        artifacts = List.copyOf(artifacts);
        answers = List.copyOf(answers);
        quotes = List.copyOf(quotes);
        figures = List.copyOf(figures);
        Objects.requireNonNull(use, "use");
        Objects.requireNonNull(problem, "problem");
    }

    /**
     * How a question was asked. Immutable.
     *
     * @param agent who was to answer
     * @param model the name of the configuration; empty for the usual one
     * @param sources the ids of the data sets and databases that it was about
     */
    public record Asked(String agent, String model, List<String> sources) {
        public Asked {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(model, "model");
            sources = List.copyOf(sources);
        }
    }

    /**
     * A call of a tool. Immutable.
     *
     * @param agent who called it
     * @param name of the tool, as the model wrote it
     * @param arguments JSON text, as the model wrote it
     * @param result what it gave, as the model read it
     * @param millis how long it took
     * @param isError whether it did not do what it was asked to
     */
    public record ToolUse(String agent, String name, String arguments, String result, long millis, boolean isError) {}

    /**
     * Words of a document. Immutable.
     *
     * @param document its id
     * @param name of the document, for people
     * @param page from 1; 0 when its format has none
     * @param text the words, on one line
     * @param from where they begin in the text of the document
     * @param to where they end there, exclusive
     */
    public record Quote(String document, String name, int page, String text, long from, long to) {}

    /**
     * A number, date or time that the answer states. Immutable.
     *
     * @param text as the answer writes it
     * @param start where it begins there, in characters from 0
     * @param basis what it rests on: {@code stated}, {@code derived}, {@code asked}, {@code customary} or
     *     {@code unsupported}
     */
    public record StatedFigure(String text, int start, String basis) {}

    /**
     * What models used. Immutable.
     *
     * @param models the names of their configurations; empty when none was asked
     * @param tokensIn how many tokens were read
     * @param tokensOut how many were written
     * @param cost in US dollars; empty when it is not known
     * @param millis how long all steps took, those of agents that work together as long as the longest
     */
    public record Use(List<String> models, long tokensIn, long tokensOut, Optional<BigDecimal> cost, long millis) {
        public Use {
            models = List.copyOf(models);
            Objects.requireNonNull(cost, "cost");
        }
    }

    /**
     * The trace of a message.
     *
     * @throws StudioException {@link ErrorCode#WORKSPACE_DAMAGED} when it can't be read
     */
    public static ChatTrace of(Message message) {
        return TraceReader.read(message);
    }
}
