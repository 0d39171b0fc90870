package dev.datastudio.core.cleaning;

import static dev.datastudio.core.cleaning.CleaningStep.column;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.cleaning.CleaningStep.Category;
import dev.datastudio.core.cleaning.CleaningStep.CleanText;
import dev.datastudio.core.cleaning.CleaningStep.Derive;
import dev.datastudio.core.cleaning.CleaningStep.DropColumns;
import dev.datastudio.core.cleaning.CleaningStep.KeepColumns;
import dev.datastudio.core.cleaning.CleaningStep.Rename;
import dev.datastudio.core.cleaning.CleaningStep.ReplaceValues;
import dev.datastudio.core.cleaning.CleaningStep.Replacement;
import dev.datastudio.core.cleaning.CleaningStep.SplitColumn;
import dev.datastudio.core.cleaning.CleaningStep.StandardiseCategories;
import dev.datastudio.core.cleaning.CleaningStep.TextChange;
import dev.datastudio.core.cleaning.CleaningStep.TreatOutliers;
import dev.datastudio.core.cleaning.CleaningStep.Treatment;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Steps that treat outliers, columns and texts, each against rows worked out by hand. */
class ColumnStepTest extends CleaningFixture {
    @Nested
    class OfOutliers {
        /** Quartiles of type 7 are 2.25 and 4.75, so the fences are -1.5 and 8.5. */
        private Dataset six() throws IOException {
            return csv("a,b", "1,p", "2,q", "3,r", "4,s", "5,t", "100,u");
        }

        private TreatOutliers tukey(Treatment treatment) {
            return new TreatOutliers("a", Detail.Outliers.TUKEY, treatment);
        }

        @Test
        void removesRowsBeyondTheFences() throws IOException {
            CleaningResult result = apply(six(), tukey(Treatment.REMOVE));

            assertEquals(List.of("1|p", "2|q", "3|r", "4|s", "5|t"), rows(result.dataset()));
            assertEquals(
                    "Removed rows with 1 outlier of 'a' below -1.5 or above 8.5",
                    result.effects().get(0).said());
        }

        @Test
        void capsWholeNumbersWithinTheFences() throws IOException {
            assertEquals(List.of("1|p", "2|q", "3|r", "4|s", "5|t", "8|u"), cleaned(six(), tukey(Treatment.CAP)));
        }

        @Test
        void marksThemAsMissing() throws IOException {
            assertEquals(List.of("1|p", "2|q", "3|r", "4|s", "5|t", "-|u"), cleaned(six(), tukey(Treatment.MISSING)));
        }

        @Test
        void measuresInStandardDeviations() throws IOException {
            // The mean is 115/6 = 19.1667, the sample's deviation 39.6253; two of them end at 98.4172.
            Detail.Outliers rule = new Detail.Outliers(Detail.OutlierMethod.Z_SCORE, 2);

            StepEffect effect = effect(six(), new TreatOutliers("a", rule, Treatment.REMOVE));

            assertEquals(5, effect.rowsAfter());
            double high = ((Number) Objects.requireNonNull(effect.statistics().get("high"))
                            .value())
                    .doubleValue();
            assertEquals(98.4172, high, 1e-3);
        }

        @Test
        void refusesAColumnOfTexts() throws IOException {
            Dataset dataset = six();

            StudioException error = assertThrows(
                    StudioException.class,
                    () -> apply(dataset, new TreatOutliers("b", Detail.Outliers.TUKEY, Treatment.CAP)));

            assertEquals("Step 1 (treat_outliers): Column 'b' is not of numbers but of type text", error.what());
        }
    }

    @Nested
    class OfColumns {
        @Test
        void renamesDropsAndKeeps() throws IOException {
            Dataset dataset = csv("a,b,c", "1,2,3");

            Dataset renamed = apply(dataset, new Rename("a", "x \"y\"; DROP TABLE source; --"))
                    .dataset();
            assertEquals(
                    "x \"y\"; DROP TABLE source; --", renamed.columns().get(0).name());
            assertEquals(List.of("1|3"), cleaned(dataset, new DropColumns(List.of("b"))));
            assertEquals(List.of("1|3"), cleaned(dataset, new KeepColumns(List.of("c", "a"))));
        }

        @Test
        void changesTheLetterCaseOfAName() throws IOException {
            Dataset dataset = csv("a,b", "1,2");

            assertEquals(
                    "A",
                    apply(dataset, new Rename("a", "A"))
                            .dataset()
                            .columns()
                            .get(0)
                            .name());
        }

        @Test
        void refusesNamesThatAreTakenUnknownOrNone() throws IOException {
            Dataset dataset = csv("a,b", "1,2");

            StudioException taken = assertThrows(StudioException.class, () -> apply(dataset, new Rename("a", "B")));
            StudioException unknown = assertThrows(
                    StudioException.class, () -> apply(dataset, new Rename("a", "x"), new Rename("a", "y")));
            StudioException blank = assertThrows(StudioException.class, () -> apply(dataset, new Rename("a", "x ")));
            StudioException all =
                    assertThrows(StudioException.class, () -> apply(dataset, new DropColumns(List.of("a", "b"))));

            assertEquals("Step 1 (rename): There is a column 'B' already", taken.what());
            assertEquals("Step 2 (rename): There is no column 'a'", unknown.what());
            assertEquals("Use one of [x, b]", unknown.mend());
            assertEquals(ErrorCode.INVALID_NAME, blank.code());
            assertTrue(all.what().startsWith("Step 1 (drop_columns): No column would be left"), all.what());
        }

        @Test
        void derivesAColumn() throws IOException {
            Dataset dataset = csv("price,units", "2.5,4", "3,0", ",1");
            Expression total =
                    new Expression.Arithmetic(Expression.Operator.MULTIPLY, column("price"), column("units"));
            Expression each = new Expression.Arithmetic(Expression.Operator.DIVIDE, column("total"), column("units"));

            assertEquals(
                    List.of("2.5|4|10.0|2.5", "3.0|0|0.0|-", "-|1|-|-"),
                    cleaned(dataset, new Derive("total", total), new Derive("each", each)));
        }

        @Test
        void refusesToDeriveFromWhatIsNotThere() throws IOException {
            Dataset dataset = csv("a,b", "1,x");

            StudioException unknown =
                    assertThrows(StudioException.class, () -> apply(dataset, new Derive("c", column("z"))));
            StudioException taken =
                    assertThrows(StudioException.class, () -> apply(dataset, new Derive("A", column("b"))));

            assertEquals("Step 1 (derive): Column 'z' is not in table 'source'", unknown.what());
            assertEquals("Step 1 (derive): There is a column 'A' already", taken.what());
        }
    }

    @Nested
    class OfTexts {
        @Test
        void makesWritingAlike() throws IOException {
            Dataset dataset = csv("a,b", "\"  New \t York\u00a0\",1", "\" \",2", "BERLIN,3");

            assertEquals(
                    List.of("new york|1", "-|2", "berlin|3"),
                    cleaned(
                            dataset,
                            new CleanText(
                                    List.of("a"),
                                    List.of(
                                            TextChange.STRIP,
                                            TextChange.COLLAPSE_BLANKS,
                                            TextChange.LOWER_CASE,
                                            TextChange.BLANK_TO_MISSING))));
        }

        @Test
        void replacesValues() throws IOException {
            Dataset dataset = csv("t,n", "N/A,1", "x',-999", "y,3");

            assertEquals(
                    List.of("-|1", "it's \"x\"|-", "y|3"),
                    cleaned(
                            dataset,
                            new ReplaceValues(
                                    "t",
                                    List.of(
                                            new Replacement(new Constant("N/A"), Optional.empty()),
                                            new Replacement(
                                                    new Constant("x'"), Optional.of(new Constant("it's \"x\""))))),
                            new ReplaceValues("n", List.of(new Replacement(new Constant(-999L), Optional.empty())))));
        }

        @Test
        void replacesAWholeNumberByAFraction() throws IOException {
            Dataset dataset = csv("n,b", "1,x", "2,y");

            assertEquals(
                    List.of("1.0|x", "2.5|y"),
                    cleaned(
                            dataset,
                            new ReplaceValues(
                                    "n", List.of(new Replacement(new Constant(2L), Optional.of(new Constant(2.5)))))));
        }

        @Test
        void splitsAColumnWithTheRestInTheLast() throws IOException {
            Dataset dataset = csv("a,b", "x.y.z,1", "p,2", ",3");

            assertEquals(
                    List.of("x.y.z|1|x|y.z", "p|2|p|-", "-|3|-|-"),
                    cleaned(dataset, new SplitColumn("a", ".", List.of("first", "rest"))));
        }

        @Test
        void givesCategoriesOneSpelling() throws IOException {
            Dataset dataset = csv("a,b", "usa,1", "U.S.A.,2", " USA ,3", "France,4");

            assertEquals(
                    List.of("USA|1", "USA|2", "USA|3", "France|4"),
                    cleaned(dataset, new StandardiseCategories("a", List.of(new Category("USA", List.of("u.s.a."))))));
        }
    }
}
