package dev.datastudio.core.relation.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row R3. */
class NameEvidenceTest {
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
        "Channel, TV_Channel, id, 0.7",
        "sku_code, stock, sku_code, 0.75",
        "isbn, books, isbn, 0.6",
        "id, customers, id, 0",
        "name, customers, name, 0",
        "stars, products, id, 0",
        "valid, orders, id, 0"
    })
    void weighsWhatNamesSay(String column, String table, String key, double weight) {
        assertEquals(weight, NameEvidence.between(column, table, key, true));
    }

    @ParameterizedTest
    @CsvSource({
        "StuID, Students, StuID, 0.85",
        "StuID, Students, Student_ID, 0.85",
        "stuid, Students, student_id, 0.85",
        "mID, Movie, mID, 0.85",
        "CID, Course, CID, 0.85",
        "customerid, customers, id, 0.95",
        "dept_no, departments, dept_no, 0.85",
        "dept_id, departments, id, 0.85",
        "m_id, movies, id, 0"
    })
    void knowsShortForms(String column, String table, String key, double weight) {
        assertEquals(weight, NameEvidence.between(column, table, key, true));
    }

    @ParameterizedTest
    @CsvSource({
        "Physician, physician, EmployeeID, true, 0.95",
        "Physician, physician, EmployeeID, false, 0",
        "PrepNurse, nurse, EmployeeID, true, 0.6",
        "Member_in_charge_ID, member, member_id, true, 0.85",
        "member_level_number, member, member_id, true, 0",
        "Home_Games, game, id, true, 0",
        "num_employee, employee, id, true, 0",
        "branch_id, membership_branch, member_id, true, 0"
    })
    void takesTheFirstColumnForTheKeyOfATable(String column, String table, String key, boolean isFirst, double weight) {
        assertEquals(weight, NameEvidence.between(column, table, key, isFirst));
    }

    @ParameterizedTest
    @CsvSource({
        "artist_name, artist, artist_name, 0.7",
        "artist, artists, name, 0.7",
        "preferred_genre, genres, g_name, 0.55",
        "country_of_birth, country, name, 0",
        "artist_name, song, title, 0",
        "city_name, geographic, city_name, 0.5",
        "last_name, list, last_name, 0"
    })
    void knowsTablesThatAreKeyedByTitles(String column, String table, String key, double weight) {
        assertEquals(weight, NameEvidence.between(column, table, key, true));
    }

    @ParameterizedTest
    @CsvSource({
        "ReportsTo, id, 0.8",
        "parent_id, id, 0.8",
        "manager_id, id, 0.8",
        "Super_SSN, SSN, 0.8",
        "previous_employee_id, employee_id, 0.8",
        "next_id, entry_id, 0.8",
        "city_id, id, 0",
        "original_price, price, 0"
    })
    void knowsTheUsualNamesOfReferencesWithinATable(String column, String key, double weight) {
        assertEquals(weight, NameEvidence.within(column, "employees", key, false));
    }

    @Test
    void guessesWhereTheTablesNameMentionsTheOther() {
        assertEquals(0.3, NameEvidence.ofTables("debate_people", "Affirmative", "people", "People_ID", true));
        assertEquals(0, NameEvidence.ofTables("order_items", "quantity", "items", "id", true));
        assertEquals(0, NameEvidence.ofTables("debate_people", "Venue_ID", "people", "People_ID", true));
    }
}
