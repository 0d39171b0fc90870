package dev.datastudio.agents.agent.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wishes for groups, components, unusual rows and forecasts are told from questions for figures (A27). */
class ExploringWishTest {
    private static Studio studio;
    private static Dataset orders;

    @BeforeAll
    static void open() {
        studio = Studio.inMemory();
        orders = studio.datasets().importFile(Path.of("../examples/data/shop-orders.csv"));
    }

    @AfterAll
    static void close() {
        studio.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Forecast sales for the next 6 months             | forecast_series | "value":"sales","time":"order_date","period":"month","horizon":6
            forecast sales                                   | forecast_series | "value":"sales","time":"order_date"
            What will profit be? Predict it for the next year | forecast_series | "value":"profit","time":"order_date","period":"month","horizon":12
            forecast the number of orders by week, eight weeks ahead | forecast_series | "time":"order_date","period":"week","horizon":8
            weekly forecast of quantity                      | forecast_series | "value":"quantity","time":"order_date","period":"week"
            group customers                                  | cluster_rows    |
            Cluster the orders by sales, profit and quantity | cluster_rows    | "columns":["sales","profit","quantity"]
            split the orders into four groups                | cluster_rows    | "clusters":4
            find natural groups of orders                    | cluster_rows    |
            find unusual orders                              | find_anomalies  |
            Which strange rows are there, judging by sales and discount? | find_anomalies | "columns":["sales","discount"]
            show the principal components                    | principal_components |
            """)
    void isRead(String question, String tool, String arguments) {
        Optional<ExploringWish> wish = ExploringWish.read(question, orders);

        assertEquals(
                new ExploringWish(
                        tool,
                        "{\"source_id\":\"" + orders.id() + "\"" + (arguments == null ? "" : "," + arguments) + "}"),
                wish.orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "group sales by region",
                "total sales per segment",
                "What are the top 5 customers by profit?",
                "Group customers by region and sum their sales",
                "average discount in each category",
                "find outliers in sales",
                "how many anomalies are in profit by the IQR rule",
                "predict",
                "show the trend of sales",
                "sales in the next to last year",
                "compare the segments"
            })
    void whatAsksForFiguresIsNone(String question) {
        assertEquals(Optional.empty(), ExploringWish.read(question, orders));
    }
}
