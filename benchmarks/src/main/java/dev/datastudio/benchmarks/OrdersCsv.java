package dev.datastudio.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.SplittableRandom;

/** A seeded file of order lines, about 42 bytes each: 5,000,000 of them are some 200 MB. */
final class OrdersCsv {
    private static final String[] REGIONS = {"North", "South", "East", "West", "Central"};
    private static final String[] PRODUCTS = {"Desk", "Chair", "Lamp", "Shelf", "Screen", "Cable", "Paper", "Binder"};
    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
    private static final int DAYS = 1461;

    private OrdersCsv() {}

    /** Writes a file of so many lines below its header. */
    static Path write(Path file, int rows) throws IOException {
        SplittableRandom random = new SplittableRandom(42);
        byte[][] days = new byte[DAYS][];
        for (int i = 0; i < DAYS; i++) {
            days[i] = FIRST_DAY.plusDays(i).toString().getBytes(StandardCharsets.US_ASCII);
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write("order_id,order_date,region,product,amount,quantity\n".getBytes(StandardCharsets.US_ASCII));
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < rows; i++) {
                line.setLength(0);
                line.append(10_000_000 + i).append(',');
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
                out.write(days[random.nextInt(DAYS)]);
                line.setLength(0);
                long cents = (long) (Math.exp(random.nextDouble() * 6) * 100);
                line.append(',').append(REGIONS[random.nextInt(REGIONS.length)]);
                line.append(',').append(PRODUCTS[random.nextInt(PRODUCTS.length)]);
                line.append(',')
                        .append(cents / 100)
                        .append('.')
                        .append(cents / 10 % 10)
                        .append(cents % 10);
                line.append(',').append(1 + random.nextInt(9)).append('\n');
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
        return file;
    }
}
