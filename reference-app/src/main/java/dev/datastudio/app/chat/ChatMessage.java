package dev.datastudio.app.chat;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.datastudio.agents.chat.ChatTrace;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that was said. The text of an answer is Markdown in which nothing is loaded or run; that of a question is as it
 * was written. What tools gave is data of anybody: show it as text.
 *
 * @param number 1 for the first of its conversation
 * @param parent the number of the message that it follows; 0 for one that begins the conversation
 * @param role who said it
 * @param text what was said
 * @param detail how it came about
 * @param siblings the numbers of the messages that follow the same one, itself among them: where branches part
 * @param rating what you think of it; null for nothing
 * @param createdAt when it was said
 */
@Schema(name = "Message")
public record ChatMessage(
        long number,
        long parent,

        @Schema(allowableValues = {"user", "assistant", "tool", "system"})
        String role,

        String text,
        Detail detail,
        List<Long> siblings,
        @Schema(allowableValues = {"up", "down"}) Optional<String> rating,
        Instant createdAt) {
    /**
     * How a message came about.
     *
     * @param asked how a question was asked; null for an answer
     * @param status how the answer ended; null for a question
     * @param agent who answered; null for a question
     * @param agents all who answered
     * @param by who chose them; null for a question
     * @param why they were chosen
     * @param tools what was called, in order
     * @param sources the ids of the data sets and databases that a question was about
     * @param charts what was drawn
     * @param sql the statements that were run
     * @param artifacts keys of all files that were made
     * @param answers what the built-in planner answered, as POST /ask writes it, with the first rows of each result
     * @param quotes words of documents that the answer was given
     * @param figures the numbers of an answer, and what they rest on
     * @param figuresComplete whether the whole answer was read for its numbers
     * @param models the names of the configurations of the models that answered
     * @param tokens how many were read and written
     * @param tokensIn how many were read
     * @param tokensOut how many were written
     * @param cost of the tokens in US dollars; null when it is not known
     * @param millis how long the work took
     * @param problem why there is no answer, or not the whole one; null when nothing is missing
     */
    @Schema(name = "MessageDetail")
    public record Detail(
            Optional<Asked> asked,

            @Schema(allowableValues = {"answered", "limit_reached", "stopped", "failed", "cannot_answer"})
            Optional<String> status,

            Optional<String> agent,
            List<String> agents,

            @Schema(allowableValues = {"request", "model", "rules"})
            Optional<String> by,

            String why,
            List<Tool> tools,
            List<String> sources,
            List<Drawing> charts,
            List<String> sql,
            List<String> artifacts,

            @JsonRawValue @ArraySchema(schema = @Schema(type = "object"))
            String answers,

            List<Quote> quotes,
            List<Figure> figures,
            boolean figuresComplete,
            List<String> models,
            long tokens,
            long tokensIn,
            long tokensOut,
            Optional<BigDecimal> cost,
            long millis,
            Optional<Failure> problem) {}

    /**
     * How a question was asked.
     *
     * @param agent who was to answer, or {@code auto}
     * @param model the name of a configuration; empty for the usual one
     * @param sources the ids of data sets and databases
     * @param documents whether the documents were asked too
     */
    @Schema(name = "MessageAsked")
    public record Asked(String agent, String model, List<String> sources, boolean documents) {
        static Asked of(ChatTrace.Asked asked) {
            return new Asked(asked.agent(), asked.model(), asked.sources(), asked.documents());
        }
    }

    /**
     * Words of a document.
     *
     * @param documentId the document
     * @param documentName its name
     * @param page from 1; null when its format has none
     * @param quote the words
     * @param from where they begin in the text of the document
     * @param to where they end there
     */
    @Schema(name = "MessageQuote")
    public record Quote(
            String documentId, String documentName, Optional<Integer> page, String quote, long from, long to) {
        static Quote of(ChatTrace.Quote quote) {
            return new Quote(
                    quote.document(),
                    quote.name(),
                    Optional.of(quote.page()).filter(page -> page > 0),
                    quote.text(),
                    quote.from(),
                    quote.to());
        }
    }

    /**
     * A number that an answer states.
     *
     * @param text as it stands there
     * @param start where it begins in the answer
     * @param basis what it rests on
     */
    @Schema(name = "MessageFigure")
    public record Figure(
            String text,
            int start,

            @Schema(allowableValues = {"stated", "derived", "asked", "customary", "unsupported"})
            String basis) {
        static Figure of(ChatTrace.StatedFigure figure) {
            return new Figure(figure.text(), figure.start(), figure.basis());
        }
    }

    /**
     * Why there is no answer, or not the whole one.
     *
     * @param code for programs
     * @param what what happened
     * @param mend what to do about it
     */
    @Schema(name = "MessageProblem")
    public record Failure(String code, String what, String mend) {
        static Failure of(ChatTrace.Problem problem) {
            return new Failure(problem.code(), problem.what(), problem.mend());
        }
    }

    /**
     * A call of a tool.
     *
     * @param agent who called it
     * @param name of the tool
     * @param arguments JSON text, as the model wrote it
     * @param result what it gave
     * @param millis how long it took
     * @param error whether it did not do what it was asked to
     */
    @Schema(name = "MessageTool")
    public record Tool(String agent, String name, String arguments, String result, long millis, boolean error) {
        static Tool of(ChatTrace.ToolUse use) {
            return new Tool(use.agent(), use.name(), use.arguments(), use.result(), use.millis(), use.isError());
        }
    }

    /**
     * A chart that was drawn.
     *
     * @param key of its figure among the files
     * @param title what it shows
     * @param figure what Plotly draws
     */
    @Schema(name = "MessageChart")
    public record Drawing(
            String key,
            String title,
            @JsonRawValue @Schema(type = "object") String figure) {}
}
