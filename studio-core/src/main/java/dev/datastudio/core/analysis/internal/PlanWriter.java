package dev.datastudio.core.analysis.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Applied;
import dev.datastudio.core.analysis.Expression.Arithmetic;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Expression.Overall;
import dev.datastudio.core.analysis.Expression.PartOf;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Source;
import dev.datastudio.core.analysis.Step;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Plans as JSON. Parts that say nothing are left out. Immutable. */
public final class PlanWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Form form;

    /** A writer of one form. */
    public PlanWriter(Form form) {
        this.form = form;
    }

    /** How a plan is written. */
    public enum Form {
        /** Everything, in the order of the plan. */
        FULL,
        /** What decides the rows only: without the words of the question, conditions sorted. */
        CANONICAL
    }

    /** The plan as a JSON object. */
    public ObjectNode write(AnalysisPlan plan) {
        ObjectNode json = JSON.objectNode();
        json.put("version", AnalysisPlan.VERSION);
        json.set("steps", array(plan.steps(), this::step));
        return json;
    }

    private ObjectNode step(Step step) {
        ObjectNode json = JSON.objectNode();
        Values values = new Values(step.source().tables());
        if (form == Form.FULL && !step.intent().isEmpty()) {
            json.put("intent", step.intent());
        }
        json.put("op", step.operation().jsonName());
        json.set("tables", array(step.source().tables(), JSON::textNode));
        put(json, "joins", step.source().joins(), values::join);
        put(json, "cleaning", step.cleaning(), values::cleaning);
        if (!step.filter().equals(Condition.always())) {
            json.set("filter", values.condition(step.filter()));
        }
        put(json, "dimensions", step.dimensions(), values::dimension);
        put(json, "measures", step.measures(), values::measure);
        if (!step.having().equals(Condition.always())) {
            json.set("having", values.condition(step.having()));
        }
        put(json, "order", step.order(), values::order);
        if (step.limit() != null) {
            json.set("limit", limit(step.limit()));
        }
        detail(json, step.detail());
        if (step.chart() != ChartHint.AUTO) {
            json.put("chart", step.chart().jsonName());
        }
        return json;
    }

    private static <T> void put(ObjectNode json, String name, List<T> parts, Function<T, JsonNode> write) {
        if (!parts.isEmpty()) {
            json.set(name, array(parts, write));
        }
    }

    private static <T> ArrayNode array(Collection<T> parts, Function<T, ? extends JsonNode> write) {
        ArrayNode array = JSON.arrayNode();
        for (T part : parts) {
            array.add(write.apply(part));
        }
        return array;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode limit(Limit limit) {
        ObjectNode json = JSON.objectNode();
        json.put("count", limit.count());
        if (limit.ties() == Limit.Ties.KEEP) {
            json.put("ties", word(limit.ties()));
        }
        if (limit.perDimension() >= 0) {
            json.put("per_dimension", limit.perDimension());
        }
        if (limit.skipped() > 0) {
            json.put("skipped", limit.skipped());
        }
        return json;
    }

    private void detail(ObjectNode json, Detail detail) {
        if (detail instanceof Detail.None) {
            return;
        } else if (detail instanceof Detail.Outliers o) {
            json.set("outliers", outliers(o));
        } else if (detail instanceof Detail.Comparison c) {
            json.set("comparison", object("groups", array(c.groups(), PlanWriter::constant)));
        } else if (detail instanceof Detail.Correlation c) {
            json.set("correlation", correlation(c));
        } else if (detail instanceof Detail.Prediction p) {
            json.set("prediction", JSON.objectNode().put("at", p.at()));
        } else if (detail instanceof Detail.Test t) {
            json.set(
                    "test",
                    JSON.objectNode()
                            .put("kind", word(t.kind()))
                            .put("alternative", word(t.alternative()))
                            .put("level", t.level())
                            .put("reference", t.reference()));
        } else if (detail instanceof Detail.Combination c) {
            ObjectNode combination = JSON.objectNode().put("operator", word(c.operator()));
            combination.set("other", step(c.other()));
            json.set("combination", combination);
        } else {
            throw new AssertionError(detail);
        }
    }

    private static ObjectNode correlation(Detail.Correlation correlation) {
        ObjectNode json = JSON.objectNode().put("method", word(correlation.method()));
        if (correlation.layout() != Detail.Layout.MATRIX) {
            json.put("layout", word(correlation.layout()));
        }
        return correlation.least() == 0 ? json : json.put("least", correlation.least());
    }

    private static ObjectNode outliers(Detail.Outliers rule) {
        return JSON.objectNode().put("method", word(rule.method())).put("threshold", rule.threshold());
    }

    private static ObjectNode object(String name, JsonNode value) {
        ObjectNode json = JSON.objectNode();
        json.set(name, value);
        return json;
    }

    private static JsonNode edge(double edge) {
        return Double.isInfinite(edge) ? JSON.nullNode() : JSON.numberNode(edge);
    }

    private static JsonNode constant(Constant constant) {
        Object value = constant.value();
        if (value instanceof String text) {
            return JSON.textNode(text);
        } else if (value instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        } else if (value instanceof Long number) {
            return JSON.numberNode(number.longValue());
        } else if (value instanceof Double number) {
            return JSON.numberNode(number.doubleValue());
        } else if (value instanceof BigDecimal number) {
            return JSON.objectNode().put("decimal", number.toString());
        } else if (value instanceof LocalDate date) {
            return JSON.objectNode().put("date", date.toString());
        } else if (value instanceof LocalDateTime time) {
            return JSON.objectNode().put("time", time.toString());
        }
        throw new AssertionError(value);
    }

    /** Values of one step, whose only table need not be named again. */
    private final class Values {
        private final List<String> tables;

        Values(List<String> tables) {
            this.tables = tables;
        }

        private ObjectNode column(ColumnRef ref) {
            ObjectNode json = JSON.objectNode().put("column", ref.name());
            boolean only = tables.size() == 1 && tables.contains(ref.table());
            return only ? json : json.put("table", ref.table());
        }

        JsonNode join(Source.Join join) {
            return object("left", column(join.left())).set("right", column(join.right()));
        }

        JsonNode cleaning(Cleaning cleaning) {
            ObjectNode json = JSON.objectNode();
            if (cleaning instanceof Cleaning.WithoutMissing missing) {
                json.put("without", "missing");
                put(json, "columns", missing.columns(), this::column);
            } else if (cleaning instanceof Cleaning.WithoutOutliers outliers) {
                json.put("without", "outliers");
                json.set("of", column(outliers.column()));
                json.setAll(outliers(outliers.rule()));
            } else if (cleaning instanceof Cleaning.WithoutDuplicates) {
                json.put("without", "duplicates");
            } else if (cleaning instanceof Cleaning.OnlyOutliers outliers) {
                json.set("only_outliers", column(outliers.column()));
                json.setAll(outliers(outliers.rule()));
            } else if (cleaning instanceof Cleaning.Filled filled) {
                json.set("fill", column(filled.column()));
                json.set("with", value(filled.with()));
            } else if (cleaning instanceof Cleaning.Derived derived) {
                json.put("derive", derived.column().name());
                json.set("as", value(derived.value()));
            } else {
                throw new AssertionError(cleaning);
            }
            return json;
        }

        JsonNode dimension(Dimension dimension) {
            ObjectNode json = object("of", value(dimension.of()));
            if (dimension.grouping() instanceof Grouping.ByTime time) {
                json.put("grain", word(time.grain()));
            } else if (dimension.grouping() instanceof Grouping.ByBins bins) {
                json.put("bins", bins.count());
            } else if (dimension.grouping() instanceof Grouping.ByEdges given) {
                json.set("edges", array(given.edges(), PlanWriter::edge));
            }
            return json;
        }

        JsonNode measure(Measure measure) {
            ObjectNode json = JSON.objectNode();
            if (measure instanceof Measure.Aggregated a) {
                json.put("aggregate", word(a.aggregate()));
                if (a.of() != null) {
                    json.set("of", value(a.of()));
                }
                if (a.fraction() != 0) {
                    json.put("fraction", a.fraction());
                }
            } else if (measure instanceof Measure.Ratio ratio) {
                json.set("numerator", measure(ratio.numerator()));
                json.set("denominator", measure(ratio.denominator()));
            } else if (measure instanceof Measure.Portion portion) {
                json.set("share_of", condition(portion.of()));
            } else if (measure instanceof Measure.Moving moving) {
                json.put("moving", word(moving.aggregate())).put("length", moving.length());
                return json.set("of", measure(moving.of()));
            } else if (measure instanceof Measure.Nested nested) {
                json.put("nested", word(nested.aggregate())).set("of", measure(nested.of()));
                return json.set("within", array(nested.within(), this::dimension));
            } else {
                throw new AssertionError(measure);
            }
            if (measure.transform() != Transform.NONE) {
                json.put("transform", word(measure.transform()));
            }
            return json;
        }

        JsonNode order(Order order) {
            ObjectNode json = JSON.objectNode();
            if (order.key() instanceof Order.Key.OfMeasure m) {
                json.put("measure", m.index());
            } else if (order.key() instanceof Order.Key.OfDimension d) {
                json.put("dimension", d.index());
            } else if (order.key() instanceof Order.Key.OfHidden h) {
                json.set("hidden", measure(h.measure()));
            } else if (order.key() instanceof Order.Key.OfValue v) {
                json.set("value", value(v.value()));
            }
            return json.put("direction", word(order.direction()));
        }

        private JsonNode value(Expression expression) {
            if (expression instanceof ColumnRef ref) {
                return column(ref);
            } else if (expression instanceof Constant constant) {
                return constant(constant);
            } else if (expression instanceof Arithmetic a) {
                ObjectNode json = JSON.objectNode().put("arithmetic", word(a.operator()));
                json.set("left", value(a.left()));
                return json.set("right", value(a.right()));
            } else if (expression instanceof PartOf p) {
                return JSON.objectNode().put("part", word(p.part())).set("of", value(p.date()));
            } else if (expression instanceof Applied f) {
                return JSON.objectNode().put("function", word(f.function())).set("of", value(f.argument()));
            } else if (expression instanceof Overall o) {
                return object("overall", measure(o.measure()));
            } else if (expression instanceof Expression.Previous p) {
                return object("previous", value(p.of())).set("order", value(p.order()));
            } else if (expression instanceof Expression.Choice c) {
                return choice(c);
            } else if (expression instanceof Expression.RowNumber) {
                return JSON.objectNode().put("row_number", true);
            } else if (expression instanceof Expression.ResultOf r) {
                return object("result_of", step(r.step()));
            }
            throw new AssertionError(expression);
        }

        private JsonNode choice(Expression.Choice choice) {
            ObjectNode json = object(
                    "choose",
                    array(
                            choice.branches(),
                            b -> object("when", condition(b.when())).set("then", value(b.then()))));
            Expression otherwise = choice.otherwise();
            return otherwise == null ? json : json.set("otherwise", value(otherwise));
        }

        JsonNode condition(Condition condition) {
            if (condition instanceof Condition.All all) {
                return object("all", parts(all.parts()));
            } else if (condition instanceof Condition.Any any) {
                return object("any", parts(any.parts()));
            } else if (condition instanceof Condition.Not not) {
                return object("not", condition(not.part()));
            } else if (condition instanceof Condition.Comparison c) {
                ObjectNode json = JSON.objectNode().put("compare", word(c.comparator()));
                json.set("left", value(c.left()));
                return json.set("right", value(c.right()));
            } else if (condition instanceof Condition.Between b) {
                return object("between", value(b.value()))
                        .<ObjectNode>set("low", value(b.low()))
                        .set("high", value(b.high()));
            } else if (condition instanceof Condition.OneOf o) {
                return object("one_of", value(o.value())).set("values", array(o.values(), PlanWriter::constant));
            }
            return search(condition);
        }

        private JsonNode search(Condition condition) {
            if (condition instanceof Condition.TextMatch t) {
                ObjectNode json = JSON.objectNode().put("text", word(t.position()));
                json.set("of", value(t.value()));
                return json.put("match", t.text());
            } else if (condition instanceof Condition.Missing m) {
                return object("missing", value(m.value()));
            } else if (condition instanceof Condition.RelativePeriod p) {
                ObjectNode json = JSON.objectNode().put("period", word(p.unit()));
                json.set("of", value(p.date()));
                return json.put("offset", p.offset()).put("length", p.length());
            } else if (condition instanceof Condition.Among a) {
                return object("among", value(a.value())).set("rows", step(a.rows()));
            } else if (condition instanceof Condition.MeasureComparison m) {
                ObjectNode json = JSON.objectNode().put("compare_measure", word(m.comparator()));
                json.set("measure", measure(m.measure()));
                return json.set("right", value(m.right()));
            }
            throw new AssertionError(condition);
        }

        private ArrayNode parts(List<Condition> parts) {
            List<JsonNode> written =
                    new ArrayList<>(parts.stream().map(this::condition).toList());
            if (form == Form.CANONICAL) {
                written.sort(Comparator.comparing(JsonNode::toString));
                written = written.stream().distinct().toList();
            }
            return array(written, part -> part);
        }
    }
}
