import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes the order lines of an invented shop as CSV, the same bytes on every Java:
 * {@code java examples/ShopOrders.java > examples/data/shop-orders.csv}.
 *
 * <p>What is in the data, so that an answer can be judged: sales grow about 14 % a year; November and December are the
 * peak, July and August the low; Saturdays are strong and Sundays weak; the regions and categories differ in size; a
 * discount of 30 % eats two thirds of the margin. About 1.5 % of the discounts, profits, customers and segments are
 * missing, about 1 % of the lines are returns (negative quantity, sales and profit), and a few are bulk orders.
 */
public final class ShopOrders {
    private static final long SEED = 20210101;
    private static final LocalDate FIRST = LocalDate.of(2021, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2024, 12, 31);
    private static final double LINES_A_DAY = 5.25;
    private static final double GROWTH_A_YEAR = 0.14;
    private static final double[] MONTHS = {0.80, 0.82, 0.95, 0.98, 1.02, 0.97, 0.78, 0.76, 1.00, 1.06, 1.42, 1.58};
    private static final double[] WEEKDAYS = {1.00, 0.96, 0.98, 1.02, 1.14, 1.22, 0.68};
    private static final double MISSING = 0.015;
    private static final double RETURNED = 0.01;

    private record Place(String region, double weight, List<String> cities) {}

    private record Product(String category, String name, double price, double margin, double weight) {}

    private record Customer(String name, String segment, Place place, String city, double weight) {}

    private static final List<Place> PLACES = List.of(
            new Place("North", 1.35, List.of("Harrowgate", "Kelby", "Stonebridge")),
            new Place("South", 1.00, List.of("Port Amsel", "Marlow Bay", "Estrel")),
            new Place("East", 0.80, List.of("Lindmere", "Ostwick", "Tarn")),
            new Place("West", 1.10, List.of("Calder", "Westhaven", "Brackley")),
            new Place("Central", 0.55, List.of("Midford", "Aldenham")));

    private static final List<Product> PRODUCTS = List.of(
            new Product("Furniture", "Oak Desk", 349.00, 0.24, 0.5),
            new Product("Furniture", "Office Chair", 189.00, 0.28, 1.0),
            new Product("Furniture", "Bookshelf", 129.00, 0.26, 0.8),
            new Product("Furniture", "Floor Lamp", 74.50, 0.34, 0.9),
            new Product("Furniture", "Side Table", 89.00, 0.25, 0.6),
            new Product("Furniture", "Filing Cabinet", 159.00, 0.22, 0.4),
            new Product("Electronics", "Wireless Headphones", 119.00, 0.30, 1.2),
            new Product("Electronics", "Monitor 27 inch", 279.00, 0.19, 0.7),
            new Product("Electronics", "Keyboard", 59.90, 0.36, 1.1),
            new Product("Electronics", "Webcam", 69.00, 0.33, 0.9),
            new Product("Electronics", "Tablet", 329.00, 0.17, 0.6),
            new Product("Electronics", "Phone Charger", 24.90, 0.48, 1.4),
            new Product("Kitchen", "Espresso Maker", 149.00, 0.32, 0.6),
            new Product("Kitchen", "Chef Knife", 54.00, 0.41, 0.9),
            new Product("Kitchen", "Cast Iron Pan", 44.50, 0.38, 1.0),
            new Product("Kitchen", "Mixing Bowls", 29.90, 0.45, 1.2),
            new Product("Kitchen", "Kettle", 39.90, 0.37, 1.3),
            new Product("Kitchen", "Lunch Box", 17.50, 0.50, 1.5),
            new Product("Stationery", "Notebook Pack", 12.90, 0.52, 2.0),
            new Product("Stationery", "Fountain Pen", 34.00, 0.46, 1.0),
            new Product("Stationery", "Marker Set", 16.40, 0.49, 1.6),
            new Product("Stationery", "Desk Organiser", 22.00, 0.44, 1.2),
            new Product("Stationery", "Wall Calendar", 14.90, 0.55, 1.1),
            new Product("Stationery", "Paper Box", 27.50, 0.30, 1.8));

    private static final List<String> GIVEN = List.of(
            "Ada", "Bruno", "Clara", "Dario", "Elin", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Keiko", "Luca",
            "Mara", "Nils", "Olga", "Pavel", "Quinn", "Rosa", "Samir", "Thea");

    private static final List<String> FAMILY = List.of(
            "Abel", "Brandt", "Castro", "Dahl", "Ekman", "Fuchs", "Grau", "Holm", "Ivers", "Jansen", "Kovac", "Lund",
            "Moreau", "Novak", "Okafor", "Price", "Rossi", "Sato", "Tanaka", "Weber");

    private static final double[] DISCOUNTS = {0.0, 0.05, 0.10, 0.15, 0.20, 0.30};
    private static final double[] DISCOUNT_WEIGHTS = {0.55, 0.12, 0.14, 0.08, 0.08, 0.03};

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Customer> customers = new ArrayList<>();
    private final PrintStream out;
    private int orders = 10_000;

    private ShopOrders(PrintStream out) {
        this.out = out;
    }

    /** Writes the file to standard output. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        new ShopOrders(out).write();
        out.flush();
    }

    private void write() {
        inventCustomers();
        out.print("order_id,order_date,region,city,category,product,customer,segment,quantity,discount,sales,profit\n");
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            double years = (day.toEpochDay() - FIRST.toEpochDay()) / 365.25;
            double expected = LINES_A_DAY
                    * (1 + GROWTH_A_YEAR * years)
                    * MONTHS[day.getMonthValue() - 1]
                    * WEEKDAYS[day.getDayOfWeek().getValue() - 1];
            writeDay(day, poisson(expected));
        }
    }

    private void inventCustomers() {
        for (String given : GIVEN) {
            for (String family : FAMILY) {
                Place place = pick(PLACES, PLACES.stream().mapToDouble(Place::weight).toArray());
                String city = place.cities().get(random.nextInt(place.cities().size()));
                double chance = random.nextDouble();
                String segment = chance < 0.52 ? "Consumer" : chance < 0.82 ? "Corporate" : "Home Office";
                customers.add(new Customer(given + " " + family, segment, place, city, logNormal(0, 0.8)));
            }
        }
    }

    private void writeDay(LocalDate day, int lines) {
        double[] customerWeights = customers.stream().mapToDouble(Customer::weight).toArray();
        double[] productWeights = PRODUCTS.stream()
                .mapToDouble(product -> product.weight() * demand(product, day))
                .toArray();
        int left = 0;
        Customer customer = customers.get(0);
        for (int line = 0; line < lines; line++) {
            if (left == 0) {
                orders++;
                left = 1 + (random.nextDouble() < 0.3 ? 1 : 0) + (random.nextDouble() < 0.1 ? 1 : 0);
                customer = pick(customers, customerWeights);
            }
            left--;
            writeLine(day, customer, pick(PRODUCTS, productWeights));
        }
    }

    /** Electronics gain over the years and before Christmas, desks and calendars have their own season. */
    private static double demand(Product product, LocalDate day) {
        int month = day.getMonthValue();
        double years = (day.toEpochDay() - FIRST.toEpochDay()) / 365.25;
        return switch (product.category()) {
            case "Electronics" -> (1 + 0.12 * years) * (month >= 11 ? 1.4 : 1.0);
            case "Stationery" -> product.name().equals("Wall Calendar") ? (month >= 11 || month == 1 ? 3.0 : 0.3)
                    : month == 9 ? 1.5 : 1.0;
            case "Furniture" -> month == 1 ? 1.3 : 1.0;
            default -> 1.0;
        };
    }

    private void writeLine(LocalDate day, Customer customer, Product product) {
        boolean bulk = random.nextDouble() < 0.0008;
        boolean returned = !bulk && random.nextDouble() < RETURNED;
        int quantity = bulk
                ? 60 + random.nextInt(90)
                : Math.max(1, (int) Math.round(logNormal(customer.segment().equals("Corporate") ? 1.0 : 0.55, 0.55)));
        double discount = pick(DISCOUNTS, DISCOUNT_WEIGHTS);
        double price = product.price() * logNormal(0, 0.06);
        double sales = cents(price * quantity * (1 - discount));
        double cost = price * quantity * (1 - product.margin()) * logNormal(0, 0.05);
        double profit = cents(sales - cost);
        if (returned) {
            quantity = -quantity;
            sales = -sales;
            profit = -Math.abs(cents(profit + 0.08 * -sales));
        }
        out.printf(
                Locale.ROOT,
                "SO-%d,%s,%s,%s,%s,%s,%s,%s,%d,%s,%.2f,%s\n",
                orders,
                day,
                customer.place().region(),
                customer.city(),
                product.category(),
                product.name(),
                sometimes(customer.name()),
                sometimes(customer.segment()),
                quantity,
                sometimes(String.format(Locale.ROOT, "%.2f", discount)),
                sales,
                sometimes(String.format(Locale.ROOT, "%.2f", profit)));
    }

    private String sometimes(String value) {
        return random.nextDouble() < MISSING ? "" : value;
    }

    private static double cents(double amount) {
        return StrictMath.rint(amount * 100) / 100;
    }

    /** Knuth's product of uniforms; enough for the small means here. */
    private int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            count++;
            product *= random.nextDouble();
        }
        return count;
    }

    /** Box and Muller with StrictMath, because Math may differ in the last bit between machines. */
    private double logNormal(double mean, double deviation) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        double normal = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
        return StrictMath.exp(mean + deviation * normal);
    }

    private <T> T pick(List<T> choices, double[] weights) {
        return choices.get(pickIndex(weights));
    }

    private double pick(double[] choices, double[] weights) {
        return choices[pickIndex(weights)];
    }

    private int pickIndex(double[] weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double point = random.nextDouble() * total;
        for (int index = 0; index < weights.length - 1; index++) {
            point -= weights[index];
            if (point < 0) {
                return index;
            }
        }
        return weights.length - 1;
    }
}
