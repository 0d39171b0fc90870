package dev.datastudio.agents.planner.internal;

import static dev.datastudio.agents.planner.internal.Sentence.phrase;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Operator;
import dev.datastudio.core.analysis.Measure;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads new columns: differences, ratios, products and sums of columns, their logarithms and scaled values, changes from
 * the row before, and written formulas.
 */
final class DeriveReader {
    private static final String SCALE_VERB =
            "(?:normali[sz](?:e|ing|ation of)|scal(?:e|ing|ation of)|rescal(?:e|ing)|transform(?:ing)?)";

    private static final Pattern MAKES = phrase("(?:perform(?:ing)? feature engineering (?:by|to) )?"
            + "(?:then )?(?:creat(?:e|ing)|generat(?:e|ing)|add(?:ing)?|deriv(?:e|ing)|engineer(?:ing)?|mak(?:e|ing)|construct(?:ing)?|build(?:ing)?|defin(?:e|ing)|introduc(?:e|ing)|form(?:ing)?|comput(?:e|ing)|calculat(?:e|ing))"
            + "(?: new| additional)?(?: features?| variables?)?(?: (?:called|named))? <q>");
    private static final Pattern MAKES_UNNAMED = phrase(
            "(?:creat(?:e|ing)|generat(?:e|ing)|add(?:ing)?|deriv(?:e|ing)|engineer(?:ing)?|construct(?:ing)?|build(?:ing)?|defin(?:e|ing)|introduc(?:e|ing)) (?:new|additional)(?: features?| variables?)?");
    private static final Pattern DEFINES = phrase("<q> (?:=|:|is calculated as|is defined as|as)");
    private static final Pattern NAMES = phrase("<q>");

    private static final Pattern STATISTIC_OF = phrase(
            "(?:mean|average|median|standard deviation|std|variance|minimum|maximum|range|skewness|sum|total)(?: of)? (?:differences?|ratios?|products?|sum|quotients?) (?:between|of|in) <c>");
    private static final Pattern SAYS = phrase(
            "(?:called|named|that represents?|which represents?|represents?|representing|that calculates?|which calculates?|that is|new|feature|using formula|formula|(?:for|of|in) (?:each|every) (?:row|entry|record|observation|individual|day|item|site|sample|data point)|by)");

    private static final Pattern DIFFERENCE =
            phrase("differences? (?:between|of|in) <c>(?: values?| prices?)?(?: and| minus) <c>(?: values?| prices?)?");
    private static final Pattern SUBTRACTED =
            phrase("subtract(?:ing|ed|s)? <c>(?: values?| prices?)? from(?: each)? <c>(?: values?| prices?)?");
    private static final Pattern LESS_ITS_MEAN = phrase(
            "subtract(?:ing|s)? (mean|average|median|minimum)(?: values?)? (?:of|in) <c>(?: values?)? from each(?: value)?(?: in(?: that| this)?)?(?: <c>)?");
    private static final Pattern QUOTIENT = phrase(
            "(?:(?:by )?divid(?:ing|e|es) <c>(?: values?| prices?)? by|ratios? of <c>(?: values?| prices?)? (?:to|and|over)|ratios? between <c>(?: values?| prices?)? and|<c>(?: values?)? divided by) <c>(?: values?| prices?)?");
    private static final Pattern PRODUCT =
            phrase("(?:(?:by )?multiply(?:ing)?|products? of)(?: together)? <cl>(?: together)?");
    private static final Pattern SUM = phrase(
            "(?:(?:by )?(?:adding|summing)(?: up)?|(?:row wise )?sum of|total of|addition of) <cl>(?: together)?");
    private static final Pattern MEAN_OF = phrase("(?:averages?|mean)(?: values?| prices?)? of <cl>");
    private static final Pattern CHANGE = phrase(
            "(?:percent(?:age)?|relative) change(?:s)? (?:in|of) <c>(?: values?| prices?)? (?:from|to|over|compared (?:to|with)) previous (?:day|row|date|month|week|year|period|entry|record|observation)(?: values?| prices?)?");
    private static final Pattern LOG = phrase(
            "(?:appl(?:y|ying) |perform(?:ing)? )?(?:natural )?log(?:arithm(?:ic)?)?(?: \\(?base §n\\d+\\)?)?(?: transform(?:ation|ed|ing)?)?(?: function)?(?: of| to| on| for) <cl>|transform(?:ing)? <cl> (?:with|using|by|via|by taking|by applying)(?: natural)? log(?:arithm)?(?:ic)?(?: transform(?:ation)?)?(?! base)");
    private static final Pattern MIN_MAX = phrase("(?:" + SCALE_VERB
            + " <cl>(?: values?)?(?: (?:using|with|by|via))?(?: sklearn)?(?: (?:min max(?: (?:normali[sz]ation|scal(?:ing|er)))?|minmaxscaler|min max scaler))"
            + "|min max (?:normali[sz]ation|scaling)(?: method)? (?:of|to|on|for) <cl>)");
    private static final Pattern STANDARDISE = phrase(
            "(?:standardi[sz](?:e|ing)|zscore (?:normali[sz](?:e|ation of)|standardi[sz]ation of))(?: values? (?:in|of))? <cl>(?: values?)?(?: (?:using|by|with) zscore)?");

    private static final Pattern NATURAL =
            phrase("(?:(?:use|using|with|by|apply) )*natural log(?:arithm)?s?(?: function| transformation)?|base e");
    private static final Pattern MIN_MAX_NAMED = phrase("min max|minmaxscaler");
    private static final Pattern MIN_MAX_FORMULA = phrase(
            "(?:(?:formula|is|using|use|by|as|calculated|:) )*(?:x|values?) minus (?:min|minimum)(?: values?)? / (?:max|maximum)(?: values?)? minus (?:min|minimum)(?: values?)?");
    private static final Pattern UNIT_RANGE = phrase(
            "(?:(?:scaled|normali[sz]ed|resulting|values?|should|must|to|lie|be|are|is|in|range|of|within|interval|and|so|that|they|from) )*between <n> and <n>|(?:to |in )(?:a )?range(?: of| from| between)? <n> (?:to|and) <n>");
    private static final Pattern FOR_EACH_ROW = phrase(
            "(?:(?:compute|calculate|create|do|this|it|new|feature|value|difference|ratio|sum|product) )+(?:for|of|in) (?:each|every) (?:row|entry|record|observation|day|item|sample|data point)");

    private final Sentence sentence;
    private final Request request;

    DeriveReader(Sentence sentence, Request request) {
        this.sentence = sentence;
        this.request = request;
    }

    void read() {
        scaled();
        restated();
        Optional<String> name = name();
        boolean makes = name.isPresent() || sentence.has(MAKES_UNNAMED);
        if (!makes) {
            described();
            return;
        }
        Optional<Expression> value = value();
        if (value.isPresent()) {
            sentence.takeAll(MAKES);
            sentence.takeAll(MAKES_UNNAMED);
            sentence.takeAll(DEFINES);
            sentence.takeAll(SAYS);
            define(name.orElseGet(() -> "new value"), value.get());
        } else if (name.isPresent() && isNew(name.get())) {
            pending(name.get());
        }
    }

    private boolean isUnitRange() {
        return sentence.find(UNIT_RANGE)
                .map(u -> Sentence.indices(u.group(), 'n'))
                .map(n ->
                        n.size() == 2 && sentence.number("§n" + n.get(0)) == 0 && sentence.number("§n" + n.get(1)) == 1)
                .orElse(false);
    }

    /** "Use the natural logarithm", "the scaled values lie between 0 and 1", "do it for each row": said again. */
    private void restated() {
        boolean changed = !request.transformed().isEmpty();
        boolean naturalLog = changed
                && request.tasks().stream()
                        .anyMatch(t -> t instanceof RequestTask.Prepare p
                                && p.cleaning() instanceof Cleaning.Derived d
                                && d.value() instanceof Expression.Applied);
        if (naturalLog) {
            sentence.takeAll(NATURAL);
        }
        if (changed && isUnitRange()) {
            sentence.take(UNIT_RANGE);
        }
        if (request.lastDerived().isPresent()) {
            sentence.takeAll(FOR_EACH_ROW);
        }
    }

    /** "The mean of the ratio of A to B": a number of each row that has no name of its own. */
    private void described() {
        if (!sentence.has(STATISTIC_OF)) {
            return;
        }
        value().ifPresent(v -> request.derive(named(v), v, true));
    }

    private static String named(Expression value) {
        if (value instanceof Expression.Arithmetic a
                && a.left() instanceof Expression.ColumnRef left
                && a.right() instanceof Expression.ColumnRef right) {
            String sign = switch (a.operator()) {
                case ADD -> " + ";
                case SUBTRACT -> " - ";
                case MULTIPLY -> " × ";
                case DIVIDE -> " / ";
            };
            return left.name() + sign + right.name();
        }
        return "computed value";
    }

    private void pending(String name) {
        if (sentence.take(MAKES).isPresent()) {
            request.pendingName = name;
        }
    }

    private boolean isNew(String name) {
        return !request.isDerived(Item.of(Item.Kind.QUOTED, name, name));
    }

    /** A formula said again is the same column; said otherwise it is refused. */
    private void define(String name, Expression value) {
        Optional<Expression> known = request.definition(name);
        if (known.isEmpty()) {
            request.derive(name, value, true);
        } else if (!known.get().equals(value)) {
            request.refuse("'" + name + "' is defined in two ways.");
        }
        for (int index : Sentence.indices(sentence.text(), 'q')) {
            if (sentence.items().get(index).text().equalsIgnoreCase(name)) {
                sentence.takeItem(index);
            }
        }
    }

    private Optional<String> name() {
        for (Pattern pattern : List.of(MAKES, DEFINES, NAMES)) {
            Optional<MatchResult> found = sentence.find(pattern);
            if (found.isPresent()) {
                return Optional.of(sentence.item(found.get().group(1)).text());
            }
        }
        for (Item item : sentence.items()) {
            if (request.isDerived(item)) {
                return Optional.of(item.text());
            }
        }
        boolean waits = !request.pendingName.isEmpty();
        return waits ? Optional.of(request.pendingName) : Optional.empty();
    }

    private Optional<Expression> value() {
        Optional<Expression> written = formula();
        if (written.isPresent()) {
            return written;
        }
        Optional<MatchResult> found = sentence.take(DIFFERENCE);
        if (found.isPresent()) {
            return binary(Operator.SUBTRACT, found.get().group(1), found.get().group(2));
        }
        found = sentence.take(LESS_ITS_MEAN);
        if (found.isPresent()) {
            return lessOverall(found.get());
        }
        found = sentence.take(SUBTRACTED);
        if (found.isPresent()) {
            return binary(Operator.SUBTRACT, found.get().group(2), found.get().group(1));
        }
        found = sentence.take(QUOTIENT);
        if (found.isPresent()) {
            List<Item> both = sentence.all(matched(found.get()), 'c');
            return Optional.of(arithmetic(Operator.DIVIDE, both));
        }
        found = sentence.take(CHANGE);
        return found.isPresent() ? Optional.of(change(sentence.item(found.get().group(1)))) : listed();
    }

    private Optional<Expression> listed() {
        Optional<MatchResult> found = sentence.take(PRODUCT);
        if (found.isPresent()) {
            return several(Operator.MULTIPLY, found.get());
        }
        found = sentence.take(SUM);
        if (found.isPresent()) {
            return several(Operator.ADD, found.get());
        }
        Optional<MatchResult> mean = sentence.find(MEAN_OF);
        int count = mean.map(m -> Sentence.indices(m.group(), 'c').size()).orElse(0);
        if (count < 2 || (!sentence.has(MAKES_UNNAMED) && !sentence.has(MAKES))) {
            return Optional.empty();
        }
        return sentence.take(MEAN_OF)
                .flatMap(m -> several(Operator.ADD, m))
                .map(s -> new Expression.Arithmetic(Operator.DIVIDE, s, new Expression.Constant((long) count)));
    }

    private static String matched(MatchResult found) {
        return found.group();
    }

    private Optional<Expression> binary(Operator operator, String left, String right) {
        return Optional.of(arithmetic(operator, List.of(sentence.item(left), sentence.item(right))));
    }

    private Optional<Expression> several(Operator operator, MatchResult found) {
        List<Item> columns = sentence.all(found.group(), 'c');
        return columns.size() < 2 ? Optional.empty() : Optional.of(arithmetic(operator, columns));
    }

    private Expression arithmetic(Operator operator, List<Item> columns) {
        Expression value = of(columns.get(0));
        for (Item column : columns.subList(1, columns.size())) {
            value = new Expression.Arithmetic(operator, value, of(column));
        }
        return value;
    }

    private Expression of(Item item) {
        ColumnEntry column = request.column(item, c -> c.isNumeric() || c.isTemporal());
        if (!column.isNumeric() && !column.isTemporal()) {
            request.refuse(column.name() + " is not a number, so nothing can be computed from it.");
        }
        return request.current(column).ref();
    }

    private Optional<Expression> lessOverall(MatchResult found) {
        Item item = sentence.item(found.group(2));
        Aggregate aggregate = switch (found.group(1)) {
            case "median" -> Aggregate.MEDIAN;
            case "minimum" -> Aggregate.MIN;
            default -> Aggregate.MEAN;
        };
        Expression column = of(item);
        return Optional.of(new Expression.Arithmetic(
                Operator.SUBTRACT, column, new Expression.Overall(Measure.of(aggregate, column))));
    }

    /** Rows are in the order of the table's dates. */
    private Expression change(Item item) {
        Expression now = of(item);
        Optional<ColumnEntry> time = new TimeColumns(request.decisions().index()).main(request.decisions());
        if (time.isEmpty()) {
            request.refuse("There is no column of dates that would tell which row is the one before.");
            return now;
        }
        Expression before = new Expression.Previous(now, time.get().ref());
        Expression change = new Expression.Arithmetic(
                Operator.DIVIDE, new Expression.Arithmetic(Operator.SUBTRACT, now, before), before);
        return new Expression.Arithmetic(Operator.MULTIPLY, change, new Expression.Constant(100L));
    }

    /** The longest formula that is written out, if there is one. */
    private Optional<Expression> formula() {
        List<Item> items = sentence.items();
        Optional<FormulaReader.Formula> best = Optional.empty();
        int from = -1;
        for (int i = 0; i < items.size(); i++) {
            Optional<FormulaReader.Formula> here = FormulaReader.at(request, items, i);
            int length = here.map(FormulaReader.Formula::end).orElse(0) - i;
            if (here.isPresent()
                    && length > best.map(FormulaReader.Formula::end).orElse(0) - Math.max(from, 0)) {
                best = here;
                from = i;
            }
        }
        int start = from;
        best.ifPresent(f -> {
            for (int i = start; i < f.end(); i++) {
                sentence.takeItem(i);
            }
        });
        return best.map(FormulaReader.Formula::value);
    }

    /** Logarithms and scaled values take the place of their column. */
    private void scaled() {
        if (sentence.has(MIN_MAX_NAMED) && isUnitRange()) {
            sentence.take(UNIT_RANGE);
        }
        sentence.takeAll(MIN_MAX_FORMULA);
        for (MatchResult found : sentence.takeAll(LOG)) {
            boolean ten = found.group().contains("base");
            for (Item item : sentence.all(found.group(), 'c')) {
                Expression log = new Expression.Applied(Expression.Function.NATURAL_LOG, of(item));
                replace(item, "log ", ten ? inBaseTen(log) : log);
            }
        }
        for (MatchResult found : sentence.takeAll(MIN_MAX)) {
            for (Item item : sentence.all(found.group(), 'c')) {
                Expression column = of(item);
                Expression low = new Expression.Overall(Measure.of(Aggregate.MIN, column));
                Expression range = new Expression.Overall(Measure.of(Aggregate.RANGE, column));
                replace(item, "scaled ", ratio(column, low, range));
            }
        }
        for (MatchResult found : sentence.takeAll(STANDARDISE)) {
            for (Item item : sentence.all(found.group(), 'c')) {
                Expression column = of(item);
                Aggregate deviation = request.populationDeviation
                        ? Aggregate.POPULATION_STANDARD_DEVIATION
                        : Aggregate.STANDARD_DEVIATION;
                Expression mean = new Expression.Overall(Measure.of(Aggregate.MEAN, column));
                replace(
                        item,
                        "standardised ",
                        ratio(column, mean, new Expression.Overall(Measure.of(deviation, column))));
            }
        }
    }

    private static Expression inBaseTen(Expression log) {
        return new Expression.Arithmetic(Operator.DIVIDE, log, new Expression.Constant(Math.log(10)));
    }

    private static Expression ratio(Expression value, Expression less, Expression by) {
        return new Expression.Arithmetic(
                Operator.DIVIDE, new Expression.Arithmetic(Operator.SUBTRACT, value, less), by);
    }

    private void replace(Item item, String prefix, Expression value) {
        ColumnEntry column = request.quantity(item);
        if (request.current(column).equals(column)) {
            request.transform(column, request.derive(prefix + column.name(), value, true));
        }
    }
}
