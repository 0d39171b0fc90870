package dev.datastudio.core.analysis.internal;

import static dev.datastudio.api.error.StudioException.quote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.Source;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.TimeGrain;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Plans from JSON. */
public final class PlanReader {
    private static final List<String> DETAILS =
            List.of("outliers", "comparison", "correlation", "test", "combination", "prediction");
    private static final Set<String> STEP = Set.of(
            "intent",
            "op",
            "tables",
            "joins",
            "cleaning",
            "filter",
            "dimensions",
            "measures",
            "having",
            "order",
            "limit",
            "outliers",
            "comparison",
            "correlation",
            "test",
            "combination",
            "prediction",
            "chart");
    private static final List<String> VALUES = List.of(
            "column",
            "date",
            "time",
            "decimal",
            "arithmetic",
            "part",
            "function",
            "overall",
            "choose",
            "previous",
            "result_of",
            "row_number");
    private static final List<String> PREPARATIONS = List.of("without", "only_outliers", "fill", "derive");
    private static final List<String> CONDITIONS = List.of(
            "all",
            "any",
            "not",
            "compare",
            "between",
            "one_of",
            "text",
            "missing",
            "period",
            "among",
            "compare_measure");

    private PlanReader() {}

    /** The plan that a JSON object is. */
    public static AnalysisPlan read(JsonNode json) {
        JsonPart plan = new JsonPart("plan", json).only("version", "steps");
        long version = plan.get("version").whole();
        if (version != AnalysisPlan.VERSION) {
            throw plan.get("version")
                    .refused(
                            "Version " + version + " of the plan is not known",
                            "Write version " + AnalysisPlan.VERSION);
        }
        JsonPart steps = new JsonPart("steps", plan.get("steps").json());
        List<Step> read = steps.elements(PlanReader::step);
        return steps.made(() -> new AnalysisPlan(read));
    }

    private static Step step(JsonPart json) {
        json.only(STEP);
        List<String> tables = json.get("tables").elements(JsonPart::text);
        Values values = new Values(tables.isEmpty() ? "" : tables.get(0));
        List<Source.Join> joins = json.list("joins", values::join);
        Source source = json.made(() -> new Source(tables, joins));
        return Step.of(json.get("op").word(Operation.class), source)
                .intent(json.has("intent") ? json.get("intent").text() : "")
                .cleaning(json.list("cleaning", values::cleaning))
                .filter(json.has("filter") ? values.condition(json.get("filter")) : Condition.always())
                .dimensions(json.list("dimensions", values::dimension))
                .measures(json.list("measures", values::measure))
                .having(json.has("having") ? values.condition(json.get("having")) : Condition.always())
                .order(json.list("order", values::order))
                .limit(json.has("limit") ? limit(json.get("limit")) : null)
                .detail(detail(json))
                .chart(json.word("chart", ChartHint.class, ChartHint.AUTO))
                .build();
    }

    private static Limit limit(JsonPart json) {
        json.only("count", "ties", "per_dimension", "skipped");
        Limit.Ties ties = json.word("ties", Limit.Ties.class, Limit.Ties.CUT);
        int per = json.has("per_dimension") ? json.get("per_dimension").small() : -1;
        long count = json.get("count").whole();
        long skipped = json.has("skipped") ? json.get("skipped").whole() : 0;
        return json.made(() -> new Limit(count, ties, per, skipped));
    }

    private static Detail detail(JsonPart json) {
        List<String> named = DETAILS.stream().filter(json::has).toList();
        if (named.size() > 1) {
            throw json.refused("There are several of " + named, "Give the one that the operation needs");
        } else if (named.isEmpty()) {
            return new Detail.None();
        }
        JsonPart detail = json.get(named.get(0));
        return switch (named.get(0)) {
            case "outliers" -> outliers(detail.only("method", "threshold"));
            case "comparison" -> new Detail.Comparison(detail.only("groups").list("groups", PlanReader::constant));
            case "correlation" -> correlation(detail.only("method", "layout", "least"));
            case "prediction" -> {
                double at = detail.only("at").get("at").number();
                yield detail.made(() -> new Detail.Prediction(at));
            }
            case "test" -> test(detail);
            default -> combination(detail);
        };
    }

    private static Detail.Outliers outliers(JsonPart json) {
        Detail.OutlierMethod method =
                json.word("method", Detail.OutlierMethod.class, Detail.OutlierMethod.INTERQUARTILE_RANGE);
        double usual = method == Detail.OutlierMethod.INTERQUARTILE_RANGE ? 1.5 : 3;
        double threshold = json.has("threshold") ? json.get("threshold").number() : usual;
        return json.made(() -> new Detail.Outliers(method, threshold));
    }

    private static Detail correlation(JsonPart json) {
        Detail.CorrelationMethod method = json.get("method").word(Detail.CorrelationMethod.class);
        Detail.Layout layout = json.word("layout", Detail.Layout.class, Detail.Layout.MATRIX);
        double least = json.has("least") ? json.get("least").number() : 0;
        return json.made(() -> new Detail.Correlation(method, layout, least));
    }

    private static Detail test(JsonPart json) {
        json.only("kind", "alternative", "level", "reference");
        Detail.TestKind kind = json.word("kind", Detail.TestKind.class, Detail.TestKind.AUTO);
        Detail.Alternative alternative =
                json.word("alternative", Detail.Alternative.class, Detail.Alternative.TWO_SIDED);
        double level = json.has("level") ? json.get("level").number() : 0.05;
        double reference = json.has("reference") ? json.get("reference").number() : 0;
        return json.made(() -> new Detail.Test(kind, alternative, level, reference));
    }

    private static Detail combination(JsonPart json) {
        json.only("operator", "other");
        return new Detail.Combination(json.get("operator").word(Detail.SetOperator.class), step(json.get("other")));
    }

    private static Constant constant(JsonPart part) {
        JsonNode json = part.json();
        if (json.isTextual()) {
            return new Constant(json.textValue());
        } else if (json.isBoolean()) {
            return new Constant(json.booleanValue());
        } else if (json.isIntegralNumber()) {
            return new Constant(json.canConvertToLong() ? (Object) json.longValue() : json.decimalValue());
        } else if (json.isNumber()) {
            return part.made(() -> new Constant(json.doubleValue()));
        }
        return written(part);
    }

    private static Constant written(JsonPart json) {
        json.only("date", "time", "decimal");
        if (json.has("date")) {
            return parsed(json.only("date").get("date"), LocalDate::parse, "2024-12-31");
        } else if (json.has("time")) {
            return parsed(json.only("time").get("time"), LocalDateTime::parse, "2024-12-31T23:59:00");
        }
        return parsed(json.only("decimal").get("decimal"), BigDecimal::new, "12.50");
    }

    private static Constant parsed(JsonPart json, Function<String, Object> parse, String example) {
        String text = json.text();
        try {
            return new Constant(parse.apply(text));
        } catch (DateTimeException | NumberFormatException e) {
            throw json.refused(quote(text) + " can't be read", "Write it as in " + example);
        }
    }

    /** The values of one step, whose first table is meant where none is named. */
    private record Values(String table) {
        ColumnRef column(JsonPart json) {
            json.only("column", "table");
            return new ColumnRef(
                    json.has("table") ? json.get("table").text() : table,
                    json.get("column").text());
        }

        Source.Join join(JsonPart json) {
            json.only("left", "right");
            return new Source.Join(column(json.get("left")), column(json.get("right")));
        }

        Cleaning cleaning(JsonPart json) {
            json.requireObject();
            return switch (json.one(PREPARATIONS)) {
                case "only_outliers" ->
                    new Cleaning.OnlyOutliers(
                            column(json.only("only_outliers", "method", "threshold")
                                    .get("only_outliers")),
                            outliers(json));
                case "fill" ->
                    new Cleaning.Filled(column(json.only("fill", "with").get("fill")), value(json.get("with")));
                case "derive" ->
                    new Cleaning.Derived(
                            new ColumnRef(
                                    table,
                                    json.only("derive", "as").get("derive").text()),
                            value(json.get("as")));
                default -> without(json);
            };
        }

        private Cleaning without(JsonPart json) {
            String without = json.get("without").text();
            return switch (without) {
                case "missing" ->
                    new Cleaning.WithoutMissing(json.only("without", "columns").list("columns", this::column));
                case "outliers" ->
                    new Cleaning.WithoutOutliers(
                            column(json.only("without", "of", "method", "threshold")
                                    .get("of")),
                            outliers(json));
                case "duplicates" -> {
                    json.only("without");
                    yield new Cleaning.WithoutDuplicates();
                }
                default ->
                    throw json.get("without")
                            .refused(
                                    quote(without) + " is not known here",
                                    "Use one of [missing, outliers, duplicates]");
            };
        }

        Dimension dimension(JsonPart json) {
            json.only("of", "grain", "bins", "edges");
            Expression of = value(json.get("of"));
            if (Stream.of("grain", "bins", "edges").filter(json::has).count() > 1) {
                throw json.refused("There are two of 'grain', 'bins' and 'edges'", "Give one of them");
            } else if (json.has("grain")) {
                return Dimension.of(of, json.get("grain").word(TimeGrain.class));
            } else if (json.has("bins")) {
                int count = json.get("bins").small();
                return new Dimension(of, json.get("bins").made(() -> new Grouping.ByBins(count)));
            } else if (json.has("edges")) {
                return new Dimension(of, edges(json.get("edges")));
            }
            return Dimension.of(of);
        }

        /** A missing first or last edge leaves that end open. */
        private static Grouping edges(JsonPart json) {
            List<JsonPart> parts = json.elements(e -> e);
            List<Double> edges = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                boolean open = parts.get(i).json().isNull() && (i == 0 || i == parts.size() - 1);
                edges.add(
                        open
                                ? (Double) (i == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
                                : (Double) parts.get(i).number());
            }
            return json.made(() -> new Grouping.ByEdges(edges));
        }

        Measure measure(JsonPart json) {
            Transform transform = json.word("transform", Transform.class, Transform.NONE);
            if (json.has("share_of")) {
                json.only("share_of", "transform");
                return new Measure.Portion(condition(json.get("share_of")), transform);
            }
            if (json.has("moving")) {
                json.only("moving", "length", "of");
                Aggregate aggregate = json.get("moving").word(Aggregate.class);
                int length = json.get("length").small();
                Measure.Aggregated of = aggregated(json.get("of"));
                return json.made(() -> new Measure.Moving(of, aggregate, length));
            } else if (json.has("nested")) {
                json.only("nested", "of", "within");
                Aggregate aggregate = json.get("nested").word(Aggregate.class);
                Measure.Aggregated of = aggregated(json.get("of"));
                List<Dimension> within = json.list("within", this::dimension);
                return json.made(() -> new Measure.Nested(aggregate, of, within));
            }
            if (json.has("numerator") || json.has("denominator")) {
                json.only("numerator", "denominator", "transform");
                return new Measure.Ratio(
                        aggregated(json.get("numerator")), aggregated(json.get("denominator")), transform);
            }
            return aggregated(json);
        }

        private Measure.Aggregated aggregated(JsonPart json) {
            json.only("aggregate", "of", "fraction", "transform");
            Aggregate aggregate = json.get("aggregate").word(Aggregate.class);
            double fraction = json.has("fraction") ? json.get("fraction").number() : 0;
            Transform transform = json.word("transform", Transform.class, Transform.NONE);
            if (!json.has("of")) {
                return json.made(() -> new Measure.Aggregated(aggregate, null, fraction, transform));
            }
            Expression of = value(json.get("of"));
            return json.made(() -> new Measure.Aggregated(aggregate, of, fraction, transform));
        }

        Order order(JsonPart json) {
            json.only("measure", "dimension", "hidden", "value", "direction");
            Direction direction = json.word("direction", Direction.class, Direction.ASCENDING);
            String kind = json.one(List.of("measure", "dimension", "hidden", "value"));
            return switch (kind) {
                case "measure" -> Order.byMeasure(json.get(kind).small(), direction);
                case "dimension" -> Order.byDimension(json.get(kind).small(), direction);
                case "hidden" -> new Order(new Order.Key.OfHidden(measure(json.get(kind))), direction);
                default -> new Order(new Order.Key.OfValue(value(json.get(kind))), direction);
            };
        }

        private Expression value(JsonPart json) {
            if (!json.json().isObject()) {
                return constant(json);
            }
            String kind = json.one(VALUES);
            return switch (kind) {
                case "column" -> column(json);
                case "arithmetic" ->
                    new Expression.Arithmetic(
                            json.only(kind, "left", "right").get(kind).word(Expression.Operator.class),
                            value(json.get("left")),
                            value(json.get("right")));
                case "part" ->
                    new Expression.PartOf(json.only(kind, "of").get(kind).word(DatePart.class), value(json.get("of")));
                case "function" ->
                    new Expression.Applied(
                            json.only(kind, "of").get(kind).word(Expression.Function.class), value(json.get("of")));
                case "overall" ->
                    new Expression.Overall(aggregated(json.only(kind).get(kind)));
                case "previous" ->
                    new Expression.Previous(value(json.only(kind, "order").get(kind)), value(json.get("order")));
                case "choose" -> choice(json.only(kind, "otherwise"));
                case "row_number" -> rowNumber(json.only(kind).get(kind));
                case "result_of" -> new Expression.ResultOf(step(json.only(kind).get(kind)));
                default -> written(json);
            };
        }

        private static Expression rowNumber(JsonPart json) {
            if (!json.json().isBoolean() || !json.json().booleanValue()) {
                throw json.refused("A row's number takes nothing but true", "Write {\"row_number\": true}");
            }
            return new Expression.RowNumber();
        }

        private Expression choice(JsonPart json) {
            List<Expression.Branch> branches = json.get("choose")
                    .elements(b -> new Expression.Branch(
                            condition(b.only("when", "then").get("when")), value(b.get("then"))));
            Expression otherwise = json.has("otherwise") ? value(json.get("otherwise")) : null;
            return json.made(() -> new Expression.Choice(branches, otherwise));
        }

        Condition condition(JsonPart json) {
            json.requireObject();
            String kind = json.one(CONDITIONS);
            return switch (kind) {
                case "all" -> new Condition.All(json.only(kind).get(kind).elements(this::condition));
                case "any" -> new Condition.Any(json.only(kind).get(kind).elements(this::condition));
                case "not" -> new Condition.Not(condition(json.only(kind).get(kind)));
                case "compare" ->
                    new Condition.Comparison(
                            value(json.only(kind, "left", "right").get("left")),
                            json.get(kind).word(Condition.Comparator.class),
                            value(json.get("right")));
                case "between" ->
                    new Condition.Between(
                            value(json.only(kind, "low", "high").get(kind)),
                            value(json.get("low")),
                            value(json.get("high")));
                case "one_of" ->
                    new Condition.OneOf(
                            value(json.only(kind, "values").get(kind)),
                            json.get("values").elements(PlanReader::constant));
                default -> search(json, kind);
            };
        }

        private Condition search(JsonPart json, String kind) {
            return switch (kind) {
                case "text" ->
                    new Condition.TextMatch(
                            value(json.only(kind, "of", "match").get("of")),
                            json.get(kind).word(Condition.Position.class),
                            json.get("match").text());
                case "missing" -> new Condition.Missing(value(json.only(kind).get(kind)));
                case "among" ->
                    new Condition.Among(value(json.only(kind, "rows").get(kind)), step(json.get("rows")));
                case "period" -> period(json.only(kind, "of", "offset", "length"));
                case "compare_measure" ->
                    new Condition.MeasureComparison(
                            measure(json.only(kind, "measure", "right").get("measure")),
                            json.get(kind).word(Condition.Comparator.class),
                            value(json.get("right")));
                default -> throw new AssertionError(kind);
            };
        }

        private Condition period(JsonPart json) {
            Expression date = value(json.get("of"));
            TimeGrain unit = json.get("period").word(TimeGrain.class);
            int offset = json.has("offset") ? json.get("offset").small() : 0;
            int length = json.has("length") ? json.get("length").small() : 1;
            return json.made(() -> new Condition.RelativePeriod(date, unit, offset, length));
        }
    }
}
