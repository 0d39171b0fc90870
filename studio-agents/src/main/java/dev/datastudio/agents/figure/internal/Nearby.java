package dev.datastudio.agents.figure.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the words next to a number say of it. Immutable.
 *
 * @param rounding how it was rounded
 * @param decline whether it is told without its minus
 * @param customary whether it is a threshold by custom
 */
public record Nearby(Rounding rounding, boolean decline, boolean customary) {
    static final Nearby NOTHING = new Nearby(Rounding.SHOWN, false, false);

    private static final String SIGNS = "[ (]{0,2}(?:an? |the |USD |EUR )?[$€£]?$";
    private static final Pattern ABOUT =
            Pattern.compile("(?i)(?:\\b(?:about|around|roughly|approximately|approx\\.?|circa"
                    + "|ca\\.|some|etwa|rund|ungefähr|environ|près de|quelque)|[~≈∼])" + SIGNS);
    private static final Pattern OVER = Pattern.compile(
            "(?i)\\b(?:over|more than|at least|above|exceed(?:s|ed|ing)?|über|mehr als|plus de|(?:a )?little more than)"
                    + SIGNS);
    private static final Pattern UNDER =
            Pattern.compile("(?i)\\b(?:under|less than|fewer than|almost|nearly|below|close to|fast"
                    + "|knapp|weniger als|moins de|presque)" + SIGNS);
    private static final Pattern DECLINE = Pattern.compile(
            "(?i)\\b(?:fell|fall(?:s|en|ing)?|drop\\w{0,4}|declin\\w{1,3}"
                    + "|decreas\\w{1,3}|lower|less|fewer|down|loss(?:es)?|lost|shr[aiu]nk|negativ\\w{0,4}|minus|below|reduc\\w{1,5}"
                    + "|deficit|gesunken|gefallen|sank|Rückgang|weniger|niedriger|baiss\\w{1,3}|moins|recul\\w{0,3})\\b");
    private static final Pattern P_BEFORE = Pattern.compile("(?i)\\bp(?:[ -]?values?|-Wert)?\\)?\\*{0,2} ?"
            + "(?:[<>≤≥]|<=|>=|(?:is |was )?(?:less|greater|smaller|below|above|under)(?: than)?) ?$");
    private static final Pattern LEVEL_BEFORE = Pattern.compile(
            "(?i)(?:significance level|level of significance|threshold|alpha|α|Signifikanzniveau)(?: (?:of|at|von|is))?[ =:]*$");
    private static final Pattern LEVEL_AFTER = Pattern.compile(
            "(?i)^[ -]{0,2}(?:significance|confidence|CI\\b|prediction interval|Konfidenz|Signifikanz|de confiance|level\\b|threshold\\b)");
    private static final double[] LEVELS = {0.001, 0.01, 0.05, 0.1, 1, 5, 10, 90, 95, 99};

    /** How a number was rounded, as the words before it tell. */
    public enum Rounding {
        /** To the last digit that is shown. */
        SHOWN,
        /** To one of the zeros at its end. */
        ABOUT,
        /** Down. */
        DOWN,
        /** Up. */
        UP
    }

    static Nearby read(String text, int start, int end, double value) {
        String before = text.substring(Math.max(0, start - 40), start);
        before = before.substring(before.lastIndexOf('\n') + 1);
        String after = text.substring(end, Math.min(text.length(), end + 30));
        after = after.indexOf('\n') < 0 ? after : after.substring(0, after.indexOf('\n'));
        return new Nearby(rounding(before), declines(before, after), customary(before, after, value));
    }

    private static Rounding rounding(String before) {
        if (ABOUT.matcher(before).find()) {
            return Rounding.ABOUT;
        }
        if (OVER.matcher(before).find()) {
            return Rounding.DOWN;
        }
        return UNDER.matcher(before).find() ? Rounding.UP : Rounding.SHOWN;
    }

    private static boolean declines(String before, String after) {
        Matcher first = DECLINE.matcher(before);
        return first.find()
                || DECLINE.matcher(after.substring(0, Math.min(14, after.length())))
                        .find();
    }

    private static boolean customary(String before, String after, double value) {
        for (double level : LEVELS) {
            if (Math.abs(level - value) < 1e-12) {
                return P_BEFORE.matcher(before).find()
                        || LEVEL_BEFORE.matcher(before).find()
                        || LEVEL_AFTER.matcher(after).find();
            }
        }
        return false;
    }
}
