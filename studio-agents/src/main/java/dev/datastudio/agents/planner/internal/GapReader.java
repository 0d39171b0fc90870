package dev.datastudio.agents.planner.internal;

import static dev.datastudio.agents.planner.internal.Sentence.phrase;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads what is done about missing values and repeated rows, and what is asked about them. */
final class GapReader {
    private static final String GAPS =
            "(?:(?:any|all|those|these|or|and|no|non|other|a|is|are|either|have|has|having|with|containing|that|which|where|whose) )*(?:missing values?|missing data|missing|nulls?(?: values?)?|nan(?: values?)?|nans|na(?: values?)?|empty(?: values?)?|blank(?: values?)?|null or missing(?: values?)?)(?:(?: or| and|/) (?:missing|null|nan|na|empty|blank|non numeric)(?: values?| data)?)*(?: values?)?";
    private static final String ROWS = "(?:rows?|records?|observations?|entries|entry|pairs?|cases|data points?)";

    private static final Pattern FILLED = phrase(
            "(?:(?:fill(?:ing|ed)?(?: in)?|imput(?:e|ing|ed)|replac(?:e|ing|ed)) " + GAPS
                    + "(?: (?:in|of|for))?(?: <cl>)?(?: values?)?|mean imputation|" + GAPS
                    + "(?: in <cl>)? (?:should be|are|is|must be) (?:filled|replaced|imputed)(?: in)?)(?: (?:with|by|using|to|their|its|respective))+ (mean|average|median|mode|most frequent|zero|0|<n>)(?: values?)?(?: of (?:same|that|their|its|respective|each)(?: respective)?(?: columns?)?)?(?: <c>)?");
    private static final Pattern KEPT = phrase(
            "(?:only (?:consider(?:ing)? |use |using |include )?|consider(?:ing)? only |using only |use only )?(?:non (?:null|missing|nan|empty)|complete) (?:values?|"
                    + ROWS + "|data|cases)(?: only)?(?: (?:of|in|for) <cl>)?");
    private static final Pattern LISTWISE =
            phrase("(?:by )?(?:using )?(?:list ?wise|complete case) (?:deletion|analysis)(?: method)?");
    private static final Pattern TAKEN = phrase(
            "(?:do not (?:consider|include|use|count)|ignor(?:e|es|ing|ed)|exclud(?:e|es|ing|ed)|remov(?:e|es|ing|ed)|drop(?:s|ping|ped)?|skip(?:ping|ped)?|disregard(?:ing|ed)?|omit(?:s|ting|ted)?|leav(?:e|ing) out|without|discard(?:ing|ed)?|eliminat(?:e|ing))(?: (?:any|all|those|these|only|first))* (?:("
                    + ROWS
                    + ") (?:(?:where|with|that|which|have|has|having|containing|contain|present|in|is|are|either|any|a) )*)?(?:(?:if |where )?<cl>(?: (?:is|are|has|have|that|value))* )?"
                    + GAPS
                    + "(?: (?:present|found|values?|data))*(?: (?:in|of|for|from|on|within))?(?: (?:any(?: of)? (?:these |those |its )?)?(?:one |two |three |four )?(?:(?:columns? |values? )?<cl>|(whole|entire|all columns|any column|dataset)?))?(?: entirely)?(?: (?:by )?(?:removing|dropping)(?: corresponding| those| these)? "
                    + ROWS + ")?");
    private static final Pattern BY_ROWS = phrase("handl(?:e|ing) " + GAPS
            + "(?: (?:in|of) <cl>)?(?: values?)? by (?:removing|dropping|deleting|excluding)(?: (?:corresponding|those|these|such))? "
            + ROWS);
    private static final Pattern HANDLED = phrase("handl(?:e|ing) " + GAPS + "(?: (?:in|of) <cl>)?");
    private static final Pattern UNIQUE = phrase(
            "(?:(?:after|by|then) )?(?:remov(?:e|ing|ed)|drop(?:ping|ped)?|delet(?:e|ing)|exclud(?:e|ing)|without|ignor(?:e|ing)|eliminat(?:e|ing))(?: (?:any|all))? duplicate(?:s|d)?(?: (?:"
                    + ROWS + "))?(?: (?:based on|by|from) (?:entire|whole|all) " + ROWS + ")?");
    private static final Pattern REPEATED = phrase(
            "(?:(?:how many|number of|count(?: of)?|are there any|check for|find|identify|detect|show|list)(?: any| all)? )?duplicate(?:s|d)?(?: (?:"
                    + ROWS + "))?");
    private static final Pattern COUNTED = phrase(
            "(?:what is |calculate |compute |find |report |how many |are there any |is there any |show )?(?:(?:number|count|percentages?|share|proportion|total number|amount|fraction|exact percentage)(?: values?)?(?: of)? )?(?:missing values?|missing data|nulls?(?: values?)?|nan values?|values? missing|missing)(?: are(?: there)?| is| exist)?(?: (?:in|for|of|per|by) (?:both |each )?<cl>)?");
    private static final Pattern IMPUTATION = phrase(
            "(mean|median|mode) imputation(?: (?:should|must|is|has|to|be|been|applied|used|performed|done))*(?: (?:to|on|for|in) <c>(?: only)?)?");
    private static final Pattern COUNTED_AS_MISSING = phrase(
            "(?:what |which |how many |calculate |report )?(?:(?:is )?(?:number|count|percentages?|share|proportion|fraction|how many)(?: of)? )?(?:values?|entries|rows|records|observations|data|cells)(?: (?:in|of|for) <c>)?(?: values?)? (?:is|are|that are|which are|being|has|have) (?:missing|null|nan|empty)(?: values?)?(?: (?:in|for) <c>)?");
    private static final Pattern MISSING_IS = phrase(
            "(?:missing|null)(?: values?| data| entry)? (?:is|are|means|refers to)(?: (?:represented|recorded|denoted|stored|marked|considered|defined|as|by|any|an|empty|blank|null|nan|na|cells?|values?|strings?|fields?|or|and))+");
    private static final Pattern INCLUDING = phrase(
            "(?:and )?(?:including|even|also|whether or not)(?: (?:rows|records|those|ones|entries|if|they))*(?: (?:with|that have|containing|have|having|contain)) (?:missing|null|nan)(?: [a-z]+)?");
    private static final Pattern BOTH_THERE = phrase(
            "(?:using |use |consider |considering |include |for )?(?:only )?(?:" + ROWS
                    + " )?(?:that have|with|having|where|for which|which have)(?: values? (?:in|for))? both(?: (?:values?|variables|ratings|measurements))?(?: <c>)?(?: (?:are|is))?(?: (?:available|present|known|given))?");
    private static final Pattern MOST = phrase(
            "(?:which|what) (?:columns?|variables?|features?)? ?(?:have|has|contains?|with) (?:most|highest number of|largest number of|greatest number of|highest percentage of)? ?(?:missing values?|nulls?|missing data|null values?)");
    private static final Pattern MEANS = phrase(
            "(?:assume (?:that )?)?missing values? (?:are|is) (?:represented|recorded|denoted|stored|marked) (?:as|by) [^.]{1,60}");
    private static final Pattern PERCENTAGES = phrase("(?:exact )?(?:percentages?|counts?)(?: values?)?");
    private static final Pattern COMPARED =
            phrase("how (?:does|do) (?:this|these|it|they)(?: percentages?| counts?| numbers?)? compare (?:to|with)");
    private static final Pattern CONVERTED = phrase(
            "(?:first )?convert(?:ing|ed)?[^.]{0,40}?<cl>[^.]{0,60}?(?:numeric|numerical|integers?|floats?|int64|numbers?)(?: values?| data types?| types?)?(?: before[^.]{0,60})?");
    private static final Pattern NONE = phrase(
            "(?:as )?(?:it was |it is )?(?:explicitly )?(?:stated |note |given )?(?:that )?(?:there are|contains|has|have) no missing (?:values?|data)(?: in <cl>)?(?: according to[^.]*)?|no missing values? in <c>");

    private static final Pattern SAYS_MISSING = phrase(
            "missing|nulls?|nan|nans|na|empty|blank|incomplete|unavailable|undefined|non (?:null|missing|nan|empty|na)|available|without|complete|present|valid|known|unknown|unrecorded|unspecified|have no|has no|with no|lack(?:s|ing)?");
    private static final Pattern SAYS_REMOVED = phrase(
            "exclud\\w*|drop\\w*|ignor\\w*|omit\\w*|(?:left|leave|leaving) out|remov\\w*|disregard\\w*|discard\\w*|skip\\w*|eliminat\\w*|delet\\w*|not(?: to)?(?: be)? (?:considered|included|used|counted|taken)|do not (?:consider|include|use|count|take)|filter(?:ed|ing)? out|only");
    /** "Use only rows with missing values", "do not drop the missing ones": the other way round. */
    private static final Pattern KEEPS_MISSING = phrase(
            "(?:only|just)(?: (?:rows?|records?|values?|entries|observations?|those|that|are|with|having|have|which|where|consider|use|include|the))* (?:missing|nulls?|nan|na|empty|blank|incomplete|without)"
                    + "|do not (?:drop|remove|exclude|ignore|omit|delete|discard|skip|disregard|eliminate)[^.]*|not (?:be )?(?:dropped|removed|excluded|ignored|omitted|deleted|discarded|skipped)"
                    + "|(?:drop\\w*|remov\\w*|exclud\\w*|ignor\\w*|omit\\w*|delet\\w*|discard\\w*|skip\\w*)(?: (?:all|any|rows?|records?|values?|entries|those|that|are|with|having|have|which|where))* (?:available|complete|present|valid|known|non (?:null|missing|nan|empty|na))");

    private static final Pattern SAYS_OTHERWISE = phrase(
            "fill\\w*|imput\\w*|replac\\w*|count(?: of)?|how many|number of|percentages?|proportion|outliers?|duplicat\\w*|interpolat\\w*|calculate|compute|determine|find|report|mean|median|average");
    /** What else a sentence about rows with missing values may say without choosing other rows. */
    private static final Set<String> ABOUT_ROWS = Set.copyOf(List.of(
            ("row rows record records observation observations entry entries case cases pair pairs point points cell cells sample samples movie item items instance instances"
                            + " value values missing null nulls nan nans na empty blank incomplete unavailable undefined non available without complete present valid known lack lacks lacking no"
                            + " exclude excludes excluded excluding drop drops dropped dropping ignore ignores ignored ignoring omit omits omitted omitting left leave leaving out remove removes removed removing"
                            + " disregard disregarded disregarding discard discarded discarding skip skipped skipping eliminate eliminated eliminating delete deleted deleting filter filtered filtering"
                            + " not do only consider considered include included use used counted taken take account be to should must need needs will shall has have having is are with containing contain contains"
                            + " where which that whose either any both all these those this such from in of for or and if there first before prior beforehand analysis calculation calculations computation computations"
                            + " calculating computing performing affected corresponding handle handled handling by one two three four variables variable columns column either at least respective relevant them they unknown unrecorded unspecified must pearson spearman kendall coefficient coefficients correlation correlations test statistic calculated computed performed pairwise being been as so that lacked"
                            + " during when then each listwise pairwise deletion necessary needed data entirely whole even on into it its simply just please")
                    .split(" ", -1)));

    private final Sentence sentence;
    private final Request request;

    GapReader(Sentence sentence, Request request) {
        this.sentence = sentence;
        this.request = request;
    }

    /** Takes a sentence that says in any words that rows with missing values don't count, and nothing else. */
    void whole() {
        sentence.takeAll(INCLUDING);
        boolean says = sentence.has(SAYS_MISSING) && sentence.has(SAYS_REMOVED) && !sentence.has(SAYS_OTHERWISE);
        boolean plain = says
                && sentence.values().isEmpty()
                && sentence.all(sentence.text(), 'n').isEmpty()
                && sentence.all(sentence.text(), 'q').isEmpty()
                && sentence.leftWords().stream().allMatch(ABOUT_ROWS::contains);
        boolean keeps = sentence.has(KEEPS_MISSING);
        if (!plain || keeps) {
            return;
        }
        request.add(new RequestTask.RemoveMissing(
                sentence.columns().stream()
                        .map(i -> request.column(i, c -> true))
                        .distinct()
                        .toList(),
                false));
        sentence.takeRest();
    }

    void read() {
        if (request.tasks().stream().anyMatch(RequestTask.Missing.class::isInstance)) {
            sentence.takeAll(MISSING_IS);
        }
        sentence.takeAll(BOTH_THERE).forEach(f -> request.add(new RequestTask.RemoveMissing(List.of(), false)));
        sentence.takeAll(MEANS);
        sentence.takeAll(NONE);
        sentence.takeAll(COMPARED);
        converted();
        if (!sentence.takeAll(UNIQUE).isEmpty()) {
            request.add(new RequestTask.Prepare(new Cleaning.WithoutDuplicates()));
        }
        sentence.takeAll(FILLED).forEach(this::fill);
        if (request.fills() && sentence.has(IMPUTATION)) {
            imputedAgain();
        }
        boolean listwise = !sentence.takeAll(LISTWISE).isEmpty();
        sentence.takeAll(BY_ROWS).forEach(f -> without(f, true));
        sentence.takeAll(TAKEN).forEach(f -> without(f, listwise || f.group(1) != null));
        sentence.takeAll(KEPT).forEach(f -> without(f, listwise));
        if (listwise) {
            request.add(new RequestTask.RemoveMissing(List.of(), false));
            sentence.takeAll(HANDLED);
        }
        if (sentence.has(HANDLED) && request.fills()) {
            sentence.takeAll(HANDLED);
        }
        asked();
    }

    /** Numbers need no conversion; what is a text here can't be converted by a question. */
    private void converted() {
        for (MatchResult found : sentence.takeAll(CONVERTED)) {
            columns(found).stream()
                    .filter(c -> !c.isNumeric())
                    .findFirst()
                    .ifPresent(
                            c -> request.refuse(c.name() + " holds texts; change its type before it is asked about."));
        }
    }

    private void without(MatchResult found, boolean rows) {
        List<ColumnEntry> columns = columns(found);
        boolean everywhere = columns.isEmpty()
                && (found.group().contains("entire")
                        || found.group().contains("all columns")
                        || found.group().contains("any column"));
        if (!columns.isEmpty() || rows || everywhere) {
            request.add(new RequestTask.RemoveMissing(columns, everywhere));
        }
    }

    private List<ColumnEntry> columns(MatchResult found) {
        return sentence.all(found.group(), 'c').stream()
                .map(i -> request.column(i, c -> true))
                .distinct()
                .toList();
    }

    private void fill(MatchResult found) {
        String words = found.group();
        List<ColumnEntry> columns = columns(found);
        List<ColumnEntry> filled = columns.isEmpty() ? allWithGaps() : columns;
        for (ColumnEntry column : filled) {
            request.add(new RequestTask.Prepare(new Cleaning.Filled(column.ref(), value(words, found, column))));
        }
        request.filled();
    }

    /** "Mean imputation is applied to age": what fills the gaps said again, which must be the same. */
    private void imputedAgain() {
        boolean same = sentence.find(IMPUTATION)
                .map(i -> i.group(1))
                .map(by -> request.tasks().stream()
                        .anyMatch(t -> t instanceof RequestTask.Prepare p
                                && p.cleaning() instanceof Cleaning.Filled f
                                && f.with() instanceof Expression.Overall o
                                && o.measure().aggregate().name().equalsIgnoreCase(by)))
                .orElse(false);
        if (same) {
            sentence.takeAll(IMPUTATION);
        }
    }

    /** A mean fills numbers only; where a column is named it must be one. */
    private List<ColumnEntry> allWithGaps() {
        return request.decisions().index().columns().stream()
                .filter(c -> c.column().nullCount() > 0 && c.isQuantity())
                .toList();
    }

    private Expression value(String words, MatchResult found, ColumnEntry column) {
        String by = words.toLowerCase(Locale.ROOT);
        if (by.contains("median")) {
            return new Expression.Overall(Measure.of(Aggregate.MEDIAN, column.ref()));
        } else if (by.contains("mode") || by.contains("most frequent")) {
            return new Expression.Overall(Measure.of(Aggregate.MODE, column.ref()));
        } else if (by.contains("mean") || by.contains("average")) {
            return new Expression.Overall(Measure.of(Aggregate.MEAN, column.ref()));
        }
        List<Integer> numbers = Sentence.indices(found.group(), 'n');
        double constant = numbers.isEmpty() ? 0 : sentence.number("§n" + numbers.get(0));
        boolean whole = constant == Math.rint(constant);
        return new Expression.Constant(whole ? (Object) (long) constant : (Object) constant);
    }

    private void asked() {
        if (!sentence.takeAll(MOST).isEmpty()) {
            request.add(new RequestTask.Missing(List.of(), Condition.always()));
        }
        boolean counts = (sentence.has(COUNTED) || sentence.has(COUNTED_AS_MISSING)) && !sentence.has(HANDLED);
        if (counts) {
            for (MatchResult found : sentence.takeAll(COUNTED_AS_MISSING)) {
                request.add(new RequestTask.Missing(columns(found), Condition.always()));
            }
            for (MatchResult found : sentence.takeAll(COUNTED)) {
                request.add(new RequestTask.Missing(columns(found), Condition.always()));
            }
        }
        if (request.tasks().stream().anyMatch(RequestTask.Missing.class::isInstance)) {
            sentence.takeAll(PERCENTAGES);
        }
        if (sentence.has(REPEATED) && sentence.take(REPEATED).isPresent()) {
            request.add(new RequestTask.Duplicates(List.of()));
        }
    }
}
