package dev.datastudio.agents.planner.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredTextTest {
    @Test
    void aWordMustBeThere() {
        assertFalse(mayMatch("round(?:ed|ing)? to §n\\d+", "the mean of §c1"));
        assertTrue(mayMatch("round(?:ed|ing)? to §n\\d+", "rounded to §n3"));
    }

    @Test
    void oneOfSeveralWordsMustBeThere() {
        assertFalse(mayMatch("(?:mean|average) of (§c\\d+)|medians?", "the sum"));
        assertTrue(mayMatch("(?:mean|average) of (§c\\d+)|medians?", "its median"));
        assertTrue(mayMatch("(?:mean|average) of (§c\\d+)|medians?", "average of §c4"));
    }

    @Test
    void theLetterBeforeAQuestionMarkNeedNotBeThere() {
        assertTrue(mayMatch("outliers? removed", "outlier removed"));
        assertTrue(mayMatch("colou{0,1}r", "color"));
        assertFalse(mayMatch("outliers? removed", "outl removed"));
    }

    @Test
    void signsBehindABackslashStandForThemselves() {
        assertFalse(mayMatch("1\\.5 \\* iqr", "1.5 times iqr"));
        assertTrue(mayMatch("1\\.5 \\* iqr", "at 1.5 * iqr"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)Mean",
                "a?",
                "(?:a|b?)",
                "[ab]+",
                "\\w+",
                "x|.",
                "(?!mean).",
                "(?<=mean )?[§]",
                "\\Qa|b\\E|c"
            })
    void whatMayMatchWithoutALiteralIsAlwaysTried(String regex) {
        assertTrue(mayMatch(regex, "qqq MEAN"));
    }

    @Test
    void aLookAroundIsNoPartOfTheMatch() {
        assertTrue(mayMatch("(?<!no )tests?(?= of| for)", "tests for"));
        assertFalse(mayMatch("(?<!no )tests?(?= of| for)", "no of for"));
    }

    /** Expressions and texts made of the same few words, so that many match. */
    @Test
    void neverHidesAMatch() {
        long seed = 20260115;
        var random = new Random(seed);
        int matches = 0;
        for (int i = 0; i < 20_000; i++) {
            String regex = regex(random, 3);
            String text = words(random, 4);
            boolean found = Pattern.compile(regex).matcher(text).find();
            matches += found ? 1 : 0;

            assertTrue(!found || mayMatch(regex, text), () -> regex + " in '" + text + "', seed " + seed);
        }
        assertEquals(0.5, matches / 20_000.0, 0.45);
    }

    private static boolean mayMatch(String regex, String text) {
        return RequiredText.of(regex).mayMatch(new StringBuilder(text));
    }

    private static String regex(Random random, int depth) {
        int kind = depth == 0 ? random.nextInt(3) : random.nextInt(9);
        return switch (kind) {
            case 0, 1 -> word(random);
            case 2 -> List.of("[a-c]", "\\d", ".", "\\.", "[^ ]", "\\p{L}").get(random.nextInt(6));
            case 3 -> "(?:" + regex(random, depth - 1) + "|" + regex(random, depth - 1) + ")";
            case 4 -> "(" + regex(random, depth - 1) + ")" + quantifier(random);
            case 5 -> word(random) + quantifier(random);
            case 6 -> "(?=" + regex(random, depth - 1) + ")";
            default -> regex(random, depth - 1) + regex(random, depth - 1);
        };
    }

    private static String quantifier(Random random) {
        return List.of("?", "*", "+", "{0,2}", "{1,2}", "{2}", "??", "*?", "+?", "?+")
                .get(random.nextInt(10));
    }

    private static String words(Random random, int most) {
        var text = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            text.append(word(random)).append(random.nextBoolean() ? " " : "");
        }
        return text.toString();
    }

    private static String word(Random random) {
        return List.of("ab", "b", "cab", "7", "ba ", "c.", "abc")
                .get(random.nextInt(7))
                .replace(".", random.nextBoolean() ? "" : "7");
    }
}
