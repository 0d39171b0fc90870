package dev.datastudio.core.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.core.relation.internal.KeyNames;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row R3. */
class KeyNamesTest {
    @Test
    void readsNamesAsWordsInTheSingular() {
        assertEquals(List.of("billing", "customer", "id"), KeyNames.words("BillingCustomerID"));
        assertEquals(List.of("order", "status"), KeyNames.words("order-statuses"));
        assertEquals(List.of("category"), KeyNames.words("Categories"));
    }

    @ParameterizedTest
    @CsvSource({
        "customer_id, customers, id, 0.95",
        "CustomerId, Customer, CustomerId, 1",
        "billing_customer_id, public.customers, id, 0.85",
        "line_id, invoice_lines, id, 0.7",
        "sku_code, stock, sku_code, 0.75",
        "id, customers, id, 0",
        "name, customers, name, 0",
        "stars, products, id, 0"
    })
    void weighsWhatNamesSay(String column, String table, String key, double weight) {
        assertEquals(weight, KeyNames.weight(column, table, key, false));
    }

    @ParameterizedTest
    @CsvSource({"ReportsTo, 0.8", "parent_id, 0.8", "manager_id, 0.8", "city_id, 0"})
    void knowsTheUsualNamesOfReferencesWithinATable(String column, double weight) {
        assertEquals(weight, KeyNames.weight(column, "employees", "id", true));
    }
}
