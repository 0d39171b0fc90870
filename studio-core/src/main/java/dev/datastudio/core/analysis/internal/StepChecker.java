package dev.datastudio.core.analysis.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.PlanProblem;
import dev.datastudio.core.analysis.Source;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.TimeGrain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Checks a step part by part; what an operation asks of them together stands in {@link OperationRules}. */
public final class StepChecker {
    private final Schema schema;
    private final Problems problems;

    /** @param problems what is found wrong is added here */
    public StepChecker(Schema schema, List<PlanProblem> problems) {
        this.schema = schema;
        this.problems = new Problems(problems);
    }

    /** The step with names as the data sets spell them; not to be compiled when there were problems. */
    public Step check(Step step, String path) {
        int before = problems.list().size();
        List<String> tables = new ArrayList<>();
        for (int i = 0; i < step.source().tables().size(); i++) {
            checkTable(step.source().tables().get(i), path + ".tables[" + i + "]", tables);
        }
        if (problems.list().size() > before) {
            return step;
        }
        Schema all = schema;
        List<Cleaning> cleanings = new ArrayList<>();
        for (int i = 0; i < step.cleaning().size(); i++) {
            Cleaning cleaning = new CleaningChecker(all, tables, problems)
                    .check(step.cleaning().get(i), path + ".cleaning[" + i + "]");
            all = cleaning instanceof Cleaning.Derived derived ? all.with(derived) : all;
            cleanings.add(cleaning);
        }
        return new Parts(all, tables, path).check(step, cleanings);
    }

    private void checkTable(String name, String path, List<String> tables) {
        Optional<Dataset> found = schema.findTable(name);
        if (found.isEmpty()) {
            String nearest = Nearest.find(name, schema.tableNames())
                    .map(n -> "; " + quote(n) + " is the nearest")
                    .orElse("");
            problems.add(path, "There is no table " + quote(name), "Use one of " + schema.tableNames() + nearest);
        } else if (tables.contains(found.get().table())) {
            problems.add(path, "Table " + quote(name) + " is named twice", "Name each table once");
        } else {
            tables.add(found.get().table());
        }
    }

    /** The parts of one step. */
    private final class Parts {
        private final Schema schema;
        private final List<String> tables;
        private final String path;
        private final ExpressionChecker expressions;
        private final ConditionChecker conditions;

        Parts(Schema schema, List<String> tables, String path) {
            this.schema = schema;
            this.tables = tables;
            this.path = path;
            this.expressions = new ExpressionChecker(schema, tables, problems);
            this.conditions = new ConditionChecker(expressions, problems);
        }

        Step check(Step step, List<Cleaning> cleanings) {
            List<Dimension> dimensions = dimensions(step.dimensions());
            Step checked = step.toBuilder()
                    .source(new Source(tables, joins(step.source().joins())))
                    .cleaning(cleanings)
                    .filter(conditions.ofRows(step.filter(), path + ".filter"))
                    .dimensions(dimensions)
                    .measures(measures(step.measures()))
                    .having(conditions.ofGroups(step.having(), path + ".having"))
                    .order(order(step))
                    .detail(detail(step.detail(), dimensions))
                    .build();
            limit(step);
            return new OperationRules(schema, expressions, problems, path).check(checked);
        }

        private List<Source.Join> joins(List<Source.Join> joins) {
            List<Source.Join> checked = new ArrayList<>();
            for (int i = 0; i < joins.size(); i++) {
                String at = path + ".joins[" + i + "]";
                ColumnRef left = expressions.check(joins.get(i).left(), at + ".left");
                ColumnRef right = expressions.check(joins.get(i).right(), at + ".right");
                checkJoin(left, right, i, at);
                checked.add(new Source.Join(left, right));
            }
            return checked;
        }

        private void checkJoin(ColumnRef left, ColumnRef right, int i, String at) {
            if (!tables.subList(0, i + 1).contains(left.table())) {
                problems.add(
                        at + ".left",
                        "Column " + quote(left.name()) + " is not of a table named before " + quote(tables.get(i + 1)),
                        "Use a column of one of " + tables.subList(0, i + 1));
            }
            if (!tables.get(i + 1).equals(right.table())) {
                problems.add(
                        at + ".right",
                        "Column " + quote(right.name()) + " is not of the joined table " + quote(tables.get(i + 1)),
                        "Use a column of " + quote(tables.get(i + 1)));
            }
            if (expressions.isKnown(left)
                    && expressions.isKnown(right)
                    && !Constants.comparable(schema.type(left), schema.type(right))) {
                problems.add(
                        at,
                        quote(left.name()) + " is " + Words.lower(schema.type(left)) + ", but " + quote(right.name())
                                + " is " + Words.lower(schema.type(right)),
                        "Join columns of one type");
            }
        }

        private List<Dimension> dimensions(List<Dimension> dimensions) {
            List<Dimension> checked = new ArrayList<>();
            int bins = 0;
            for (int i = 0; i < dimensions.size(); i++) {
                String at = path + ".dimensions[" + i + "]";
                Expression of = expressions.check(dimensions.get(i).of(), at + ".of");
                Grouping grouping = dimensions.get(i).grouping();
                if (grouping instanceof Grouping.ByTime time && expressions.isKnown(of)) {
                    checkGrain(of, time.grain(), at);
                } else if (grouping.makesRanges()) {
                    expressions.requireNumber(of, at, "Bins are of numbers");
                    bins++;
                }
                checked.add(new Dimension(of, grouping));
            }
            if (bins > 1) {
                problems.add(
                        path + ".dimensions",
                        "There are " + bins + " dimensions with bins",
                        "Give bins to one of them");
            }
            return checked;
        }

        private void checkGrain(Expression of, TimeGrain grain, String at) {
            ColumnType type = expressions.type(of);
            boolean fine = grain == TimeGrain.HOUR || grain == TimeGrain.MINUTE;
            if (!type.isTemporal()) {
                problems.add(
                        at,
                        "A time grain is of dates, but " + quote(Words.of(of)) + " is " + Words.lower(type),
                        "Use a column of dates" + expressions.times());
            } else if (fine && type == ColumnType.DATE) {
                problems.add(
                        at + ".grain",
                        quote(Words.of(of)) + " has days without a time, and no " + Words.lower(grain),
                        "Use one of [year, quarter, month, week, day]");
            }
        }

        private List<Measure> measures(List<Measure> measures) {
            List<Measure> checked = new ArrayList<>();
            for (int i = 0; i < measures.size(); i++) {
                checked.add(expressions.check(measures.get(i), path + ".measures[" + i + "]"));
            }
            return checked;
        }

        private List<Order> order(Step step) {
            List<Order> checked = new ArrayList<>();
            Set<Order.Key> seen = new HashSet<>();
            for (int i = 0; i < step.order().size(); i++) {
                String at = path + ".order[" + i + "]";
                Order order = step.order().get(i);
                if (order.key() instanceof Order.Key.OfMeasure m) {
                    requireIndex(m.index(), step.measures().size(), "measures", at);
                } else if (order.key() instanceof Order.Key.OfDimension d) {
                    requireIndex(d.index(), step.dimensions().size(), "dimensions", at);
                } else if (order.key() instanceof Order.Key.OfHidden h) {
                    order = new Order(
                            new Order.Key.OfHidden(expressions.check(h.measure(), at + ".hidden")), order.direction());
                } else if (order.key() instanceof Order.Key.OfValue v) {
                    order = new Order(
                            new Order.Key.OfValue(expressions.check(v.value(), at + ".value")), order.direction());
                }
                if (seen.add(order.key())) {
                    checked.add(order);
                }
            }
            return checked;
        }

        private void limit(Step step) {
            Limit limit = step.limit();
            if (limit != null && limit.perDimension() >= 0) {
                requireIndex(limit.perDimension(), step.dimensions().size(), "dimensions", path + ".limit");
            }
        }

        private void requireIndex(int index, int size, String parts, String at) {
            if (index < 0 || index >= size) {
                problems.add(
                        at,
                        "Index " + index + " is beyond the " + size + " " + parts + " of the step",
                        size == 0 ? "Name one in '" + parts + "' first" : "Use one of 0 to " + (size - 1));
            }
        }

        private Detail detail(Detail detail, List<Dimension> dimensions) {
            if (detail instanceof Detail.Comparison comparison) {
                return new Detail.Comparison(groups(comparison, dimensions));
            } else if (detail instanceof Detail.Combination combination) {
                Step other = new StepChecker(StepChecker.this.schema, problems.list())
                        .check(combination.other(), path + ".other");
                return new Detail.Combination(combination.operator(), other);
            }
            return detail;
        }

        private List<Constant> groups(Detail.Comparison comparison, List<Dimension> dimensions) {
            List<Constant> groups = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < comparison.groups().size(); i++) {
                Constant group = comparison.groups().get(i);
                String at = path + ".groups[" + i + "]";
                if (!dimensions.isEmpty()) {
                    group = conditions.fitConstant(group, dimensions.get(0).of(), at);
                }
                if (!seen.add(String.valueOf(group.value()).toLowerCase(Locale.ROOT))) {
                    problems.add(at, "Group " + quote(group.value()) + " is named twice", "Name each group once");
                }
                groups.add(group);
            }
            return groups;
        }
    }
}
