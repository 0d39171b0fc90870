package dev.datastudio.agents.planner.internal;

import static dev.datastudio.agents.planner.internal.Sentence.phrase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Steps over what says how an answer is worded or worked out and changes no number: libraries, rounding, definitions of
 * well-known terms and the verdicts that follow from a number. Every word of such a sentence must be one of
 * {@code prose.txt}; a sentence with any other word is not stepped over.
 */
final class ProseReader {
    private static final Set<String> WORDS = words(false);
    private static final Set<String> OF_VERDICTS = words(true);

    private static final Pattern DECIMALS = phrase(
            "(?:(?:round(?:ed|ing)?|up|accurate|rounded off|correct|down|precision|off|to|of|with|calculated|performed|reported) )*(?:to |up to |of |off to )?(?:§n\\d+|one|two|three|four|five|six|first|second|third|fourth) ?(?:decimals?|d p)(?: (?:places?|points?|digits?))?");
    private static final Pattern ROUNDED = phrase(
            "(?:round(?:ed|ing)?(?: off| up)?|round to)(?: final)?(?: answers?| results?| numbers?)?(?: to)? (?:nearest (?:hundredth|tenth|thousandth|integer|whole number|cent)|§n\\d+)");
    private static final Pattern SPEAKS_OF_ROUNDING = phrase("round\\w*|decimals?");
    private static final Pattern SHORT = phrase(
            "(?:rounded )?(?:to|with) (?:§n\\d+|one|two|three|four|five)(?= and| ,|[ ·,]*$)|(?:each|all|both)(?: of)?(?: these| those)?(?: (?:two|three|four|five))? (?:numbers|values|results|figures|statistics)");
    private static final Pattern NULL_HYPOTHESIS = phrase("null hypothesis[^.]{0,200}");
    private static final Pattern VERDICT = Pattern.compile(
            "^[ ·,]*(?:in (?:this |that )?tests? ,? ?)?(?:if|otherwise|else|consider|assume|treat|conclude|report|declare|state|define|when|in case|for determining|assess|test whether|positive|negative|values? of r|skewness values?|correlation values?|indicate|is it|is this|is correlation|kurtosis values?|do not|fail to)(?=[ ·,])");
    private static final Pattern VERDICT_SUBJECT = phrase(
            "pvalue|r|correlations?|coefficients?|skewness|kurtosis|r squared|null hypothesis|skewed|symmetric(?:al)?|normal(?:ly)?(?: distribution)?|distribution|significant|relationship|positive|negative|otherwise|else");
    private static final Pattern TAIL = phrase(
            "(?:where |, ?|and |such that )?(?:if|when) (?:pvalue|skewness|r|correlation|absolute value of r)[^.]*");
    private static final Pattern BOUND = phrase(
            "pvalue(?: of)?(?: (?:is|are|obtained|was|from|test|associated|with))* (?:less|greater|below|above|smaller|larger|lower|higher|more|<|<=|>|>=|under|over)(?: ?=)?(?: than)?(?: or equal to)? <n>");
    private static final Pattern SHAPE = phrase("skewness");
    private static final Pattern TAILS = phrase("kurtosis");
    private static final Pattern P_VALUE = phrase("pvalue");
    private static final Pattern TOOLS = phrase("do not use any [^.]*?(?:packages?|librar(?:y|ies)|modules?)[^.]*");
    private static final Pattern FUNCTION = phrase(
            "(?:of |using |with |by |use )?(?:numpy|pandas) (?:percentile|quantile|describe)(?: functions?| methods?)?");
    private static final Pattern BY_CLEANING = phrase(
            "perform(?:ing)? (?:comprehensive )?(?:data )?(?:cleaning|preprocessing|pre processing|feature engineering|transformation|normali[sz]ation)(?: steps?)? by");
    private static final Pattern UNCHANGED = phrase(
            "(?:values? (?:in [^.]*?)?|they |it )?(?:should|must) not be (?:rounded|changed|modified|altered)[^.]*|without (?:applying )?(?:any )?(?:transformations?|filters?|modif\\w+|changes)[^.]*|do not use (?:any )?(?:approximations?|assumptions?|modes?|medians?)[^.]*");
    private static final Pattern PURPOSE = phrase(
            "(?:in order )?to (?:visuali[sz]e|understand|illustrate|assess|measure|quantify|evaluate|represent|determine|investigate|avoid|see) [^.§]*(?: between)?|to visuali[sz]e [^.]*");
    private static final Pattern STRENGTH = phrase(
            "(?:assess(?:es|ing)?|calculates?|measures?|represents?|indicates?)? ?(?:strength|direction)(?: and (?:strength|direction))?(?: of)?");
    private static final Pattern STATISTICAL_MEASURE = phrase("statistical measure that [^,]*");
    private static final Pattern UNIT =
            phrase("in (mm|cm|m|km|kg|g|mg|lb|usd|dollars?|euros?|percent|seconds?|minutes?|hours?|days|years)");
    private static final Pattern TIES = phrase(
            "(?:if|in case|for|when|where)[^.]{0,60}?(?:ties?|two or more|multiple|several|same)[^.]{0,80}?(?:return|list|report|give|show) (?:all|both|them)[^.]*");
    private static final Pattern NOT_NEEDED = phrase(
            "(?:and )?no (?:other|further|additional|more)(?: (?:data|preprocessing|processing|cleaning|steps?|transformations?|adjustments?|filtering|assumptions?|modifications?|changes?|treatment|or|and))* (?:is|are) (?:needed|required|necessary|applied|done)[^.]*");
    private static final Pattern DO_THIS = phrase("do (?:this|it|that|so)(?: analysis)? (?:for|on) <c>(?: only)?");
    private static final Pattern EXCESS =
            phrase("(?:using )?(?:fisher|pearson) (?:method|definition)|(?:using )?non parametric methods?");
    private static final Pattern BOTH = phrase("(?:these|those|both) two");
    private static final Pattern RESULT_IS = phrase(
            "(?:this |count |result |answer |values? |number |final )+(?:should|must) be [^.]*?(?:integer|number|float|decimal)[^.]*");

    private static final Pattern LETTERS = Pattern.compile("[a-z]{3,}");
    private static final Set<String> DETERMINERS =
            Set.of("the", "a", "an", "its", "their", "these", "those", "both", "all", "it", "them", "this");
    private static final Set<String> MODALS = Set.of("must", "should", "to", "shall");
    /** Stems of verbs that would change numbers or choose rows. */
    private static final Pattern CHANGING = Pattern.compile(
            "transform|scal|normali|standardi|convert|clean|remov|drop|exclu|filter|restrict|limit|fill|imput|replac|sort|rank|group|bin|categor|classif"
                    + "|cluster|split|sampl|shuffl|weigh|trim|clip|cap|winsor|smooth|aggregat|merg|join|encod|label|map|predict|train|forecast|detrend|differ|log"
                    + "|squar|cent(?:er|re)|shift|lag|interpolat|adjust|deflat|bootstrap|permut|subtract|add|multipl|divid|sum|omit|ignor|discard|delet|eliminat|skip"
                    + "|select|choos|pick|compar|contrast|control|mask|subset|pool|stack|pivot|match|pair|link|decompos|differentiat|integrat|accumulat|roll|round|truncat|invert|revers|flip|negat|swap|extract|pars|segment|partition|stratif|plot|draw");

    private final Sentence sentence;
    private final Request request;

    ProseReader(Sentence sentence, Request request) {
        this.sentence = sentence;
        this.request = request;
    }

    /** The words before the line of verdicts, or those after it. */
    private static Set<String> words(boolean ofVerdicts) {
        try (var stream = ProseReader.class.getResourceAsStream("prose.txt")) {
            if (stream == null) {
                throw new IllegalStateException("Resource prose.txt is missing beside " + ProseReader.class);
            }
            var words = new HashSet<String>();
            boolean inVerdicts = false;
            for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\\R", -1)) {
                inVerdicts |= line.equals("= verdict");
                boolean counts = !line.isBlank() && line.charAt(0) != '#' && line.charAt(0) != '=';
                if (counts && inVerdicts == ofVerdicts) {
                    words.addAll(List.of(line.strip().split("\\s+", -1)));
                }
            }
            return Set.copyOf(words);
        } catch (IOException e) {
            throw new UncheckedIOException("Resource prose.txt can't be read", e);
        }
    }

    /** Whether a word says nothing about the data in a request. */
    static boolean isProse(String word) {
        return WORDS.contains(word);
    }

    /** Takes rounding. */
    void rounding() {
        if (sentence.has(SPEAKS_OF_ROUNDING)) {
            sentence.takeAll(SHORT);
        }
        sentence.takeAll(DECIMALS);
        sentence.takeAll(ROUNDED);
    }

    /** Takes what only says how an answer is worked out or worded. */
    void working() {
        sentence.takeAll(TOOLS);
        sentence.takeAll(FUNCTION);
        sentence.takeAll(BY_CLEANING);
        sentence.takeAll(UNCHANGED);
        sentence.takeAll(TIES);
        sentence.takeAll(NOT_NEEDED);
        sentence.takeAll(BOTH);
        sentence.takeAll(EXCESS);
        sentence.find(DO_THIS)
                .filter(d -> request.isUsed(sentence.item(d.group(1))))
                .ifPresent(d -> sentence.takeAll(DO_THIS));
        sentence.takeAll(RESULT_IS);
        sentence.takeAll(STATISTICAL_MEASURE);
        sentence.take(UNIT)
                .ifPresent(u -> request.decisions()
                        .note(
                                "Numbers are in the unit that they are stored in; '" + u.group(1)
                                        + "' converts nothing.",
                                0.05));
    }

    /**
     * Takes what only says that something is worked out: an unknown verb that begins a sentence or a clause and has an
     * object ("recalculate its mean", "keep two decimals"), and a participle after "must be". Verbs that change data or
     * choose rows are left.
     */
    void verbs() {
        List<Item> items = sentence.items();
        for (int i = 0; i < items.size(); i++) {
            String word = items.get(i).text().toLowerCase(Locale.ROOT);
            boolean verb = items.get(i).is(Item.Kind.UNKNOWN)
                    && LETTERS.matcher(word).matches()
                    && !CHANGING.matcher(word).find();
            if (verb && (isImperative(items, i) || isPassive(items, i))) {
                sentence.takeItem(i);
            }
        }
    }

    private static boolean isImperative(List<Item> items, int at) {
        boolean begins = at == 0
                || items.get(at - 1).is(Tag.AND)
                || items.get(at - 1).is(Tag.ALSO)
                || items.get(at - 1).isMark(",")
                || items.get(at - 1).isMark(":");
        if (!begins || at + 1 >= items.size()) {
            return false;
        }
        Item next = items.get(at + 1);
        boolean determiner =
                next.is(Tag.FILLER) && DETERMINERS.contains(next.text().toLowerCase(Locale.ROOT));
        return determiner || next.is(Item.Kind.NUMBER) || next.is(Tag.AGGREGATE) || next.is(Item.Kind.QUOTED);
    }

    private static boolean isPassive(List<Item> items, int at) {
        boolean participle = items.get(at).text().endsWith("ed") && at > 1;
        boolean be = participle && items.get(at - 1).text().equalsIgnoreCase("be");
        return be && MODALS.contains(items.get(at - 2).text().toLowerCase(Locale.ROOT)) && at + 1 >= items.size();
    }

    /** Takes the purpose of a sentence whose task is known. */
    void purpose() {
        sentence.takeAll(PURPOSE);
        sentence.takeAll(STRENGTH);
    }

    /**
     * Takes a sentence, or its last part, that only says what follows from a number: "If p is below 0.05, …". Its level
     * counts; its other numbers are bounds of the verdict.
     */
    void verdict() {
        boolean whole = sentence.has(VERDICT) && sentence.has(VERDICT_SUBJECT) && isPlain(sentence.leftWords());
        if (whole && sentence.columns().stream().allMatch(request::knows)) {
            judge();
            sentence.takeRest();
            return;
        }
        Optional<MatchResult> tail = sentence.find(TAIL);
        boolean plain = tail.isPresent()
                && isPlain(Sentence.words(tail.get().group()))
                && sentence.all(tail.get().group(), 'c').stream().allMatch(sentence.columns()::contains);
        if (plain) {
            judge();
            sentence.take(TAIL);
        }
    }

    private static boolean isPlain(List<String> words) {
        return words.stream().allMatch(w -> isProse(w) || OF_VERDICTS.contains(w) || isHarmless(w));
    }

    private void judge() {
        if (sentence.has(SHAPE) && !sentence.has(P_VALUE)) {
            request.judgesByShape = true;
            request.judgesByTails |= sentence.has(TAILS);
        }
        for (MatchResult found : sentence.takeAll(BOUND)) {
            double level = sentence.number(found.group(1));
            request.level = level > 0 && level < 0.5 ? level : request.level;
            request.significance = true;
        }
    }

    /** Takes what is said about a null hypothesis. */
    void hypotheses() {
        sentence.takeAll(NULL_HYPOTHESIS);
    }

    static boolean isHarmless(String word) {
        return Lexicon.english()
                .find(List.of(word))
                .map(m -> switch (m.tag()) {
                    case FILLER, WEAK, SHOW, QUESTION, RELATIVE, AND, OR, ALSO, PREPOSITION, WITH, IS -> true;
                    default -> false;
                })
                .orElse(false);
    }

    /** The words of the sentence that nobody made use of and that may say something. */
    List<String> unread() {
        return sentence.leftWords().stream()
                .filter(w -> !isProse(w) && !isHarmless(w))
                .distinct()
                .toList();
    }
}
