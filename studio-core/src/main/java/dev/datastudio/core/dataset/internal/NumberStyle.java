package dev.datastudio.core.dataset.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the numbers of one column are written, as a regular expression and as SQL that reads them. Immutable.
 *
 * @param decimal the mark before the fraction
 * @param groups the thousands separators that occur
 * @param currency the symbol or code, empty for none
 * @param percent every value ends with a percent sign
 * @param brackets negative values may stand in brackets
 * @param trailingMinus negative values may end with a minus
 * @param leadingZeros whole numbers may begin with zeros
 */
record NumberStyle(
        char decimal,
        Set<Character> groups,
        String currency,
        boolean percent,
        boolean brackets,
        boolean trailingMinus,
        boolean leadingZeros) {
    private static final char MINUS = '\u2212';
    private static final String SPACE = "[ \u00a0\u202f]?";

    NumberStyle {
        groups = Set.copyOf(groups);
    }

    /** Matches a number in this style; read the same by Java and by RE2. */
    String regex() {
        String sign = "[-+" + MINUS + "]?";
        String coin = currency.isEmpty() ? "" : escape(currency);
        String before = coin.isEmpty() ? "" : "(?:" + coin + SPACE + ")?" + sign;
        String behind = coin.isEmpty() ? "" : "(?:" + SPACE + coin + ")?";
        String minus = trailingMinus ? "-?" : "";
        String body = sign + before + number() + minus + behind + (percent ? SPACE + "%" : "") + minus;
        return " *" + (brackets ? "(?:" + body + "|\\( *" + body + " *\\))" : body) + " *";
    }

    private String number() {
        String digits = leadingZeros ? "\\d+" : "(?:0|[1-9]\\d*)";
        String whole = groups.isEmpty() ? digits : "(?:" + digits + "|[1-9]\\d{0,2}(?:" + group() + "\\d{3})+)";
        String mark = decimal == '.' ? "\\." : ",";
        String exponent = currency.isEmpty() ? "(?:[eE][-+]?\\d{1,3})?" : "";
        return "(?:" + whole + "(?:" + mark + "\\d*)?|" + mark + "\\d+)" + exponent;
    }

    private String group() {
        StringBuilder set = new StringBuilder("[");
        groups.stream().sorted().forEach(set::append);
        return set.append(']').toString();
    }

    private static String escape(String text) {
        return Pattern.compile("[!-/:-@\\[-`{-~]")
                .matcher(text)
                .replaceAll(found -> "\\\\" + Matcher.quoteReplacement(found.group()));
    }

    /** SQL for the value of a text that matches {@link #regex()}. */
    String value(String type) {
        StringBuilder drop = new StringBuilder("-+()% \u00a0\u202f").append(MINUS);
        groups.forEach(drop::append);
        String digits = currency.isEmpty() ? "{}" : "replace({}, " + Sql.text(currency) + ", '')";
        String number;
        if (exponentsCanOccur()) {
            number = digits; // a minus of an exponent must stay, so only what can stand here goes
            StringBuilder plain = new StringBuilder("+()% \u00a0\u202f");
            groups.forEach(plain::append);
            number = translate(number, plain.toString());
            return "CAST(regexp_replace(" + number + ", '^[-" + MINUS + "]|[-" + MINUS + "]$', '', 'g') AS " + type
                    + ")" + " * " + sign("^[ (]*[-" + MINUS + "]|^ *[(]|- *%? *$");
        }
        number = translate(digits, drop.toString());
        return "CAST(" + number + " AS " + type + ") * " + sign("[-(" + MINUS + "]");
    }

    private boolean exponentsCanOccur() {
        return currency.isEmpty();
    }

    private static String sign(String negative) {
        return "(CASE WHEN regexp_matches({}, " + Sql.text(negative) + ") THEN -1 ELSE 1 END)";
    }

    private String translate(String text, String drop) {
        return decimal == '.'
                ? "translate(" + text + ", " + Sql.text(drop) + ", '')"
                : "translate(" + text + ", " + Sql.text("," + drop) + ", '.')";
    }

    /** What is special about it, to go on after "numbers"; empty when nothing is. */
    String words() {
        List<String> parts = new ArrayList<>();
        if (!currency.isEmpty()) {
            parts.add("in " + currency);
        }
        if (percent) {
            parts.add("in percent, so that 27% is 27");
        }
        if (!groups.isEmpty()) {
            parts.add(
                    "with " + (groups.size() == 1 ? "'" + show(groups.iterator().next()) + "'" : "separators")
                            + " between thousands");
        }
        if (decimal == ',') {
            parts.add("with a decimal comma");
        }
        if (brackets) {
            parts.add("negative in brackets");
        }
        if (trailingMinus) {
            parts.add("negative with a minus behind");
        }
        return parts.isEmpty() ? "" : " " + String.join(", ", parts);
    }

    private static String show(char group) {
        return Character.isSpaceChar(group) ? "a space" : String.valueOf(group);
    }
}
