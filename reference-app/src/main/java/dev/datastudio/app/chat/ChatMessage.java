package dev.datastudio.app.chat;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.datastudio.agents.chat.ChatTrace;
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
     * @param status how the answer ended; null for a question
     * @param agent who answered; null for a question
     * @param agents all who answered
     * @param why they were chosen
     * @param tools what was called, in order
     * @param sources the ids of the data sets and databases that a question was about
     * @param charts what was drawn
     * @param sql the statements that were run
     * @param artifacts keys of all files that were made
     * @param unsupported numbers of the text that nothing states
     * @param tokens how many were read and written
     * @param cost of the tokens in US dollars; null when it is not known
     * @param problem why there is no answer, or not the whole one; null when nothing is missing
     */
    @Schema(name = "MessageDetail")
    public record Detail(
            Optional<String> status,
            Optional<String> agent,
            List<String> agents,
            String why,
            List<Tool> tools,
            List<String> sources,
            List<Drawing> charts,
            List<String> sql,
            List<String> artifacts,
            List<String> unsupported,
            long tokens,
            Optional<BigDecimal> cost,
            Optional<String> problem) {}

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
