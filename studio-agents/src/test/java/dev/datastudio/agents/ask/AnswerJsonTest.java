package dev.datastudio.agents.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.planner.WordLink;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.PlanJson;
import dev.datastudio.core.analysis.Step;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire form that other programs rely on (D2, D8). */
class AnswerJsonTest {
    @Test
    void writesTheWholeShape() {
        AnswerStep step = new AnswerStep(
                "trend of Profit",
                "trend",
                "Profit rose.",
                "SELECT 1",
                List.of(new ResultColumn("month", ColumnType.DATE), new ResultColumn("profit", ColumnType.DECIMAL)),
                List.of(
                        Arrays.asList(LocalDate.of(2024, 1, 1), 12.5),
                        Arrays.asList(LocalDateTime.of(2024, 2, 1, 0, 0), null),
                        Arrays.asList("x\"y", Double.NaN)),
                3,
                new BigInteger("123456789012345678901234567890"),
                new TestOutcome("Welch's t-test", 2.5, 0.01, 0.3, "They differ."),
                "line",
                List.of(new AnswerArtifact("image", "profit_trend", "a/b/uploads/u/p.png", "/x/p.png")));
        AnalysisPlan plan = AnalysisPlan.of(
                Step.of(Operation.SUMMARY, "sales").intent("trend of Profit").build());
        Answer answer = Answer.builder("a1", AnswerStatus.ANSWERED)
                .reading("Sum of Profit by month")
                .links(List.of(new WordLink("profits", WordLink.Kind.COLUMN, "Profit", "name")))
                .changes(List.of("grain: month instead of year"))
                .message("Profit rose.")
                .steps(List.of(step))
                .suggestions(List.of("total Profit"))
                .alternatives(List.of(new Answer.Alternative("Sum of Profit.", "total Profit")))
                .warnings(List.of("careful"))
                .plans(List.of(plan))
                .build()
                .fromCache(37);

        assertEquals(
                "{\"schemaVersion\":1,\"id\":\"a1\",\"status\":\"answered\",\"cached\":true,\"planner\":\"built-in\","
                        + "\"reading\":\"Sum of Profit by month\",\"links\":[{\"words\":\"profits\",\"kind\":\"column\","
                        + "\"target\":\"Profit\",\"how\":\"name\"}],\"changes\":[\"grain: month instead of year\"],\"message\":\"Profit rose.\",\"steps\":[{"
                        + "\"intent\":\"trend of Profit\",\"op\":\"trend\",\"reading\":\"Profit rose.\",\"sql\":\"SELECT 1\","
                        + "\"columns\":[\"month\",\"profit\"],\"rows\":[[\"2024-01-01\",12.5],[\"2024-02-01T00:00:00\",null],"
                        + "[\"x\\\"y\",null]],\"totalRows\":3,\"value\":123456789012345678901234567890,"
                        + "\"test\":{\"name\":\"Welch's t-test\",\"statistic\":2.5,\"pValue\":0.01,\"effectSize\":0.3,"
                        + "\"conclusion\":\"They differ.\"},\"chart\":\"line\",\"artifacts\":[{\"type\":\"image\","
                        + "\"label\":\"profit_trend\",\"key\":\"a/b/uploads/u/p.png\",\"path\":\"/x/p.png\"}]}],"
                        + "\"unknownWords\":[],\"suggestions\":[\"total Profit\"],\"alternatives\":["
                        + "{\"reading\":\"Sum of Profit.\",\"question\":\"total Profit\"}],"
                        + "\"warnings\":[\"careful\"],\"plan\":" + PlanJson.write(plan) + ",\"millis\":37}",
                AnswerJson.write(answer));
    }

    @Test
    void writesErrorsAsAnswers() {
        StudioException error =
                new StudioException(ErrorCode.FILE_NOT_FOUND, "File 'x.csv' is not there", "Check the path");

        String json = AnswerJson.write("q7", error, 3);

        assertTrue(json.contains("\"id\":\"q7\",\"status\":\"error\""), json);
        assertTrue(json.contains("\"message\":\"File 'x.csv' is not there. Check the path.\""), json);
    }
}
