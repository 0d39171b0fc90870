package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.api.error.StudioException;
import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.StringValue;

/**
 * Keeps a statement from making texts of any length out of short ones: three calls of {@code replace} within each other
 * make a gigabyte of ten letters, and MariaDB is deaf to everything while it does. Each call adds by how much it can
 * lengthen a text, wherever it stands, since one may read what the other made. Not thread-safe; one for each statement.
 */
final class TextGrowth {
    /** As a power of two: in all, a text may become so many times as long. */
    private static final double MAX_DOUBLINGS = 12;

    /** What a replacement that is not written in the statement may add. */
    private static final double UNKNOWN = 8;

    private final SqlTokens tokens;
    private final boolean repeats;
    private double doublings;

    /** @param repeats whether the statement is recursive, so that each call may be made again and again */
    TextGrowth(SqlTokens tokens, boolean repeats) {
        this.tokens = tokens;
        this.repeats = repeats;
    }

    /** @throws StudioException with SQL_REFUSED when this call is one too many */
    void add(Function call, String name) {
        double more = doublings(call, name);
        doublings += more;
        if (doublings > MAX_DOUBLINGS || (more > 0 && repeats)) {
            throw GateRefusals.growth(name);
        }
    }

    private double doublings(Function call, String name) {
        List<? extends Expression> arguments = call.getParameters() == null ? List.of() : call.getParameters();
        return switch (name) {
            case "hex", "quote", "quotename", "json_quote" -> 1;
            case "replace" -> arguments.size() < 3 ? 0 : ofReplacement(arguments.get(1), arguments.get(2));
            case "regexp_replace" -> arguments.size() < 3 ? 0 : ofPattern(arguments.get(2));
            default -> 0;
        };
    }

    private double ofReplacement(Expression from, Expression to) {
        if (!(from instanceof StringValue before) || !(to instanceof StringValue after)) {
            return to instanceof StringValue empty && text(empty).isEmpty() ? 0 : UNKNOWN;
        }
        double times = (double) text(after).length() / Math.max(1, text(before).length());
        return times <= 1 ? 0 : log2(times);
    }

    /** A pattern may match between all letters, and a reference to a group copies what it matched. */
    private double ofPattern(Expression to) {
        if (!(to instanceof StringValue literal)) {
            return UNKNOWN;
        }
        String text = text(literal);
        boolean copies = text.contains("\\") || text.contains("$") || text.contains("&");
        return log2(text.length() + 1.0) + (copies ? UNKNOWN / 2 : 0);
    }

    /** The place holder stands for the text at its number. */
    private String text(StringValue holder) {
        return tokens.list()
                .get(Integer.parseInt(holder.getValue().substring(1)))
                .text();
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
