package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Measure.Transform;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what is computed along time from the numbers of periods: running totals, moving averages, changes. */
final class AlongReader {
    private static final Pattern PERIOD_ON_PERIOD = Pattern.compile("(year|quarter|month|week|day) (over|on|to) \\1");
    private static final Set<String> CHANGES =
            Set.of("change", "changes", "change in", "difference", "difference in", "differences", "grow", "grown");
    private static final Set<String> BEFORE = Set.of("previous", "prior", "preceding", "last");

    private final Clause clause;
    private final Slots slots;

    AlongReader(Clause clause, Slots slots) {
        this.clause = clause;
        this.slots = slots;
    }

    void read() {
        for (int at = 0; at < clause.size(); at++) {
            if (clause.isAt(at, Tag.COMPUTE)) {
                computed(at);
            }
        }
        int change = change();
        if (change >= 0) {
            toPeriodBefore(change);
            periodOnPeriod(change);
        }
        slots.changes |= change >= 0 || slots.transform == Transform.PERCENT_CHANGE;
    }

    private void computed(int at) {
        switch (clause.get(at).argument()) {
            case "running_total" -> along(at, Transform.RUNNING_TOTAL);
            case "percent_change" -> {
                along(at, Transform.PERCENT_CHANGE);
                toPeriodBefore(at);
                adjective(at);
            }
            case "moving_average" -> moving(at, Aggregate.MEAN);
            case "moving_sum" -> moving(at, Aggregate.SUM);
            default -> {}
        }
    }

    private void along(int at, Transform transform) {
        clause.use(at);
        slots.transform = transform;
    }

    /** "7-day moving average", "moving average over 3 months". */
    private void moving(int at, Aggregate aggregate) {
        along(at, Transform.MOVING_AVERAGE);
        slots.moving = aggregate;
        if (!length(at - 2)) {
            for (int i = at + 1; i + 1 < clause.size(); i++) {
                String before = clause.get(i - 1).text().toLowerCase(Locale.ROOT);
                boolean says = before.equals("over") || before.equals("of") || before.equals("with");
                int number = clause.get(i).is(Tag.FILLER) ? i + 1 : i;
                if (says && length(number)) {
                    clause.use(i - 1, number);
                    return;
                }
            }
        }
    }

    private boolean length(int number) {
        boolean isLength = clause.isAt(number, Item.Kind.NUMBER)
                && (clause.isAt(number + 1, Tag.GRAIN) || namesGrain(number + 1))
                && clause.get(number).value() instanceof BigDecimal;
        if (!isLength) {
            return false;
        }
        BigDecimal length = (BigDecimal) clause.get(number).value();
        String grain = clause.get(number + 1).argument().isEmpty()
                ? clause.get(number + 1).text()
                : clause.get(number + 1).argument();
        slots.grain = TimeReader.grain(grain);
        slots.window = length.intValue();
        clause.use(number, number + 1);
        return true;
    }

    /** A column may itself be called "month". */
    private boolean namesGrain(int at) {
        return clause.isAt(at, Item.Kind.COLUMN)
                && clause.get(at).text().toLowerCase(Locale.ROOT).matches("(year|quarter|month|week|day)s?");
    }

    /** Where a change is asked for that isn't a trend by itself; -1 when it is not. */
    private int change() {
        for (int at = 0; at < clause.size(); at++) {
            Item item = clause.get(at);
            boolean says = item.is(Tag.OPERATION)
                    && CHANGES.contains(item.text().toLowerCase(Locale.ROOT))
                    && !clause.isUsed(at);
            if (says || (clause.isAt(at, Tag.COMPUTE) && item.argument().equals("moved"))) {
                return at;
            }
        }
        return -1;
    }

    /** "The change to the previous month", "compared with the year before". */
    private void toPeriodBefore(int change) {
        for (int at = 0; at + 1 < clause.size(); at++) {
            boolean before = clause.isAt(at, Tag.LAST)
                    && BEFORE.contains(clause.get(at).text().toLowerCase(Locale.ROOT))
                    && clause.isAt(at + 1, Tag.GRAIN)
                    && isJoined(at);
            if (before) {
                slots.grain = TimeReader.grain(clause.get(at + 1).argument());
                clause.use(at, at + 1);
                differs(change);
                return;
            }
        }
    }

    /** Whether "to", "from", "with" or the like stands before, and not "in". */
    private boolean isJoined(int at) {
        for (int i = at - 1; i >= Math.max(0, at - 3); i--) {
            String word = clause.get(i).text().toLowerCase(Locale.ROOT);
            if (clause.isAt(i, Tag.VERSUS) || word.matches("to|from|with|versus|vs|over|on")) {
                if (clause.get(i).is(Tag.VERSUS)) {
                    clause.use(i);
                }
                return true;
            } else if (!clause.get(i).is(Tag.FILLER)) {
                return false;
            }
        }
        return false;
    }

    /** "Month over month change", "monthly change": the change of each period to the one before. */
    private void periodOnPeriod(int change) {
        if (!clause.isUsed(change) && !adjective(change)) {
            return;
        }
        differs(change);
    }

    private boolean adjective(int change) {
        for (int at = 0; at < clause.size(); at++) {
            Item item = clause.get(at);
            boolean isPair = item.is(Tag.GRAIN_ADJECTIVE)
                    && PERIOD_ON_PERIOD
                            .matcher(item.text().toLowerCase(Locale.ROOT))
                            .matches();
            boolean before = item.is(Tag.GRAIN_ADJECTIVE) && at + 1 == change;
            if (!clause.isUsed(at) && (isPair || before)) {
                slots.grain = TimeReader.grain(item.argument());
                clause.use(at);
                return true;
            }
        }
        return false;
    }

    private void differs(int change) {
        clause.use(change);
        if (slots.transform == null) {
            slots.transform = Transform.CHANGE;
        }
    }
}
