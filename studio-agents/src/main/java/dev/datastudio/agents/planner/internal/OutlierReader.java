package dev.datastudio.agents.planner.internal;

import static dev.datastudio.agents.planner.internal.Sentence.phrase;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail.OutlierMethod;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads the rule of outliers, what is done with them, and what is asked about them. */
final class OutlierReader {
    private static final String OUTLIERS = "(?:outliers?|anomal(?:y|ies)|extreme values?|outlying values?)";
    private static final String REMOVING =
            "(?:remov(?:e|es|ed|ing|al of)|exclud(?:e|es|ed|ing)|drop(?:s|ped|ping)?|discard(?:ed|ing)?|eliminat(?:e|ed|ing)|prun(?:e|ed|ing)|trim(?:med|ming)?|filter(?:ed|ing)? out|without|clean(?:ed|ing)? of|ignor(?:e|ed|ing))";

    private static final Pattern NEVER =
            phrase("do not (?:remove|exclude|drop|discard|consider|treat|handle)[^.]{0,60}?" + OUTLIERS
                    + "(?: ?,? or[^.,]{0,60}?)?(?= ,| as |[ ·]*$| when | before | during )");
    private static final Pattern NO_OTHER = phrase("do not (?:use|consider|apply) any other(?: outlier)?[^.]{0,60}");
    private static final Pattern IS_REMOVED = phrase(OUTLIERS
            + "(?: (?:in|of|from) <cl>)?(?: values?)? (?:are|is|were|should be|must be|to be|are to be|have been)(?: to be)? "
            + REMOVING);
    private static final Pattern REMOVED =
            phrase("(?:(?:after|by|before|and|identify and|detect and|find and|first|then) )*"
                    + REMOVING
                    + "(?: (?:any|all|identified|detected|these|those|such|potential|out|from))* "
                    + OUTLIERS);
    private static final Pattern REMOVED_BARE =
            phrase("(?:and )?(?:should be|are|is|be) (?:considered (?:as )?outliers? and (?:should be )?)?removed");
    private static final Pattern CARED_FOR = phrase(
            "(?:and )?(?:remov(?:e|ing)|exclud(?:e|ing)|without|drop(?:ping)?|discard(?:ing)?) (?:them|these|those)(?! §| [a-z])|after (?:their|its) (?:removal|exclusion|elimination)");
    private static final Pattern OF_THEM = phrase(
            "(?<!(?:number|count|percentage|proportion|share|total|rows|list|many) )(?:of|for|among) (?:all )?(?:these |those |identified |detected |resulting )*"
                    + OUTLIERS);
    private static final Pattern ASKED = phrase("(?:^[ ·,]*(?:show |list |all )*" + OUTLIERS
            + "(?= (?:in|of|for|by) )|(?:how many|number of|count(?: of)?|total number of|absolute number of|percentage of)(?: (?:removed|identified|detected|total|such|these|those))* "
            + OUTLIERS + "|(?:are|is) there any " + OUTLIERS + "|(?:contains?|has|have|does|include) (?:any )?"
            + OUTLIERS
            + "|(?:identify|detect|find|determine|list|show|report|count|which|provide|check for|locate)(?: and (?:remove|count|report|list))?[^.]{0,60}? "
            + OUTLIERS + "|perform outlier (?:detection|analysis)|outlier detection)");
    private static final Pattern NAMED = phrase(OUTLIERS);

    private static final Pattern FENCES = phrase(
            "(?:(?:lies?|falls?|is|are|located|lying|falling|found|below|above|outside|more than|less than|lower than|higher than|greater than|smaller than|larger than|bigger than|exceeding|exceeds?|beyond|times|or|and|either) )*<n> ?\\*? ?(?:times )?(?:iqr|interquartile range)s?");
    private static final Pattern TIMES_RANGE = phrase("<n> (?:\\* |times )?(?:interquartile range|iqr)");
    private static final Pattern Z_BOUND = phrase(
            "(?:absolute )?(?:zscore|z values?|z)(?: values?)?(?: (?:is|are|was|of|being|exceeds?|that|which|has|have|with|an?))*(?: (?:greater|more|larger|higher|above|over|beyond|>|less|lower|below|under|smaller|<|exceeds?|exceeding))(?: than)?(?: or equal to)? <n>(?: or (?:(?:less|lower|greater|more|below|above|smaller|larger|higher|under|over|<|>)(?: than)? )?<n>)?");
    private static final Pattern THRESHOLD = phrase(
            "threshold(?: value)?(?: (?:of|is|=|:))?(?: zscore(?: of)?)? <n>(?: for(?: absolute)?(?: values? of)? zscore)?");
    private static final Pattern DEVIATIONS = phrase(
            "<n> (?:times )?(?:sample |population )?(?:standard deviations?|std|sigmas?|sds?|stds?)(?: (?:away )?(?:from|above or below|above|below|of) (?:its |their )?(?:mean|average))?");
    private static final Pattern Z =
            phrase("(?:zscore|standard scores?|z)(?: (?:method|rule|approach|formula|values?|test))*");
    private static final Pattern RANGE = phrase(
            "(?:(?:inter ?quartile range|iqr|tukey|box ?plot)(?: (?:iqr|method|rule|approach|fences?))*|whiskers?(?: of)?(?: box plot)?|tukey rule)");
    private static final Pattern WHOSE = phrase(OUTLIERS + "(?: values?)? (?:in|of|from|for|within) <cl>");
    private static final Pattern THEIR_COUNT =
            phrase("(?:their|its) (?:count|number|total)|count them|how many there are|if (?:yes|so) ,? ?how many");
    private static final Pattern NUMBER_REMOVED = phrase("number of removed " + OUTLIERS);
    private static final Pattern IN_IT = phrase("(?:in|of|for) (?:it|this|new|that)");
    private static final Pattern QUARTILES = phrase("q1|q3|(?:first|third|lower|upper) quartiles?");
    private static final Pattern QUARTILE_WORDS = phrase(
            "(?:(?:calculate |calculated )?as difference between|q1|q3|(?:and )?(?:first|third|lower|upper) (?:and third |and upper )?quartiles?|25th percentile|75th percentile|minus|plus|\\*|percentiles?|respectively|times)");
    /** Where values lie that are outliers. */
    private static final Pattern LYING = phrase(
            "(?:that |which |if (?:it |they )?|considering |any |all |its |data |with |has |have |is |are )*(?:falls?|fallen|lies?|lying|located|outside|below|above|beyond|under|over|more than|less than|greater than|lower than|higher than|smaller than|larger than|bigger than|smaller|larger|lower|higher|counts? as|rule|criterion|criteria|whiskers?)(?: (?:or|and))?");

    private static final Pattern SCORE_FORMULA = phrase(
            "(?:(?:use|using|is|as|by|with|calculated|defined|its|general|mathematical|formula|where|z|zscore) )*(?:formula |z |zscore |as )(?:= |is )?x minus μ[^.]*|(?:(?:use|using|is|as|by|with|calculated|defined|its|general|mathematical|formula|where|z|zscore) )*values? minus mean / standard deviation");
    private static final Pattern POPULATION = phrase("population (?:standard deviation|std)(?: formula)?");

    private final Sentence sentence;
    private final Request request;

    OutlierReader(Sentence sentence, Request request) {
        this.sentence = sentence;
        this.request = request;
    }

    /** Takes what says that outliers are left alone; before anything else about missing values is read. */
    void never() {
        sentence.takeAll(NEVER);
        sentence.takeAll(NO_OTHER);
    }

    void read() {
        boolean named = sentence.has(NAMED);
        whose = sentence.find(WHOSE).map(w -> w.group(1)).orElse("");
        boolean removed = removes();
        rule(named);
        if (named && sentence.has(ASKED)) {
            ask();
        }
        if (removed && named) {
            removal();
        }
        ofOutliers = sentence.take(OF_THEM).isPresent() && !removed;
        sentence.takeAll(NAMED);
    }

    private boolean ofOutliers;
    private String whose = "";

    /** Whether statistics of the sentence are of the outliers alone. */
    boolean ofOutliers() {
        return ofOutliers;
    }

    private boolean removes() {
        boolean removes = sentence.has(REMOVED) || sentence.has(IS_REMOVED);
        boolean wordsRemoved = sentence.has(NUMBER_REMOVED);
        boolean bare = sentence.has(REMOVED_BARE) || sentence.has(CARED_FOR);
        sentence.takeAll(REMOVED_BARE);
        sentence.takeAll(CARED_FOR);
        return (removes && !wordsRemoved) || bare;
    }

    private void rule(boolean named) {
        boolean quartiles = sentence.has(QUARTILES);
        Optional<MatchResult> fences = sentence.find(TIMES_RANGE);
        if (fences.isPresent() && named) {
            set(OutlierMethod.INTERQUARTILE_RANGE, sentence.number(fences.get().group(1)));
            sentence.takeAll(FENCES);
        }
        boolean about = named || request.outlierMethod != null || asksOutliers();
        if (about) {
            List<MatchResult> bounds = sentence.takeAll(Z_BOUND);
            bounds.forEach(b -> set(OutlierMethod.Z_SCORE, Math.abs(sentence.number(b.group(1)))));
            boolean byScore = sentence.has(Z) || !bounds.isEmpty();
            sentence.takeAll(THRESHOLD)
                    .forEach(t -> set(
                            byScore || request.outlierMethod == OutlierMethod.Z_SCORE
                                    ? OutlierMethod.Z_SCORE
                                    : OutlierMethod.INTERQUARTILE_RANGE,
                            sentence.number(t.group(1))));
            sentence.takeAll(DEVIATIONS).forEach(d -> set(OutlierMethod.Z_SCORE, sentence.number(d.group(1))));
        }
        boolean population = (named || request.outlierMethod != null) && sentence.has(POPULATION);
        if (population) {
            sentence.takeAll(POPULATION);
            request.populationDeviation = true;
        }
        boolean isScore = !sentence.takeAll(Z).isEmpty();
        boolean isRange = !sentence.takeAll(RANGE).isEmpty();
        if (named && request.outlierMethod == null && (isScore || isRange)) {
            set(isRange ? OutlierMethod.INTERQUARTILE_RANGE : OutlierMethod.Z_SCORE, 0);
        }
        if (quartiles && request.outlierMethod == OutlierMethod.INTERQUARTILE_RANGE) {
            sentence.takeAll(QUARTILE_WORDS);
        }
        boolean told = named && request.outlierMethod != null;
        if (told) {
            sentence.takeAll(LYING);
        }
        if (request.outlierMethod == OutlierMethod.Z_SCORE) {
            sentence.takeAll(SCORE_FORMULA);
        }
    }

    private boolean asksOutliers() {
        return request.tasks().stream()
                .anyMatch(t -> t instanceof RequestTask.Outliers || t instanceof RequestTask.RemoveOutliers);
    }

    /** What is written out as a formula goes before the name of a method. */
    private void set(OutlierMethod method, double threshold) {
        boolean isFormula = threshold > 0 && method == OutlierMethod.INTERQUARTILE_RANGE;
        if (request.outlierMethod == null || isFormula) {
            request.outlierMethod = method;
            request.outlierThreshold = threshold;
        } else if (request.outlierMethod == method && threshold > 0) {
            if (request.outlierThreshold > 0 && request.outlierThreshold != threshold) {
                request.refuse("Two thresholds of outliers are named.");
            }
            request.outlierThreshold = threshold;
        }
    }

    private void removal() {
        List<ColumnEntry> columns = quantities();
        sentence.take(REMOVED);
        if (!whose.isEmpty()) {
            Sentence.indices(whose, 'c').forEach(sentence::takeItem);
        }
        sentence.take(IS_REMOVED);
        List<ColumnEntry> meant = columns.isEmpty() ? asked() : columns;
        request.add(new RequestTask.RemoveOutliers(meant.size() > 1 ? meant.subList(0, 1) : meant));
    }

    /** The columns whose outliers were asked for before. */
    private List<ColumnEntry> asked() {
        return request.tasks().stream()
                .filter(RequestTask.Outliers.class::isInstance)
                .flatMap(t -> ((RequestTask.Outliers) t).columns().stream())
                .distinct()
                .toList();
    }

    private void ask() {
        List<ColumnEntry> columns = quantities();
        if (columns.isEmpty()) {
            columns = asked();
        }
        if (columns.isEmpty() && sentence.has(IN_IT) && request.lastDerived().isPresent()) {
            columns = List.of(request.lastDerived().get());
        }
        if (columns.isEmpty()) {
            columns = request.taskColumns().stream()
                    .filter(ColumnEntry::isNumeric)
                    .limit(1)
                    .toList();
        }
        boolean counts = !columns.isEmpty();
        if (counts) {
            List<ColumnEntry> shown = sentence.columns().stream()
                    .map(i -> request.column(i, c -> true))
                    .filter(c -> !c.isQuantity())
                    .distinct()
                    .toList();
            columns.forEach(c -> request.add(new RequestTask.Outliers(List.of(c), shown, Condition.always())));
            sentence.takeAll(ASKED);
            sentence.takeAll(THEIR_COUNT);
        }
    }

    /** The columns whose outliers are spoken of: those right after the word, else all of the sentence. */
    private List<ColumnEntry> quantities() {
        List<ColumnEntry> theirs = whose.isEmpty() ? List.of() : numbers(sentence.all(whose, 'c'));
        return theirs.isEmpty() ? numbers(sentence.columns()) : theirs;
    }

    private List<ColumnEntry> numbers(List<Item> columns) {
        return columns.stream()
                .map(i -> request.column(i, ColumnEntry::isNumeric))
                .filter(c -> c.isNumeric() && c.column().role() != ColumnRole.ID)
                .map(request::current)
                .distinct()
                .toList();
    }
}
