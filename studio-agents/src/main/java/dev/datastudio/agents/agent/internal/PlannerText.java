package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.ask.Answer;
import java.util.ArrayList;
import java.util.List;

/** Answers of the built-in planner in words. */
final class PlannerText {
    private PlannerText() {}

    /** The findings, and what to know before trusting them. */
    static String answer(Answer answer) {
        List<String> parts = new ArrayList<>();
        parts.add(answer.message());
        parts.addAll(answer.warnings());
        return String.join("\n", parts);
    }

    /** Why there is no answer, and what can be asked instead. */
    static String refusal(Answer answer) {
        List<String> instead = new ArrayList<>();
        answer.alternatives().forEach(each -> instead.add(each.question()));
        instead.addAll(answer.suggestions());
        List<String> questions = instead.stream().distinct().toList();
        return answer.message()
                + (questions.isEmpty() ? "" : "\nYou can ask:\n- " + String.join("\n- ", questions) + "\n");
    }
}
