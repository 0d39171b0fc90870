package dev.datastudio.cli;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Orders of a shop that doesn't exist, the same at each call: something to draw without a file at hand. */
final class SampleData {
    private static final int ROWS = 1_500;
    private static final long SEED = 20_240_301;
    private static final List<String> REGIONS = List.of("North", "East", "South", "West");
    private static final List<String> PRODUCTS = List.of("Desk", "Chair", "Lamp", "Shelf", "Screen", "Cabinet");
    private static final double[] PRICES = {320, 140, 45, 90, 210, 260};

    private SampleData() {}

    /** The data set, imported into a studio. */
    static Dataset in(Studio studio) throws IOException {
        Path folder = Files.createTempDirectory("studio-sample-");
        Path file = folder.resolve("orders.csv");
        try {
            write(file);
            return studio.datasets().importFile(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static void write(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        try (BufferedWriter csv = Files.newBufferedWriter(file)) {
            csv.write("Day,Region,Product,Sales,Price,Distance (km),Delivery (days),Rating\n");
            for (int i = 0; i < ROWS; i++) {
                csv.write(row(random));
            }
        }
    }

    private static String row(SplittableRandom random) {
        int region = Math.min(random.nextInt(5), REGIONS.size() - 1);
        int product = random.nextInt(PRODUCTS.size());
        double growth = random.nextDouble();
        LocalDate day = LocalDate.of(2022, 1, 1).plusDays((long) (1095 * Math.pow(growth, 0.8)));
        double price = PRICES[product] * (1 + 0.12 * random.nextGaussian());
        double sales = price * (1 + random.nextInt(4)) * (1 - 0.05 * region);
        double distance = Math.exp(4.2 + 0.25 * region + 0.5 * random.nextGaussian());
        double delivery = 1 + distance / 60 + 0.8 * Math.abs(random.nextGaussian());
        double rating = Math.max(1, Math.min(5, 4.9 - 0.22 * delivery + 0.4 * random.nextGaussian()));
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,$%.2f,$%.2f,%.0f,%.1f,%s%n",
                day,
                REGIONS.get(region),
                PRODUCTS.get(product),
                sales,
                price,
                distance,
                delivery,
                random.nextInt(20) == 0 ? "" : String.format(Locale.ROOT, "%.1f", rating));
    }
}
