package dev.datastudio.agents.reporter.internal.repair;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.schema.Column;

/**
 * Makes a text of a name in double quotes that no table has and that a column is compared with: {@code country =
 * "Germany"}.
 */
final class TextQuotes {
    private TextQuotes() {}

    static Optional<Repair> mend(Faulty faulty) {
        Optional<ParsedSql> parsed = faulty.parse();
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        Set<String> known = new LinkedHashSet<>();
        faulty.tables().forEach(table -> table.columns().forEach(c -> known.add(c.toLowerCase(Locale.ROOT))));
        SqlNodes.all(parsed.get().select(), Alias.class)
                .forEach(alias -> known.add(alias.getUnquotedName().toLowerCase(Locale.ROOT)));
        Set<String> texts = new LinkedHashSet<>();
        for (BinaryExpression comparison : SqlNodes.all(parsed.get().select(), BinaryExpression.class)) {
            if (isColumn(comparison.getLeftExpression(), known)) {
                text(comparison.getRightExpression(), known, texts).ifPresent(comparison::setRightExpression);
            }
        }
        for (InExpression in : SqlNodes.all(parsed.get().select(), InExpression.class)) {
            if (isColumn(in.getLeftExpression(), known) && in.getRightExpression() instanceof ExpressionList<?> list) {
                texts(list, known, texts);
            }
        }
        return texts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Repair(
                        "text in double quotes",
                        parsed.get().text(),
                        "No column has the name " + String.join(", ", texts) + ", so it was taken for a text."));
    }

    private static boolean isColumn(Expression expression, Set<String> known) {
        return expression instanceof Column column
                && known.contains(column.getUnquotedColumnName().toLowerCase(Locale.ROOT));
    }

    @SuppressWarnings("unchecked") // a text may stand wherever a column stood
    private static void texts(List<?> list, Set<String> known, Set<String> texts) {
        for (int i = 0; i < list.size(); i++) {
            Optional<StringValue> text = list.get(i) instanceof Expression e ? text(e, known, texts) : Optional.empty();
            if (text.isPresent()) {
                ((List<Expression>) list).set(i, text.get());
            }
        }
    }

    private static Optional<StringValue> text(Expression expression, Set<String> known, Set<String> texts) {
        if (expression instanceof Column column
                && column.getTable() == null
                && column.getColumnName().startsWith("\"")
                && !known.contains(column.getUnquotedColumnName().toLowerCase(Locale.ROOT))) {
            String text = column.getUnquotedColumnName();
            texts.add("'" + text + "'");
            return Optional.of(new StringValue("'" + text.replace("'", "''") + "'"));
        }
        return Optional.empty();
    }
}
