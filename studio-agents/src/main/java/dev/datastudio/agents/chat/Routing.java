package dev.datastudio.agents.chat;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Who answers a message, and why. Immutable.
 *
 * @param choices at least one, in the order in which they are told
 * @param order whether they work one after the other
 * @param by who chose
 * @param why in a sentence, for people
 */
public record Routing(List<Choice> choices, Order order, By by, String why) {
    /** @throws IllegalArgumentException if there is no choice */
    public Routing {
        choices = List.copyOf(choices);
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(why, "why");
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("choices must not be empty");
        }
    }

    /** The ids of the agents. */
    public List<String> agents() {
        return choices.stream().map(Choice::agent).toList();
    }

    /**
     * An agent with its part of the question.
     *
     * @param agent its id
     * @param task what it is asked: the message itself, or a part of it in the words of the model that chose
     */
    public record Choice(String agent, String task) {
        public Choice {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(task, "task");
        }
    }

    /** How several agents work. */
    public enum Order {
        /** At the same time. */
        TOGETHER,
        /** One after the other, each with the answers of those before it. */
        IN_TURN;

        /** The name in JSON: lower case. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who chose. */
    public enum By {
        /** The one who asked named the agent. */
        REQUEST,
        /** The model. */
        MODEL,
        /** The rules of the studio. */
        RULES;

        /** The name in JSON: lower case. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
