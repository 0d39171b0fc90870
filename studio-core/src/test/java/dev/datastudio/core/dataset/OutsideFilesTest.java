package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.StateDatabase;
import dev.datastudio.testkit.OutsideData;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real files come in with the types, roles and rows that a person would give them. */
class OutsideFilesTest {
    @TempDir
    Path folder;

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
        Path source = OutsideData.require("data/" + file);
        try (StateDatabase state = StateDatabase.open(folder.resolve("state.db"))) {
            Datasets datasets = Datasets.of(state, folder.resolve("tenants"), InstantSource.system(), Caller.LOCAL);

            Dataset dataset = datasets.importFile(source);

            assertEquals(rows, dataset.rowCount(), dataset.toString());
        }
    }
}
