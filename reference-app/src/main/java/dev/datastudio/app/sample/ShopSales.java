package dev.datastudio.app.sample;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Two years of sales of an invented shop as CSV: with growth, a season, regions that differ and prices of several kinds
 * of goods, so that there is something to find. The same text each time.
 */
final class ShopSales {
    /** What the data set is called. */
    static final String NAME = "sample-shop.csv";

    /** Questions that show something worth seeing. */
    static final List<String> QUESTIONS = List.of(
            "Monthly trend of revenue",
            "Total revenue by category",
            "Distribution of price and average rating by region");

    private static final long SEED = 20_240_101;
    private static final LocalDate FIRST_DAY = LocalDate.of(2023, 1, 1);
    private static final int DAYS = 730;
    private static final List<String> REGIONS = List.of("North", "South", "East", "West");
    private static final double[] REGION_SHARES = {0.35, 0.28, 0.22, 0.15};

    /** A kind of goods: how it is called, what it costs, how its sales go over the year. */
    private record Goods(String category, String product, double price, double share, double summer) {}

    private static final List<Goods> ALL_GOODS = List.of(
            new Goods("Garden", "Watering can", 14.5, 0.10, 0.9),
            new Goods("Garden", "Parasol", 59.0, 0.06, 1.2),
            new Goods("Kitchen", "Tea kettle", 32.0, 0.16, -0.1),
            new Goods("Kitchen", "Bread knife", 24.9, 0.14, 0.0),
            new Goods("Books", "Travel guide", 18.0, 0.16, 0.3),
            new Goods("Books", "Novel", 12.5, 0.18, -0.2),
            new Goods("Toys", "Wooden train", 39.9, 0.12, -0.7),
            new Goods("Toys", "Kite", 21.0, 0.08, 0.6));

    private final Random random = new Random(SEED);
    private final StringBuilder text = new StringBuilder(200_000);

    private ShopSales() {}

    /** The sales, a line each, in the order of their days. */
    static String csv() {
        ShopSales sales = new ShopSales();
        sales.text.append("order_date,region,category,product,price,quantity,revenue,rating\n");
        for (int day = 0; day < DAYS; day++) {
            sales.day(day);
        }
        return sales.text.toString();
    }

    private void day(int day) {
        double season = Math.sin(2 * Math.PI * (day - 100) / 365.25); // greatest in July
        double orders = 4 + 2.5 * day / DAYS;
        int count = (int) Math.round(orders + random.nextGaussian());
        for (int i = 0; i < count; i++) {
            order(FIRST_DAY.plusDays(day), season);
        }
    }

    private void order(LocalDate date, double season) {
        String region = REGIONS.get(pick(REGION_SHARES));
        double[] shares = ALL_GOODS.stream()
                .mapToDouble(goods -> goods.share() * Math.max(0.1, 1 + goods.summer() * season))
                .toArray();
        Goods goods = ALL_GOODS.get(pick(shares));
        double price = goods.price() * (1 + 0.08 * random.nextGaussian());
        int quantity = 1 + (int) Math.floor(-Math.log(1 - random.nextDouble()) * 0.8);
        double mood = region.equals("East") ? 3.7 : 4.1;
        long rating = Math.max(1, Math.min(5, Math.round(mood + 0.8 * random.nextGaussian())));
        boolean isRated = random.nextDouble() < 0.9;
        text.append(String.format(
                Locale.ROOT,
                "%s,%s,%s,%s,%.2f,%d,%.2f,%s\n",
                date,
                region,
                goods.category(),
                goods.product(),
                price,
                quantity,
                Math.round(price * 100) * quantity / 100.0,
                isRated ? rating : ""));
    }

    private int pick(double[] shares) {
        double total = 0;
        for (double share : shares) {
            total += share;
        }
        double left = random.nextDouble() * total;
        int at = 0;
        while (at < shares.length - 1 && left >= shares[at]) {
            left -= shares[at++];
        }
        return at;
    }
}
