package dev.datastudio.core.cleaning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.core.cleaning.CleaningStep.DropDuplicates;
import dev.datastudio.core.cleaning.CleaningStep.FillMissing;
import dev.datastudio.core.cleaning.CleaningStep.Filling;
import dev.datastudio.core.cleaning.CleaningStep.Keep;
import dev.datastudio.core.cleaning.CleaningStep.Rename;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recipes of more steps than are measured in one statement. */
class LongRecipeTest extends CleaningFixture {
    @Test
    void measuresAndComputesALongRecipeAsItDoesAShortOne() throws IOException {
        Dataset first = csv("a,b", "3,x", ",y", "5,z", "5,z", "1,x");
        List<CleaningStep> steps = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            steps.add(new Rename(i == 0 ? "a" : "a" + i, "a" + (i + 1)));
        }
        steps.add(new DropDuplicates(List.of(), Keep.LAST));
        steps.add(new FillMissing("a14", new Filling.Statistic(Filling.Kind.MEDIAN)));

        CleaningResult result = apply(first, steps.toArray(CleaningStep[]::new));

        // The median of 3, 5 and 1 is that of the rows without their copy.
        assertEquals(List.of("3|x", "3|y", "5|z", "1|x"), rows(result.dataset()));
        assertEquals(4, result.effects().get(14).rowsAfter());
        assertEquals(1, result.effects().get(15).cellsChanged());
        CleaningResult again = cleaning.replay(
                result.dataset(), first, ReplayStatistics.RECORDED, ProgressListener.NONE, Cancellation.none());
        assertEquals(result.dataset().id(), again.dataset().id());
    }
}
