package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.testkit.OutsideData;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real files come in with the types, roles and rows that a person would give them. */
class OutsideFilesTest {
    @TempDir
    static Path folder;

    private static final Map<String, Dataset> IMPORTED = new HashMap<>();

    /** Each file comes in once for all the columns that are looked at. */
    private static Dataset imported(String file) {
        Path source = OutsideData.require("data/" + file);
        return IMPORTED.computeIfAbsent(file, any -> {
            try (StateDatabase state = StateDatabase.open(folder.resolve("state.db"))) {
                return Datasets.of(state, folder.resolve("tenants"), InstantSource.system(), Caller.LOCAL)
                        .importFile(source);
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cars.csv | 406
            co2_concentration.csv | 741
            flights_5k.csv | 5000
            gapminder.csv | 682
            movies.csv | 3201
            penguins.csv | 344
            seattle_weather.csv | 1461
            stocks.csv | 560
            superstore.csv | 5899
            titanic.csv | 891
            us_employment.csv | 120
            """)
    void importsEachFileWithItsRows(String file, long rows) {
        Dataset dataset = imported(file);

        assertEquals(rows, dataset.rowCount(), dataset.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            superstore.csv | Sales | DECIMAL | MEASURE |
            superstore.csv | Sales per Customer | DECIMAL | MEASURE | $
            superstore.csv | Profit Ratio | DECIMAL | MEASURE | %
            superstore.csv | Order Date | DATE | TIME |
            superstore.csv | Order ID | TEXT | ID |
            superstore.csv | Postal Code | INTEGER | DIMENSION |
            superstore.csv | Customer Name | TEXT | DIMENSION |
            superstore.csv | Quantity | INTEGER | MEASURE |
            titanic.csv | survived | INTEGER | MEASURE |
            titanic.csv | pclass | INTEGER | DIMENSION |
            titanic.csv | age | DECIMAL | MEASURE |
            titanic.csv | alive | BOOLEAN | DIMENSION |
            cars.csv | Year | DATE | TIME |
            cars.csv | Cylinders | INTEGER | DIMENSION |
            cars.csv | Horsepower | INTEGER | MEASURE |
            stocks.csv | date | DATE | TIME |
            movies.csv | Release Date | DATE | TIME |
            movies.csv | IMDB Rating | DECIMAL | MEASURE |
            flights_5k.csv | date | TIMESTAMP | TIME |
            gapminder.csv | year | INTEGER | TIME |
            us_employment.csv | month | DATE | TIME |
            seattle_weather.csv | temp_max | DECIMAL | MEASURE |
            penguins.csv | Body Mass (g) | INTEGER | MEASURE |
            co2_concentration.csv | adjusted CO2 | DECIMAL | MEASURE |
            """)
    void givesColumnsTheirTypesRolesAndUnits(
            String file, String column, ColumnType type, ColumnRole role, @Nullable String unit) {
        Column found = imported(file).column(column);

        assertEquals(type, found.type());
        assertEquals(role, found.role());
        assertEquals(Objects.toString(unit, ""), found.unit());
    }
}
