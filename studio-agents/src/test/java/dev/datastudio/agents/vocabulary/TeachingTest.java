package dev.datastudio.agents.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.planner.WordLink;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tenant taught is used by every question from then on (D12). */
class TeachingTest {
    @TempDir
    Path folder;

    private Studio studio;
    private Dataset orders;

    @BeforeEach
    void openWithData() throws IOException {
        studio = Studio.open(folder.resolve("workspace"));
        Path file = folder.resolve("orders.csv");
        Files.writeString(file, """
                region,city,price,quantity,profit
                West,Kiel,2.5,4,3
                East,Ulm,3.5,2,1
                North,Jena,10.5,1,4
                West,Bonn,1.5,10,2
                """);
        orders = studio.datasets().importFile(file);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private Answer ask(String question) {
        return Analyst.of(studio)
                .ask(List.of(orders), question, AskOptions.DEFAULT.withPictures(AskOptions.Pictures.SKIP));
    }

    private List<?> row(Answer answer) {
        assertEquals(AnswerStatus.ANSWERED, answer.status(), answer.message());
        return answer.steps().get(0).rows().get(0);
    }

    @Test
    void readsAnotherNameOfAColumn() {
        assertEquals(
                AnswerStatus.NOT_UNDERSTOOD, ask("average takings by region").status());
        Teaching.of(studio).teach(TaughtWord.column("takings", "profit"));

        Answer answer = ask("average takings by region");

        assertEquals(List.of("North", 4.0), row(answer));
        assertTrue(answer.links().contains(new WordLink("takings", WordLink.Kind.COLUMN, "profit", "taught")));
        assertTrue(answer.warnings().contains("'takings' is profit, as it was taught."), answer.warnings()::toString);
    }

    @Test
    void readsANameOfSeveralValues() {
        Teaching.of(studio).teach(TaughtWord.values("the coast", "region", List.of("West", "North")));

        assertEquals(9.0, ((Number) row(ask("total profit on the coast")).get(0)).doubleValue());
        assertEquals(1.0, ((Number) row(ask("total profit not on the coast")).get(0)).doubleValue());
    }

    @Test
    void computesATaughtMeasure() {
        Teaching.of(studio)
                .teach(TaughtWord.measure("turnover", "sum(price * quantity)").in("orders"));

        Answer byRegion = ask("turnover by region");

        assertEquals(List.of("West", 25.0), row(byRegion));
        assertTrue(
                byRegion.warnings().stream().anyMatch(w -> w.startsWith("'turnover' is the sum of")),
                byRegion.warnings()::toString);
        assertEquals(12.5, ((Number) row(ask("average turnover by region")).get(1)).doubleValue());
        assertEquals(2L, ask("rows with turnover above 10").steps().get(0).totalRows());
        assertEquals(List.of("West", 25.0), row(ask("top 1 region by turnover")));
    }

    @Test
    void computesATaughtRatioForGroupsOnly() {
        Teaching.of(studio).teach(TaughtWord.measure("yield", "sum(profit) / sum(price * quantity)"));

        assertEquals(0.2, ((Number) row(ask("yield where region is West")).get(0)).doubleValue(), 1e-9);
        assertEquals(AnswerStatus.CANNOT_ANSWER, ask("rows with yield above 1").status());
    }

    @Test
    void followUpsKnowTaughtWords() {
        Teaching.of(studio).teach(TaughtWord.measure("turnover", "sum(price * quantity)"));
        Answer first = ask("total profit by region");

        Answer next =
                Analyst.of(studio).ask(List.of(orders), "turnover instead", AskOptions.DEFAULT.withPrevious(first));

        assertEquals(List.of("West", 25.0), row(next));
    }

    @Test
    void answersAVerifiedQuestionWithItsPlan() {
        Answer checked = ask("total profit by region");
        Teaching.of(studio)
                .verify(new VerifiedQuestion("How did we do?", checked.plan().orElseThrow()));

        Answer answer = ask("how  did we DO");

        assertEquals(row(checked), row(answer));
        assertEquals(WordLink.Kind.TAUGHT, answer.links().get(0).kind());
        assertNotEquals(AnswerStatus.ANSWERED, ask("how did they do").status());
    }

    @Test
    void forgetsWhatIsRemovedAndServesNoStaleAnswer() {
        Teaching teaching = Teaching.of(studio);
        String id = teaching.teach(TaughtWord.column("takings", "profit")).id();
        assertEquals(AnswerStatus.ANSWERED, ask("total takings").status());
        teaching.teach(TaughtWord.column("takings", "quantity"));
        assertEquals(17.0, ((Number) row(ask("total takings")).get(0)).doubleValue());

        teaching.remove(id);

        assertEquals(AnswerStatus.NOT_UNDERSTOOD, ask("total takings").status());
        assertEquals(List.of(), teaching.list());
        assertEquals(
                ErrorCode.ENTRY_NOT_FOUND,
                assertThrows(StudioException.class, () -> teaching.remove(id)).code());
    }

    @Test
    void outlastsTheProcessAndStaysWithItsTenant() {
        Teaching.of(studio).teach(TaughtWord.column("takings", "profit").in("orders"));
        studio.close();

        studio = Studio.builder()
                .workspace(folder.resolve("workspace"))
                .caller(new Caller("other", "ann"))
                .build();
        List<Teaching.Taught> ofOthers = Teaching.of(studio).list();
        studio.close();
        studio = Studio.open(folder.resolve("workspace"));

        assertEquals(List.of(), ofOthers);
        Teaching.Taught own = Teaching.of(studio).list().get(0);
        assertEquals("takings = column profit, in orders", own.text());
        assertTrue(Teaching.of(studio).export().contains("\"words\" : \"takings\""));
    }

    @Test
    void neverOverridesAColumnsOwnName() {
        Teaching.of(studio).teach(TaughtWord.column("profit", "price"));

        assertEquals(10.0, ((Number) row(ask("total profit")).get(0)).doubleValue());
        assertFalse(TaughtWord.column("profit", "price").appliesTo(orders));
        assertFalse(TaughtWord.column("x", "nothing").appliesTo(orders));
    }
}
