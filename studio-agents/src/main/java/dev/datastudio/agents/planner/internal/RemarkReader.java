package dev.datastudio.agents.planner.internal;

import static dev.datastudio.agents.planner.internal.Sentence.phrase;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads remarks beside a request: how a statistic is defined, that something is left as it is, that only some rows
 * count, and which of the numbers are rounded. A definition counts only where it is the usual one; another definition
 * of the same statistic is left, and so refused.
 */
final class RemarkReader {
    private static final String HIGH = "(?:maximum|max|highest|largest|greatest)(?: values?)?";
    private static final String LOW = "(?:minimum|min|lowest|smallest)(?: values?)?";
    private static final String FIRST_QUARTILE =
            "(?:25th percentile|first quartile|lower quartile|1st quartile)(?: q1)?|q1(?: 25th percentile| first quartile)?";
    private static final String THIRD_QUARTILE =
            "(?:75th percentile|third quartile|upper quartile|3rd quartile)(?: q3)?|q3(?: 75th percentile| third quartile)?";
    private static final String DEVIATION = "(?:standard deviation|std|sd)";
    private static final String MEAN = "(?:mean|average)";
    private static final String JOINED = " (?:and|from|minus|to) ";
    private static final String SO =
            "(?:(?:(?:calculate|compute|determine|obtain)d?|defined|taken) )*(?:is|are|as|by|means|that is)(?: (?:(?:calculate|compute|determine|obtain)d?|as|by|finding|taking|calculating|computing|defined|taken))* ";
    private static final String MAYBE_SO = "(?:" + SO + ")?";

    /** The usual definition of each statistic, by its argument; the words after "is", "as" or "by". */
    private static final Map<String, Pattern> DEFINITIONS = Map.of(
            "range",
            phrase("(?:" + SO + "|" + MAYBE_SO + "(?:(?:difference|distance) between |subtracting ))(?:" + HIGH
                    + " (?:minus|-|and) " + LOW + "|(?<=(?:between|subtracting) )" + LOW + JOINED + HIGH
                    + ")(?: (?:in|of) <c>)?"),
            "interquartile_range",
            phrase(MAYBE_SO + "(?:(?:difference|distance) between |subtracting )(?:(?:" + FIRST_QUARTILE + ")" + JOINED
                    + "(?:"
                    + THIRD_QUARTILE + ")|(?:" + THIRD_QUARTILE + ")" + JOINED + "(?:" + FIRST_QUARTILE
                    + "))(?: (?:in|of) <c>)?"),
            "coefficient_of_variation",
            phrase(SO + "(?:(?:ratio of |dividing )?" + DEVIATION + " (?:divided by|/|over|to|by) " + MEAN + ")"),
            "mean",
            phrase(
                    SO + "arithmetic (?:mean|average)|" + SO
                            + "(?:dividing )?(?:sum|total) of (?:all )?(?:<c>|values?|observations?|numbers?)(?: values?)? (?:divided by|by|/|over) (?:(?:total )?(?:number|count) of (?:rows?|records?|observations?|values?|entries)|count)"),
            "median",
            phrase(SO + "(?:middle value|50th percentile)(?: of (?:sorted|ordered) (?:values?|data|<c>))?"),
            "variance",
            phrase(SO + "(?:square of " + DEVIATION + "|squared " + DEVIATION + "|" + DEVIATION + " squared)"),
            "standard_error",
            phrase(
                    SO + DEVIATION
                            + " (?:divided by|/|over) square root of (?:(?:number|count) of (?:rows|observations|values|records|entries)|n|sample size)"),
            "standard_deviation",
            phrase(SO + "square root of variance"),
            "mode",
            phrase(SO + "(?:value|category)(?: that| which)?(?: (?:occurs|appears))? most (?:often|frequently)"));

    private static final String COUNT = "(?:total )?(?:number|count) of ";
    private static final Pattern PERCENTAGE = phrase(
            "(?:(?:as|by|calculated|computed|is|percentage|it) )*(?:divid(?:e|ing) )?"
                    + COUNT
                    + "(?:missing|null|nan|empty)(?: (?:values?|entries|cells|rows|ones|data))?(?: (?:in|of) <c>)? (?:divided by|by|/|over) (?:"
                    + COUNT
                    + ")(?:all )?(?:rows?|records?|entries|values?|observations?)(?: in <c>)?(?:(?: ,)?(?: and| then| and then)? (?:multipl(?:y|ied|ying)(?: it| result| this)? by|times|\\*) <n>)?");

    private static final Pattern UNTOUCHED = phrase(
            "(?:and )?do not (?:perform|apply|do|use|fill|impute|drop|remove|delete|replace|change|modify|transform|alter|exclude|round|scale|normali[sz]e|handle)(?: (?:or|and|nor|fill|impute|drop|remove|delete|replace|change|modify|transform|alter|exclude|round|scale|normali[sz]e))*(?: (?:any|other|further|additional|these|them|those|values?|rows?|records?|missing|nulls?|or|and|data|preprocessing|cleaning|processing|transformations?|filter(?:s|ing)?|steps?|from|in|it|intermediate|results?|duplicates?|before|prior to|calculating|computing|calculation|computation|correlation|modifications?|observations?|entries))*(?: <c>)?");
    private static final Pattern AVAILABLE = phrase(
            "(?:using |use |considering |consider |include |including |with |on |count )?(?:all|entire|whole|every)(?: of)?(?: (?:available|rows?|records?|observations?|data|values?|points?|entries|complete|included))+(?: (?:in|of|from|for) <c>)?(?: (?:should be|are|must be) (?:used|included|considered))?");

    private static final Pattern CHOOSES = phrase(
            "where|whose|which|that|with|missing|nulls?|nan|exclud\\w*|remov\\w*|drop\\w*|ignor\\w*|omit\\w*|except");
    private static final Pattern EVERY_COLUMN =
            Pattern.compile("^[ ·]*(?:consider|check|look at|use|inspect|include|count) (?:all|every|each)[ ·]*$");
    private static final Pattern FILTER_BY = phrase(
            "(?:filter|subset|select)(?: (?:rows|data|records))? (?:by|on|based on|according to) <c>(?: first| beforehand)?(?=[ ·,]*$)");
    private static final Pattern TO_THESE = phrase(
            "(?:restrict|limit|confine)(?:ed)?(?: (?:analysis|data|calculation|computation|rows|it))* to (?:this|these|that|those)(?: (?:§c\\d+|rows|group|groups|subset|records))?(?: only)?(?=[ ·,]*$)");
    private static final Pattern GROUPS_ARE = phrase(
            "(?:groups?|samples?)(?: to (?:compare|be compared))? (?:are|is) (?:given|defined|formed|determined|specified|made) (?:by|in|through) <c>");
    private static final Pattern COMPUTED_FROM = phrase(
            "(?:mean|median|mode|average)(?: values?)? (?:should be|is|must be|to be) (?:computed|calculated|taken|determined|obtained|derived)(?: (?:from|over|on|using|based on|of|with|only|all|available|non missing|non null|non|missing|null|values?|data|in|entries|remaining|observed|original|<c>))*(?=[ ·,]*$)");
    private static final Pattern PROPORTION = phrase("(?:by )?(?:divid(?:e|ing)) " + COUNT + "[^.]{1,90}? by " + COUNT
            + "[^.§]{0,40}(?: and multipl(?:y|ying)(?: it| result)? by <n>)?");
    private static final String ROWS =
            "(?:rows?|records?|observations?|entries|entry|cases|data points?|samples?|data|values?|subset|those|analysis|calculation|computation|results?)";
    /** "Consider only the rows where", "restrict the data to rows with". */
    private static final Pattern ONLY = phrase(
            "(?:(?:for this|therefore|first|please|to do this) ?,? ?)?(?:(?:only|just) (?:consider|use|include|take|select|keep|count|look at|analy[sz]e)|(?:consider|use|using|include|including|take|select|keep|considering|selecting|taking|count|analy[sz]e|keeping|look at) (?:only|just)|only (?:rows?|records?|observations?|entries|those)(?= (?:where|whose|in which|for which|with|that have|which have))|(?:filter|filtering|restrict|restricting|limit|limiting|narrow|subset|narrowing|focus|focusing|select|selecting|extract|extracting)(?: down)?)(?: (?:out|only|on|to|for|by|from|in|of|all|"
                    + ROWS
                    + "))*(?: (?:where|whose|in which|for which|with|that have|which have|having|when|that are|belonging to|of|from|in|for))?(?: value of)?");

    private static final Pattern ALONE = phrase("(?:only|just)(?= (?:§[cv]\\d+))");

    private static final Pattern TEST_PARTS = phrase(
            "(?:(?:report|calculate|compute|provide|give|with|and|as well as|state|,) )*(?:(?:t|f|u|w|h|z|d|chi squared?|chi2|test|ks|shapiro|anova)(?: test)? (?:statistics?|values?|scores?|stat)|statistic|degrees of freedom|test statistics?)");
    private static final Pattern EQUAL_VARIANCES = phrase(
            "(?:assum(?:e|ing)|with|under(?: assumption of)?)(?: that)?(?: (?:equal|same) variances?| variances? (?:are|is) equal)(?: assumed)?|(?:equal|same) variances? (?:assumed|are assumed)");
    private static final Pattern UNEQUAL_VARIANCES = phrase(
            "(?:assum(?:e|ing)|with|do not assume|without assuming)(?: that)?(?: (?:unequal|different) variances?| equal variances?(?= ))");
    private static final Pattern ROUNDED_STATISTIC = phrase(
            "(?:and )?(?:round(?:ing)? |report |give |state )?(?:(?:all|both|each|final|mean|means|median|average|averages|standard deviations?|correlations?|pvalue|coefficients?|r|values?|percentages?|and|other|one|sums?|variance|skewness|kurtosis|slope|intercept|r squared|count) ?)+(?:(?:is|are|should be|must be|to be|being|each|both|all|rounded|given|reported|to|off) ?)*(?:(?:to|with) (?:one|two|three|four))?(?=[ ·,]*$)");
    private static final Pattern ROUNDS = phrase("round\\w*|decimals?|nearest");

    private static final Pattern DEFINES =
            Pattern.compile("^[ ·,]*[a-z0-9 ]{3,40}?(?: (?:of|in|for) §c\\d+)? (?:is|are|means|·)");

    private final Sentence sentence;
    private final Request request;
    private boolean limits;

    RemarkReader(Sentence sentence, Request request) {
        this.sentence = sentence;
        this.request = request;
    }

    /** Takes usual definitions of what was asked for, and what says that nothing else is done. */
    void definitions() {
        if (!sentence.has(CHOOSES) && !request.tasks().isEmpty()) {
            sentence.takeAll(AVAILABLE);
            sentence.takeAll(EVERY_COLUMN);
        }
        sentence.takeAll(UNTOUCHED);
        restricted();
        if (asked(RequestTask.Missing.class) || sentence.has(Pattern.compile("percentages?"))) {
            sentence.takeAll(PERCENTAGE);
        }
        if (request.fills()) {
            sentence.takeAll(COMPUTED_FROM);
        }
        boolean known = sentence.find(PROPORTION)
                .map(p -> sentence.all(p.group(), 'c').stream().allMatch(request::isUsed)
                        && sentence.all(p.group(), 'v').stream().allMatch(this::isUsed)
                        && !request.tasks().isEmpty())
                .orElse(false);
        if (known) {
            sentence.take(PROPORTION);
        }
        boolean defined = false;
        for (Map.Entry<String, Pattern> definition : DEFINITIONS.entrySet()) {
            boolean said = names(definition.getKey()) || request.describes(List.of(definition.getKey()));
            defined |= said && sentence.take(definition.getValue()).isPresent();
        }
        boolean onlyDefines = defined
                && sentence.has(DEFINES)
                && sentence.columns().stream().allMatch(c -> request.isUsed(c) || request.knows(c))
                && sentence.values().isEmpty()
                && DescribeReader.named(sentence, sentence.text()).size() == 1
                && request.describes(DescribeReader.named(sentence, sentence.text()))
                && !sentence.text().contains("§n");
        if (onlyDefines) {
            sentence.takeRest();
        }
    }

    private boolean isUsed(Item value) {
        return value.values().stream()
                .anyMatch(v -> request.isUsed(
                        Item.columns(value.text(), List.of(new ColumnMatch(v.column(), 1, ColumnMatch.How.NAME)))));
    }

    private boolean names(String statistic) {
        return DescribeReader.named(sentence, sentence.text()).contains(statistic);
    }

    private boolean asked(Class<? extends RequestTask> kind) {
        return request.tasks().stream().anyMatch(kind::isInstance);
    }

    /** Takes the words before a condition, "consider only rows where"; the condition itself must be understood. */
    void restriction() {
        boolean may = !sentence.values().isEmpty()
                || sentence.text().contains("§n")
                || sentence.text().contains("§d");
        if (may) {
            boolean saysOnly = !sentence.takeAll(ONLY).isEmpty();
            boolean saysAlone = !sentence.takeAll(ALONE).isEmpty();
            limits = saysOnly || saysAlone;
        }
    }

    /** "Filter by genre first", "restrict the analysis to this region": said of a condition that is known. */
    private void restricted() {
        boolean known = sentence.find(FILTER_BY)
                .map(f -> request.isUsed(sentence.item(f.group(1))) && request.isFiltered())
                .orElse(false);
        if (known) {
            sentence.take(FILTER_BY);
        }
        if (request.isFiltered()) {
            sentence.take(TO_THESE);
        }
    }

    /** Whether rows are limited by a condition that must be found. */
    boolean limits() {
        return limits;
    }

    /** Takes the parts of a test that are shown with it anyway, and its usual assumption. */
    void ofTests() {
        boolean tests = request.testKind != null || asked(RequestTask.Test.class) || asked(RequestTask.Normality.class);
        if (tests) {
            sentence.takeAll(TEST_PARTS);
            sentence.find(GROUPS_ARE)
                    .filter(g -> request.isUsed(sentence.item(g.group(1))))
                    .ifPresent(g -> sentence.take(GROUPS_ARE));
        }
        if (sentence.take(EQUAL_VARIANCES).isPresent()) {
            return;
        }
        sentence.take(UNEQUAL_VARIANCES).ifPresent(u -> request.unequalVariances());
    }

    /** "The median is rounded to two, the count is an integer": about numbers that were asked for before. */
    void rounding() {
        Optional<MatchResult> found = sentence.has(ROUNDS) ? sentence.find(ROUNDED_STATISTIC) : Optional.empty();
        boolean known = found.isPresent()
                && request.describes(List.copyOf(
                        Set.copyOf(DescribeReader.named(sentence, found.get().group()))))
                && !request.tasks().isEmpty();
        if (known) {
            sentence.take(ROUNDED_STATISTIC);
        }
    }
}
