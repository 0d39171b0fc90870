package dev.datastudio.agents.ask.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.ask.TestOutcome;
import dev.datastudio.agents.planner.WordLink;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers survive a restart with the types of their values (D3). */
class AnswerCodecTest {
    private static final Answer ANSWER = Answer.builder("a1", AnswerStatus.ANSWERED)
            .reading("reading")
            .links(List.of(new WordLink("words", WordLink.Kind.VALUE, "region 'West'", "stored value")))
            .changes(List.of("chart: pie"))
            .message("message")
            .steps(List.of(new AnswerStep(
                    "intent",
                    "list",
                    "said",
                    "SELECT 'ä'",
                    List.of(new ResultColumn("v", ColumnType.OTHER), new ResultColumn("w", ColumnType.TEXT)),
                    List.of(
                            Arrays.asList(null, "x".repeat(100_000)),
                            Arrays.asList(true, 7L),
                            Arrays.asList(2.5, new BigDecimal("1.50")),
                            Arrays.asList(new BigInteger("99999999999999999999"), LocalDate.of(2024, 2, 29)),
                            Arrays.asList(LocalDateTime.of(2024, 1, 1, 2, 3), LocalTime.of(4, 5))),
                    5,
                    null,
                    new TestOutcome("t", 1, 0.5, 0, "none"),
                    null,
                    List.of(new AnswerArtifact("image", "l", "k", "p")))))
            .unknownWords(List.of("u"))
            .suggestions(List.of("s"))
            .warnings(List.of("w"))
            .plans(List.of(AnalysisPlan.of(
                    Step.of(Operation.SUMMARY, "sales").intent("summary").build())))
            .millis(12)
            .build();

    @Test
    void givesBackWhatWasWritten() throws IOException {
        assertEquals(ANSWER, AnswerCodec.decode(AnswerCodec.encode(ANSWER)));
    }

    @Test
    void refusesDamagedBytes() throws IOException {
        byte[] bytes = AnswerCodec.encode(ANSWER);

        assertThrows(IOException.class, () -> AnswerCodec.decode(Arrays.copyOf(bytes, bytes.length / 2)));
        bytes[0] = 99;
        assertThrows(IOException.class, () -> AnswerCodec.decode(bytes));
    }
}
