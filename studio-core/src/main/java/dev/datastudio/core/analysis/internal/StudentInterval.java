package dev.datastudio.core.analysis.internal;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Half the width of Student's confidence interval of a mean, in standard errors, as SQL of the number of values. Up to
 * {@value #EXACT} degrees of freedom the quantiles are written out; beyond, they are Fisher and Cornish's expansion of
 * the quantile in powers of 1 / degrees of freedom (Abramowitz and Stegun, 1964, 26.7.5), right to seven digits there.
 */
final class StudentInterval {
    private static final int EXACT = 30;

    private StudentInterval() {}

    /**
     * @param count the number of values
     * @param level from 0 to 1, both excluded
     */
    static Sql quantile(Dialect dialect, Sql count, double level) {
        double tail = (1 - level) / 2;
        StringBuilder cases = new StringBuilder();
        for (int n = 2; n <= EXACT + 1; n++) {
            double exact = TDistribution.of(n - 1).inverseSurvivalProbability(tail);
            cases.append(" WHEN ").append(n).append(" THEN ").append(dialect.inDouble(exact));
        }
        double x = NormalDistribution.of(0, 1).inverseSurvivalProbability(tail);
        double[] terms = expansion(x);
        Sql freedom = Sql.of("(", count, " - 1)");
        Sql sum = Sql.of(dialect.inDouble(terms[terms.length - 1]));
        for (int i = terms.length - 2; i >= 0; i--) {
            sum = Sql.of(dialect.inDouble(terms[i]), " + (", sum, ") / ", freedom);
        }
        return Sql.of("CASE ", count, " WHEN 0 THEN NULL WHEN 1 THEN NULL", cases.toString(), " ELSE ", sum, " END");
    }

    private static double[] expansion(double x) {
        double x2 = x * x;
        double first = x * (x2 + 1) / 4;
        double second = x * (3 + x2 * (16 + 5 * x2)) / 96;
        double third = x * (-15 + x2 * (17 + x2 * (19 + 3 * x2))) / 384;
        double fourth = x * (-945 + x2 * (-1920 + x2 * (1482 + x2 * (776 + 79 * x2)))) / 92160;
        return new double[] {x, first, second, third, fourth};
    }
}
