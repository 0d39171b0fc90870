package dev.datastudio.agents.thought;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.core.model.internal.BadAnswerException;
import dev.datastudio.core.model.internal.JsonQuestion;
import dev.datastudio.graph.NodeContext;
import dev.langchain4j.model.chat.ChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Lets a chat model propose and score thoughts. It is asked for JSON; an answer that is none, or lacks what it needs, is
 * given back to the model with the reason, a few times. The tokens that the model says it used count against the run's
 * budget. Immutable: each method gives changed thoughts.
 *
 * <p>The strategies fail with code MODEL_ANSWER_INVALID when the last answer is no better; MODEL_FAILED when the model
 * can't be reached or is busy, so that trying again can help; MODEL_REFUSED when it refuses the request.
 */
public final class ModelThoughts {
    /** How often a bad answer is given back when nothing else was said. */
    public static final int DEFAULT_REPAIRS = 2;

    private static final int MOST_REPAIRS = 10;

    private final ChatModel model;
    private final String task;
    private final int repairs;

    private ModelThoughts(ChatModel model, String task, int repairs) {
        this.model = Objects.requireNonNull(model, "model");
        this.task = Objects.requireNonNull(task, "task");
        this.repairs = repairs;
    }

    /** Thoughts of a model that is told nothing but the problem. */
    public static ModelThoughts of(ChatModel model) {
        return new ModelThoughts(model, "", DEFAULT_REPAIRS);
    }

    /** As this, with what the model is told beside the problem: the rules, and what makes a good or a wrong thought. */
    public ModelThoughts task(String value) {
        return new ModelThoughts(model, value, repairs);
    }

    /**
     * As this, giving a bad answer back so often.
     *
     * @param times 0 to 10
     */
    public ModelThoughts repairs(int times) {
        if (times < 0 || times > MOST_REPAIRS) {
            throw new IllegalArgumentException("repairs must be in 0.." + MOST_REPAIRS + ", was " + times);
        }
        return new ModelThoughts(model, task, times);
    }

    /** Asks the model for next thoughts. */
    public Proposer proposer() {
        return (path, count, context) -> question(
                        "You solve a problem one thought at a time. Propose what the next thought could be, in up to "
                                + count + " different ways, the most promising first, and only the next one.",
                        "{\"thoughts\": [\"one way\", \"another way\"]}",
                        "Give an empty list if there is no next thought.")
                .ask(
                        described(path, "Propose at most " + count + " next thoughts."),
                        ModelThoughts::thoughts,
                        asking(context));
    }

    /** Asks the model what a state is worth. */
    public Scorer scorer() {
        return (path, context) -> question(
                        "You judge one thought on the way to solving a problem: how likely is it that the problem can be"
                                + " solved by going on from here?",
                        "{\"score\": 0.5, \"refused\": false, \"reason\": \"why, in a few words\"}",
                        "The score goes from 0 for hopeless to 1 for solved. Set refused to true if the latest thought"
                                + " is wrong or breaks a rule.")
                .ask(described(path, "Judge the latest thought."), ModelThoughts::score, asking(context));
    }

    private JsonQuestion question(String role, String form, String explanation) {
        String system = role + "\n" + (task.isBlank() ? "" : task + "\n")
                + "Answer with one JSON object of this form and nothing else: " + form + "\n" + explanation;
        return new JsonQuestion(model, system, repairs);
    }

    private static JsonQuestion.Asking asking(NodeContext context) {
        return new JsonQuestion.Asking(
                "The model of node '" + context.node() + "'",
                context.cancellation(),
                tokens -> context.spend(tokens, 0));
    }

    private static String described(ThoughtPath path, String wish) {
        StringBuilder text =
                new StringBuilder("Problem:\n").append(path.problem()).append("\n\nThoughts so far:\n");
        if (path.thoughts().isEmpty()) {
            text.append("none\n");
        }
        for (int i = 0; i < path.thoughts().size(); i++) {
            text.append(i + 1).append(". ").append(path.thoughts().get(i)).append('\n');
        }
        return text.append('\n').append(wish).toString();
    }

    private static List<String> thoughts(JsonNode answer) {
        JsonNode list = answer.path("thoughts");
        if (!list.isArray()) {
            throw BadAnswerException.field("thoughts", "a list of texts", list);
        }
        List<String> thoughts = new ArrayList<>();
        for (JsonNode each : list) {
            if (!each.isTextual()) {
                throw BadAnswerException.field("thoughts", "a list of texts only", each);
            }
            thoughts.add(each.asText());
        }
        return thoughts;
    }

    private static ThoughtScore score(JsonNode answer) {
        JsonNode value = answer.path("score");
        if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= 1)) {
            throw BadAnswerException.field("score", "a number from 0 to 1", value);
        }
        JsonNode refused = answer.path("refused");
        if (!refused.isMissingNode() && !refused.isBoolean()) {
            throw BadAnswerException.field("refused", "true or false", refused);
        }
        return new ThoughtScore(
                value.asDouble(), refused.asBoolean(), answer.path("reason").asText());
    }
}
