package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentSpec;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** What an agent may be. */
public record SpecRules(
        String id,
        String title,
        String description,
        String instructions,
        List<String> tools,
        String model,
        OptionalDouble temperature) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{1,63}");
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{1,100}");
    private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MAX_DESCRIPTION = 1_000;
    private static final int MAX_TOOLS = 64;
    private static final double MAX_TEMPERATURE = 2;

    /**
     * Checks everything.
     *
     * @throws StudioException INVALID_ARGUMENT that names every part that breaks its rule
     */
    public void check() {
        List<String> wrong = new ArrayList<>();
        require(
                ID.matcher(id).matches(),
                "an id of 2 to 64 lower-case letters, digits and '_', beginning with a letter",
                id,
                wrong);
        require(
                LINE.matcher(title).matches() && !title.isBlank(),
                "a title of 1 to 100 characters without line breaks",
                title,
                wrong);
        requireLength("a description", description, MAX_DESCRIPTION, wrong);
        requireLength("instructions", instructions, AgentSpec.MAX_INSTRUCTIONS, wrong);
        require(
                model.isEmpty() || LINE.matcher(model).matches(),
                "a model of at most 100 characters without line breaks",
                model,
                wrong);
        temperature.ifPresent(
                value -> require(value >= 0 && value <= MAX_TEMPERATURE, "a temperature in 0..2", value, wrong));
        checkTools(wrong);
        if (!wrong.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "An agent must have " + String.join("; ", wrong),
                    "Correct what is named and try again");
        }
    }

    private void checkTools(List<String> wrong) {
        require(tools.size() <= MAX_TOOLS, "at most " + MAX_TOOLS + " tools", tools.size(), wrong);
        tools.stream()
                .filter(tool -> !TOOL.matcher(tool).matches())
                .limit(1)
                .forEach(tool -> require(false, "names of tools of letters, digits, '_' and '-'", tool, wrong));
    }

    private static void requireLength(String what, String text, int max, List<String> wrong) {
        require(text.length() <= max, what + " of at most " + max + " characters", text.length(), wrong);
    }

    private static void require(boolean isRight, String rule, Object value, List<String> wrong) {
        if (!isRight) {
            wrong.add(rule + ", was " + StudioException.quote(value));
        }
    }
}
