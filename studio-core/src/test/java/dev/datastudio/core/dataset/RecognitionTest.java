package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the values of a column become, decided from all of them. */
class RecognitionTest {
    @TempDir
    Path folder;

    private DatasetsFixture studio;

    @BeforeEach
    void open() {
        studio = new DatasetsFixture(folder);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    /** The values of a column, what they become, and the stored values as text. */
    record Case(String what, List<String> in, ColumnType type, String unit, List<String> out, String said) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Case of(String what, String in, ColumnType type, String unit, String out, String said) {
        return new Case(what, split(in), type, unit, split(out), said);
    }

    private static List<String> split(String values) {
        return Arrays.stream(values.split("\\|", -1)).toList();
    }

    static Stream<Case> cases() {
        ColumnType integer = ColumnType.INTEGER;
        ColumnType decimal = ColumnType.DECIMAL;
        ColumnType text = ColumnType.TEXT;
        ColumnType date = ColumnType.DATE;
        ColumnType timestamp = ColumnType.TIMESTAMP;
        return Stream.of(
                of("integers", "1|-2|30", integer, "", "1|-2|30", ""),
                of("padded integers", " 1|2 | 3 ", integer, "", "1|2|3", ""),
                of("fractions", "1.5|2|-.25", decimal, "", "1.5|2.0|-0.25", ""),
                of("exponents", "1e3|2.5E-2|7", decimal, "", "1000.0|0.025|7.0", ""),
                of("plus signs", "+1|+2.5|3", decimal, "", "1.0|2.5|3.0", ""),
                of("dollars", "$1,234.50|$2|-$3.25|$ 4", decimal, "$", "1234.5|2.0|-3.25|4.0", "numbers in $"),
                of("dollars, minus inside", "$-5|$6.5", decimal, "$", "-5.0|6.5", ""),
                of("euros behind", "1.234,50 €|2,00 €|-3 €", decimal, "€", "1234.5|2.0|-3.0", "decimal comma"),
                of("pounds", "£5|£6.10", decimal, "£", "5.0|6.1", ""),
                of("yen", "¥500|¥1,200", decimal, "¥", "500.0|1200.0", ""),
                of("currency codes", "EUR 5|EUR 7.25", decimal, "EUR", "5.0|7.25", ""),
                of("currency codes behind", "5 USD|7.25 USD", decimal, "USD", "5.0|7.25", ""),
                of("two currencies", "$5|€6", text, "", "$5|€6", "mixes the currencies $, €"),
                of("percent", "27.00%|3%|-0.5%", decimal, "%", "27.0|3.0|-0.5", "so that 27% is 27"),
                of("percent with a gap", "27 %|3 %", decimal, "%", "27.0|3.0", ""),
                of("percent and not", "27%|3", text, "", "27%|3", "percentages and the others are not"),
                of("comma thousands", "1,234,567|12|-1,000", integer, "", "1234567|12|-1000", "','"),
                of("point thousands", "1.234.567|12|2.000", integer, "", "1234567|12|2000", "'.'"),
                of("space thousands", "1 234|12 345 678|9", integer, "", "1234|12345678|9", ""),
                of("narrow space", "1\u202f234|2\u00a0345|9", integer, "", "1234|2345|9", ""),
                of("apostrophes", "1'234|12'345.50", decimal, "", "1234.0|12345.5", ""),
                of("comma thousands with fraction", "1,234.56|7.5", decimal, "", "1234.56|7.5", ""),
                of("decimal comma", "1,5|2,25|-3", decimal, "", "1.5|2.25|-3.0", "decimal comma"),
                of("decimal comma with thousands", "1.234,56|7,5", decimal, "", "1234.56|7.5", ""),
                of("undecided thousands", "1,234|5,678", integer, "", "1234|5678", "read in two ways"),
                of("point is a fraction", "1.234|5.678", decimal, "", "1.234|5.678", ""),
                of("zero before a comma", "0,123|5,678", decimal, "", "0.123|5.678", "decimal comma"),
                of("both marks", "1,5|1.5", text, "", "1,5|1.5", "not written in one way"),
                of("brackets", "(1,234.50)|20|(3)", decimal, "", "-1234.5|20.0|-3.0", "brackets"),
                of("brackets and dollars", "($1,234.50)|$20|$(3)", text, "", "($1,234.50)|$20|$(3)", ""),
                of("dollars in brackets", "($1,234.50)|$20", decimal, "$", "-1234.5|20.0", ""),
                of("trailing minus", "5-|7|1.5-", decimal, "", "-5.0|7.0|-1.5", "minus behind"),
                of("real minus sign", "\u22125|7", integer, "", "-5|7", ""),
                of("leading zeros", "007|012|100", text, "", "007|012|100", "'007' begin with a zero"),
                of("zero alone", "0|1|0", integer, "", "0|1|0", ""),
                of("beyond 64 bits", "12345678901234567890|1", decimal, "", "12345678901234567890|1", "beyond 64 bits"),
                of(
                        "64 bits exactly",
                        "9223372036854775807|-9223372036854775808",
                        integer,
                        "",
                        "9223372036854775807|-9223372036854775808",
                        ""),
                of("ISO dates", "2020-01-31|2020-12-01", date, "", "2020-01-31|2020-12-01", ""),
                of("slashed ISO dates", "2001/01/31|2001/2/1", date, "", "2001-01-31|2001-02-01", ""),
                of("day first", "31/01/2020|1/2/2020", date, "", "2020-01-31|2020-02-01", "the day first"),
                of("month first", "1/31/2020|1/2/2020", date, "", "2020-01-31|2020-01-02", "the month first"),
                of("undecided slashes", "1/2/2020|3/4/2020", date, "", "2020-01-02|2020-03-04", "other date order"),
                of("points are day first", "1.2.2020|3.4.2020", date, "", "2020-02-01|2020-04-03", "the day is taken"),
                of("no order fits", "31/01/2020|1/31/2020", text, "", "31/01/2020|1/31/2020", "no order"),
                of("not in the calendar", "30/02/2020|01/02/2020", text, "", "30/02/2020|01/02/2020", ""),
                of("month names", "Jan 1 2000|Dec 31 2001", date, "", "2000-01-01|2001-12-31", ""),
                of("month names with comma", "Jan 1, 2000|Dec 31, 2001", date, "", "2000-01-01|2001-12-31", ""),
                of("long month names", "January 1, 2000|May 3, 2001", date, "", "2000-01-01|2001-05-03", ""),
                of("day month year", "1 January 2000|12 June 1998", date, "", "2000-01-01|1998-06-12", ""),
                of("dashed names", "1-Jan-20|12-Jun-98", date, "", "2020-01-01|1998-06-12", "two digits"),
                of("months in numbers", "2020-01|2020-12", date, "", "2020-01-01|2020-12-01", "first of its month"),
                of("months in words", "Jan 2020|Dec 2020", date, "", "2020-01-01|2020-12-01", "first of its month"),
                of("short years", "31/01/20|01/02/99", date, "", "2020-01-31|1999-02-01", "two digits"),
                of(
                        "times with slashes",
                        "2001/01/01 01:10|2001/01/02 23:59",
                        timestamp,
                        "",
                        "2001-01-01 01:10:00|2001-01-02 23:59:00",
                        ""),
                of(
                        "ISO times",
                        "2020-01-05T10:00:00|2020-01-05 10:00:01.5",
                        timestamp,
                        "",
                        "2020-01-05 10:00:00|2020-01-05 10:00:01.5",
                        ""),
                of(
                        "UTC",
                        "2020-01-05T10:00:00Z|2020-01-05T10:00:00+02:00",
                        timestamp,
                        "",
                        "2020-01-05 10:00:00|2020-01-05 08:00:00",
                        "stored as UTC"),
                of(
                        "half-day times",
                        "1/31/2020 5:07 PM|1/2/2020 12:00 AM",
                        timestamp,
                        "",
                        "2020-01-31 17:07:00|2020-01-02 00:00:00",
                        ""),
                of(
                        "some with a zone",
                        "2020-01-05T10:00:00Z|2020-01-05T10:00:00",
                        text,
                        "",
                        "2020-01-05T10:00:00Z|2020-01-05T10:00:00",
                        "have a zone"),
                of("times of day", "10:30|9:05", ColumnType.TIME, "", "10:30:00|09:05:00", ""),
                of("true and false", "True|False|true", ColumnType.BOOLEAN, "", "true|false|true", ""),
                of("yes and no", "yes|No", ColumnType.BOOLEAN, "", "true|false", ""),
                of("Y and N", "Y|N", ColumnType.BOOLEAN, "", "true|false", ""),
                of("Y alone", "Y|Y", text, "", "Y|Y", ""),
                of("male and female", "M|F", text, "", "M|F", ""),
                of("zeros and ones", "0|1", integer, "", "0|1", ""),
                of("missing words in numbers", "1|N/A|-|3", integer, "", "1|null|null|3", "2 values such as 'N/A'"),
                of("missing words in dates", "2020-01-31|null", date, "", "2020-01-31|null", "1 value such as 'null'"),
                of("missing words in text", "red|N/A|none", text, "", "red|N/A|none", ""),
                of("nothing but missing words", "-|N/A", text, "", "-|N/A", "nothing but words for missing"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reads(Case c) {
        StringBuilder csv = new StringBuilder("key;value\n");
        c.in().forEach(v -> csv.append("a;\"").append(v).append("\"\n"));

        Dataset dataset = studio.importText(csv.toString());

        Column column = dataset.columns().get(1);
        List<String> stored =
                studio.column(dataset, 1).stream().map(String::valueOf).toList();
        assertEquals(c.out(), stored, dataset.toString());
        assertEquals(c.type(), column.type());
        assertEquals(c.unit(), column.unit());
        assertTrue(
                String.join(" ", dataset.warnings()).contains(c.said()),
                dataset.warnings().toString());
    }

    @Test
    void keepsAColumnWithAFewOddValuesAsTextAndNamesTheFirst() {
        StringBuilder csv = new StringBuilder("n\n");
        for (int i = 1; i <= 1000; i++) {
            csv.append(i == 700 ? "unknown" : String.valueOf(i)).append('\n');
        }

        Dataset dataset = studio.importText(csv.toString());

        assertEquals(ColumnType.TEXT, dataset.column("n").type());
        assertEquals(
                List.of("Column 'n' is kept as text because 1 of its 1000 values is no number: 'unknown' in line 701."),
                dataset.warnings());
    }

    @Test
    void findsALateValueBehindTheSampleOfALargeFile() {
        StringBuilder csv = new StringBuilder("n,zip,share\n");
        for (int i = 1; i <= 60_000; i++) {
            csv.append(i == 50_000 ? "N/A" : String.valueOf(i));
            csv.append(i == 55_000 ? ",007" : ",1" + i % 90)
                    .append(',')
                    .append(i % 100)
                    .append("%\n");
        }

        Dataset dataset = studio.importText(csv.toString());

        assertEquals(ColumnType.INTEGER, dataset.column("n").type());
        assertEquals(1, dataset.column("n").nullCount());
        assertEquals(ColumnType.TEXT, dataset.column("zip").type());
        assertEquals("%", dataset.column("share").unit());
        assertEquals(60_000, dataset.rowCount());
        assertEquals(List.of("1799980000"), studio.query(dataset, "SELECT CAST(sum(n) AS BIGINT) FROM d.data"));
        assertEquals(List.of("007"), studio.query(dataset, "SELECT zip FROM d.data WHERE n = 55000"));
    }

    @Test
    void takesTheOrderOfDatesFromAnotherColumn() {
        Dataset dataset = studio.importText("a,b\n1/2/2020,31/12/2020\n3/4/2020,1/1/2020\n");

        assertEquals(List.of("2020-02-01", "2020-04-03"), studio.column(dataset, 0));
    }

    @Test
    void obeysTheOptions() {
        Path file = studio.write("a.csv", "d;n;zip\n1/2/2020;1,234;007\n3/4/2020;5,678;012\n");
        ImportOptions options = ImportOptions.builder()
                .dateOrder(ImportOptions.DateOrder.DAY_FIRST)
                .decimalMark(ImportOptions.DecimalMark.COMMA)
                .types(Map.of("ZIP", ColumnType.INTEGER))
                .build();

        Dataset dataset = studio.datasets().importFile(file, options);

        assertEquals(List.of("2020-02-01", "2020-04-03"), studio.column(dataset, 0));
        assertEquals(List.of("1.234", "5.678"), studio.column(dataset, 1));
        assertEquals(List.of("7", "12"), studio.column(dataset, 2));
    }
}
