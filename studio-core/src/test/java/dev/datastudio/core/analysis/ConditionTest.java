package dev.datastudio.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Condition.Position;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Expression.Constant;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final ColumnRef AGE = new ColumnRef("people", "age");
    private static final ColumnRef LIMIT = new ColumnRef("people", "limit");
    private static final ColumnRef TOP = new ColumnRef("people", "top");

    /** One of each kind, every part of it told from the others. */
    private static final List<Condition> KINDS = List.of(
            new Condition.All(List.of(new Condition.Missing(AGE))),
            new Condition.Any(List.of(new Condition.Missing(AGE))),
            new Condition.Not(new Condition.Missing(AGE)),
            new Condition.Comparison(AGE, Comparator.LESS, LIMIT),
            new Condition.Between(AGE, LIMIT, TOP),
            new Condition.OneOf(AGE, List.of(new Constant(1L), new Constant(2L))),
            new Condition.TextMatch(AGE, Position.START, "a"),
            new Condition.Missing(AGE),
            new Condition.RelativePeriod(AGE, TimeGrain.MONTH, -1, 1),
            new Condition.Among(AGE, step("other")),
            new Condition.MeasureComparison(Measure.of(Aggregate.SUM, AGE), Comparator.LESS, LIMIT));

    @Test
    void everyKindIsTried() {
        Set<Class<?>> tried = KINDS.stream().map(Object::getClass).collect(Collectors.toSet());

        assertEquals(Set.of(Condition.class.getPermittedSubclasses()), tried);
    }

    @Test
    void operandsAreAllValuesThatStandInACondition() {
        for (Condition condition : KINDS) {
            assertEquals(
                    parts(condition, Expression.class), condition.operands().toList(), condition::toString);
        }
    }

    @Test
    void childrenAreAllConditionsThatStandInACondition() {
        for (Condition condition : KINDS) {
            assertEquals(parts(condition, Condition.class), condition.children().toList(), condition::toString);
        }
    }

    @Test
    void columnsAreThoseOfOperandsChildrenAndMeasure() {
        Condition both = new Condition.All(List.of(KINDS.get(3), KINDS.get(4)));

        assertEquals(List.of(AGE, LIMIT, TOP), both.columns());
        for (Condition condition : KINDS) {
            assertEquals(AGE, condition.columns().get(0), condition::toString);
        }
    }

    @Test
    void stepsAreThoseOfEveryOperand() {
        var result = new Expression.ResultOf(step("averages"));

        assertEquals(
                List.of(result.step()), new Condition.Missing(result).steps().toList());
        assertEquals(
                List.of(result.step()),
                new Condition.OneOf(result, List.of()).steps().toList());
        assertEquals(
                List.of(result.step(), step("rows")),
                new Condition.Among(result, step("rows")).steps().toList());
    }

    /** The record's components of a type, those in lists too, in their order. */
    private static List<Object> parts(Condition condition, Class<?> type) {
        return Stream.of(condition.getClass().getRecordComponents())
                .map(component -> value(component, condition))
                .flatMap(part -> part instanceof Collection<?> parts ? parts.stream() : Stream.of(part))
                .filter(type::isInstance)
                .<Object>map(type::cast)
                .toList();
    }

    private static Object value(RecordComponent component, Condition condition) {
        try {
            return component.getAccessor().invoke(condition);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Component " + component + " can't be read", e);
        }
    }

    private static Step step(String table) {
        return Step.of(Operation.LIST, table).build();
    }
}
