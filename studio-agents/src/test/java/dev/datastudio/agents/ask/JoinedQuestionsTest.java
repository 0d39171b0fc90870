package dev.datastudio.agents.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row D12 over several tables: each question beside a statement written by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JoinedQuestionsTest {
    private static final AskOptions NO_PICTURES = AskOptions.DEFAULT.withPictures(AskOptions.Pictures.SKIP);

    private final Map<String, List<Dataset>> schemas = new LinkedHashMap<>();
    private @Nullable Studio opened;

    @BeforeAll
    void importTables(@TempDir Path folder) throws IOException {
        opened = Studio.inMemory();
        for (var schema : Map.of(
                        "library", SmallSchemas.LIBRARY,
                        "shop", SmallSchemas.SHOP,
                        "school", SmallSchemas.SCHOOL,
                        "clinic", SmallSchemas.CLINIC)
                .entrySet()) {
            Path own = Files.createDirectory(folder.resolve(schema.getKey()));
            schemas.put(schema.getKey(), SmallSchemas.imported(studio(), own, schema.getValue()));
        }
    }

    @AfterAll
    void close() {
        studio().close();
    }

    private Studio studio() {
        return Objects.requireNonNull(opened);
    }

    private List<Dataset> tables(String schema) {
        return Objects.requireNonNull(schemas.get(schema));
    }

    private Answer ask(String schema, String question) {
        return Analyst.of(studio()).ask(tables(schema), question, NO_PICTURES);
    }

    private void assertAnswers(String schema, String question, String sql) {
        Answer answer = ask(schema, question);

        assertEquals(AnswerStatus.ANSWERED, answer.status(), question + ": " + answer.message());
        assertEquals(1, answer.steps().size(), answer.reading());
        assertEquals(
                sorted(studio().query(tables(schema), sql).rows()),
                sorted(answer.steps().get(0).rows()),
                question + " was read as: " + answer.reading() + "\n"
                        + answer.steps().get(0).sql());
    }

    private static List<String> sorted(List<? extends List<?>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(JoinedQuestionsTest::cell).toList().toString())
                .sorted()
                .toList();
    }

    private static String cell(@Nullable Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString())
                        .round(new MathContext(9))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        number of books for each author | SELECT name, count(*) FROM books JOIN authors USING (author_id) GROUP BY name
        how many books does each author have? | SELECT name, count(*) FROM books JOIN authors USING (author_id) GROUP BY name
        number of loans per member | SELECT member_name, count(*) FROM loans JOIN members USING (member_id) GROUP BY 1
        average age of the members | SELECT avg(age) FROM members
        number of loans per genre | SELECT genre, count(*) FROM loans JOIN books USING (book_id) GROUP BY 1
        total fine by city | SELECT city, sum(fine) FROM loans JOIN members USING (member_id) GROUP BY 1
        names of members without loans | SELECT member_name FROM members WHERE member_id NOT IN (SELECT member_id FROM loans)
        how many members have no loans? | SELECT count(*) FROM members WHERE member_id NOT IN (SELECT member_id FROM loans)
        names of members who have loans | SELECT member_name FROM members WHERE member_id IN (SELECT member_id FROM loans)
        titles of books written by authors from Italy | SELECT title FROM books JOIN authors USING (author_id) WHERE country = 'Italy'
        which member has the most loans? | SELECT member_name FROM loans JOIN members USING (member_id) GROUP BY 1 ORDER BY count(*) DESC LIMIT 1
        names of members with at least 2 loans | SELECT member_name FROM members WHERE member_id IN (SELECT member_id FROM loans GROUP BY 1 HAVING count(*) >= 2)
        names of members with fewer than 2 loans | SELECT member_name FROM members WHERE member_id NOT IN (SELECT member_id FROM loans GROUP BY 1 HAVING count(*) >= 2)
        how many loans have members from York? | SELECT count(*) FROM loans JOIN members USING (member_id) WHERE city = 'York'
        average pages of books by country | SELECT country, avg(pages) FROM books JOIN authors USING (author_id) GROUP BY 1
        names of authors without books | SELECT name FROM authors WHERE author_id NOT IN (SELECT author_id FROM books)
        the age of each member who has loans | SELECT member_name, age FROM members WHERE member_id IN (SELECT member_id FROM loans)
        names of members who have loans, and count them | SELECT member_name, count(*) FROM loans JOIN members USING (member_id) GROUP BY 1
        ids of members without loans | SELECT member_id FROM members WHERE member_id NOT IN (SELECT member_id FROM loans)
        what are the ids of members who have loans? | SELECT member_id FROM members WHERE member_id IN (SELECT member_id FROM loans)
        for each author id, what are the names of the authors and how many books do they have? | SELECT name, count(*) FROM books JOIN authors USING (author_id) GROUP BY 1
        number of loans by member id and member name | SELECT member_id, member_name, count(*) FROM loans JOIN members USING (member_id) GROUP BY ALL
        which genre has the most loans? List the genre and the number of loans. | SELECT genre, count(*) FROM loans JOIN books USING (book_id) GROUP BY 1 ORDER BY 2 DESC LIMIT 1
        which cities have both members older than 50 and members younger than 35? | SELECT city FROM members WHERE age > 50 INTERSECT SELECT city FROM members WHERE age < 35
        which cities have members older than 50 but no members older than 60? | SELECT city FROM members WHERE age > 50 EXCEPT SELECT city FROM members WHERE age > 60
        names of authors who have both a book of the genre Novel and a book of the genre Stories | SELECT name FROM authors WHERE author_id IN (SELECT author_id FROM books WHERE genre = 'Novel') AND author_id IN (SELECT author_id FROM books WHERE genre = 'Stories')
        names of authors who have books of the genre Novel but no books of the genre Stories | SELECT name FROM authors WHERE author_id IN (SELECT author_id FROM books WHERE genre = 'Novel') AND author_id NOT IN (SELECT author_id FROM books WHERE genre = 'Stories')
        which genre has the second most loans? | SELECT 'Guide' UNION ALL SELECT 'Stories'
        titles of books not borrowed by any member | SELECT title FROM books WHERE book_id NOT IN (SELECT book_id FROM loans)
        """)
    void answersOverTheTablesOfALibrary(String question, String sql) {
        assertAnswers("library", question, sql);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        number of orders for each customer | SELECT customer_name, count(*) FROM orders JOIN customers USING (customer_id) GROUP BY 1
        customers without orders | SELECT customer_name FROM customers WHERE customer_id NOT IN (SELECT customer_id FROM orders)
        total quantity by category | SELECT category, sum(quantity) FROM order_lines JOIN products USING (product_id) GROUP BY 1
        total quantity by country | SELECT country, sum(quantity) FROM order_lines JOIN orders USING (order_id) JOIN customers USING (customer_id) GROUP BY 1
        total shipping cost by country | SELECT country, sum(shipping_cost) FROM orders JOIN customers USING (customer_id) GROUP BY 1
        how many customers bought a Lamp? | SELECT count(DISTINCT customer_id) FROM orders JOIN order_lines USING (order_id) JOIN products USING (product_id) WHERE product_name = 'Lamp'
        names of customers who bought products of the category Office | SELECT customer_name FROM customers WHERE customer_id IN (SELECT customer_id FROM orders JOIN order_lines USING (order_id) JOIN products USING (product_id) WHERE category = 'Office')
        which product has the highest total quantity? | SELECT product_name FROM order_lines JOIN products USING (product_id) GROUP BY 1 ORDER BY sum(quantity) DESC LIMIT 1
        number of orders by month | SELECT date_trunc('month', order_date)::DATE, count(*) FROM orders GROUP BY 1
        names of products with a list price above the average list price | SELECT product_name FROM products WHERE list_price > (SELECT avg(list_price) FROM products)
        """)
    void answersOverTheTablesOfAShop(String question, String sql) {
        assertAnswers("shop", question, sql);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        number of students for each course | SELECT course_name, count(DISTINCT student_id) FROM enrolments JOIN courses USING (course_id) GROUP BY 1
        average grade by course name | SELECT course_name, avg(grade) FROM enrolments JOIN courses USING (course_id) GROUP BY 1
        first names of students who are not enrolled in any course | SELECT first_name FROM students WHERE student_id NOT IN (SELECT student_id FROM enrolments)
        names of courses without students | SELECT course_name FROM courses WHERE course_id NOT IN (SELECT course_id FROM enrolments)
        first names of students enrolled in Chess | SELECT first_name FROM students WHERE student_id IN (SELECT student_id FROM enrolments WHERE course_id = 'C3')
        how many courses have more than 2 students? | SELECT count(*) FROM courses WHERE course_id IN (SELECT course_id FROM enrolments GROUP BY 1 HAVING count(*) > 2)
        average grade of students from Oslo | SELECT avg(grade) FROM enrolments JOIN students USING (student_id) WHERE city = 'Oslo'
        """)
    void answersOverTheTablesOfASchool(String question, String sql) {
        assertAnswers("school", question, sql);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        number of doctors for each ward name | SELECT ward_name, count(DISTINCT doctor) FROM shifts JOIN wards USING (ward_code) GROUP BY 1
        number of shifts for each doctor | SELECT code, name, count(*) FROM shifts JOIN doctors ON doctor = code GROUP BY ALL
        show all specialties that are not used by any shift | SELECT DISTINCT specialty FROM doctors WHERE specialty NOT IN (SELECT specialty FROM shifts JOIN doctors ON doctor = code)
        names of doctors without shifts | SELECT name FROM doctors WHERE code NOT IN (SELECT doctor FROM shifts)
        names of doctors and the number of shifts | SELECT name, count(*) FROM shifts JOIN doctors ON doctor = code GROUP BY 1
        """)
    void answersOverTheTablesOfAClinic(String question, String sql) {
        assertAnswers("clinic", question, sql);
    }

    @Test
    void saysThatAVerbOnlyJoinsTables() {
        Answer answer = ask("shop", "names of customers who bought products of the category Office");

        assertTrue(
                answer.warnings().stream().anyMatch(n -> n.startsWith("'bought' was taken to join")),
                answer.warnings().toString());
    }

    @Test
    void refusesToCountWhatStandsThereOnce() {
        Answer answer = ask("library", "titles of books with the country Italy, and count them by a bar chart");

        assertEquals(AnswerStatus.CANNOT_ANSWER, answer.status(), answer.reading());
        assertTrue(answer.message().contains("would all be 1"), answer.message());
    }

    @Test
    void saysByWhichKeysTablesAreJoined() {
        String reading = ask("library", "number of loans per genre").reading();

        assertTrue(reading.contains("loans.book_id = books.book_id"), reading);
    }

    @Test
    void neverAddsUpARowThatJoiningRepeats() {
        Answer answer = ask("shop", "total shipping cost by category");

        assertTrue(answer.status() != AnswerStatus.ANSWERED, answer.reading());
        assertTrue(answer.message().contains("once for each row of order_lines"), answer.message());
    }

    @Test
    void refusesTablesWithoutARelation() {
        List<Dataset> mixed = List.of(tables("library").get(2), tables("shop").get(1));

        Answer answer = Analyst.of(studio()).ask(mixed, "average age by category", NO_PICTURES);

        assertEquals(AnswerStatus.CANNOT_ANSWER, answer.status(), answer.reading());
        assertTrue(answer.message().contains("no relation"), answer.message());
    }

    @Test
    void takesASingleTableThatAnswersAlone() {
        Answer answer = ask("library", "number of members by city");

        assertTrue(
                !answer.steps().get(0).sql().contains("JOIN"),
                answer.steps().get(0).sql());
    }
}
