package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.AnswerStep;
import java.util.List;

/**
 * A step of the plan that was carried out. Immutable.
 *
 * @param number its place in the plan, from 0
 * @param step its part of the answer
 * @param warnings what to know of it, whole sentences
 */
record FinishedStep(int number, AnswerStep step, List<String> warnings) {
    FinishedStep {
        warnings = List.copyOf(warnings);
    }
}
