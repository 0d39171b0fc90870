package dev.datastudio.agents.thought.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.thought.StopReason;
import dev.datastudio.agents.thought.Thought;
import dev.datastudio.agents.thought.ThoughtProblem;
import dev.datastudio.agents.thought.ThoughtScore;
import dev.datastudio.agents.thought.ThoughtTree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a search holds in its channels can be stored as JSON without any hint about its classes. */
class PlainJsonTest {
    private static final Thought THOUGHT = new Thought(1, 0, 1, "a", 0.5, false, true, "why");

    private final ObjectMapper json = new ObjectMapper();

    static List<Object> values() {
        return List.of(
                Beam.ROOT,
                new Proposal(1, 0, List.of("a", "b")),
                new Level(1, List.of(new Level.Candidate(1, 0, "a"))),
                new Scored(1, ThoughtScore.refused("wrong")),
                THOUGHT,
                new ThoughtProblem("spell"),
                new ThoughtTree("spell", List.of(THOUGHT), List.of(THOUGHT), StopReason.DEPTH));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueComesBackFromItsJson(Object value) throws JsonProcessingException {
        assertEquals(value, json.readValue(json.writeValueAsString(value), value.getClass()));
    }

    @Test
    void aThoughtsJsonHoldsItsComponentsAndNothingElse() throws JsonProcessingException {
        assertEquals(
                "{\"id\":1,\"parent\":0,\"depth\":1,\"text\":\"a\",\"score\":0.5,\"refused\":false,\"kept\":true,"
                        + "\"reason\":\"why\"}",
                json.writeValueAsString(THOUGHT));
    }
}
