package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.dataset.Dataset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values written in a random style come back as they were. */
class RoundTripTest {
    private static final int ROWS = 300;
    private static final String[] DATES = {
        "yyyy-MM-dd", "dd/MM/yyyy", "M/d/yyyy", "dd.MM.yyyy", "MMM d yyyy", "MMMM d, yyyy", "d MMMM yyyy", "yyyy/MM/dd"
    };
    private static final String[] PREFIXES = {"", "$", "€ ", "EUR "};
    private static final String[] TEXTS = {
        "plain", "a,b", "a;b", "say \"x\"", "two\nlines", " padded", "Ünïcode", "", "x\ty"
    };

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whateverTheStyle(long seed) {
        Random random = new Random(seed);
        char delimiter = ",;\t|".charAt(random.nextInt(4));
        boolean comma = random.nextBoolean();
        boolean grouped = random.nextBoolean();
        boolean brackets = random.nextBoolean();
        String prefix = PREFIXES[random.nextInt(PREFIXES.length)];
        DateTimeFormatter dates = DateTimeFormatter.ofPattern(DATES[random.nextInt(DATES.length)], Locale.ENGLISH);
        String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
        List<String> numbers = new ArrayList<>();
        List<String> days = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        StringBuilder csv = new StringBuilder("number" + delimiter + "day" + delimiter + "text" + lineEnd);
        for (int i = 0; i < ROWS; i++) {
            long cents = random.nextInt(200_000_000) - 100_000_000L;
            LocalDate day = LocalDate.of(1990, 1, 1).plusDays(random.nextInt(15_000));
            String text = TEXTS[random.nextInt(TEXTS.length)];
            numbers.add(String.valueOf(cents / 100.0));
            days.add(day.toString());
            texts.add(text.isEmpty() ? "null" : text);
            csv.append(quote(number(cents, comma, grouped, brackets, prefix))).append(delimiter);
            csv.append(quote(dates.format(day)))
                    .append(delimiter)
                    .append(quote(text))
                    .append(lineEnd);
        }

        try (DatasetsFixture studio = new DatasetsFixture(folder)) {
            Dataset dataset = studio.importText(csv.toString());

            String seen = "seed " + seed + " " + dataset;
            assertEquals(numbers, studio.query(dataset, "SELECT number FROM d.data"), seen);
            assertEquals(days, studio.column(dataset, 1), seen);
            assertEquals(
                    texts,
                    studio.column(dataset, 2).stream().map(String::valueOf).toList(),
                    seen);
        }
    }

    private static String number(long cents, boolean comma, boolean grouped, boolean brackets, String prefix) {
        String text = String.format(Locale.ROOT, grouped ? "%,.2f" : "%.2f", Math.abs(cents) / 100.0);
        if (comma) {
            text = text.replace(',', '#').replace('.', ',').replace('#', '.');
        }
        text = prefix + text;
        if (cents >= 0) {
            return text;
        }
        return brackets ? "(" + text + ")" : "-" + text;
    }

    private static String quote(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
