package dev.datastudio.agents.planner.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetQuestionTest {
    @Test
    void asksTwiceForWhatIsToHoldBoth() {
        Optional<SetQuestion> found = SetQuestion.in("Which towns have both a lake and a castle?");

        assertEquals(
                Optional.of(new SetQuestion(false, "Which towns have a lake", List.of("Which towns have a castle"))),
                found);
    }

    @Test
    void goesOnFromAnyPlaceOfTheFirstQuestionWithWhatIsDenied() {
        SetQuestion found =
                SetQuestion.in("Which towns have a lake but no castle?").orElseThrow();

        assertTrue(found.excludes());
        assertEquals("Which towns have a lake", found.first());
        assertEquals(
                List.of("Which towns have a castle", "Which towns have castle", "Which towns castle"), found.seconds());
    }

    @Test
    void takesTheVerbOfADenialAlong() {
        SetQuestion found = SetQuestion.in("Names of guests who have a room but do not have a key")
                .orElseThrow();

        assertTrue(found.seconds().contains("Names of guests who have a key"), found.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which towns have a lake?",
                "Towns and lakes",
                "Show both. Which towns have a lake but no castle?",
                "Towns in Kent and not in Essex"
            })
    void findsNoneInOtherQuestions(String question) {
        assertEquals(Optional.empty(), SetQuestion.in(question));
    }
}
