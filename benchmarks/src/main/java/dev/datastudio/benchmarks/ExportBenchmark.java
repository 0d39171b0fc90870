package dev.datastudio.benchmarks;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.core.export.ExportFormat;
import dev.datastudio.core.export.ExportOptions;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/** Exports of a data set, beside DuckDB's own COPY and Apache POI's streaming workbook from the same table. */
final class ExportBenchmark implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int POI_WINDOW = 100;

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String summary() {
        return "export to Parquet and CSV beside DuckDB's COPY, to Excel beside Apache POI streaming";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        boolean quick = effort == Effort.QUICK;
        List<Measurement> measurements = new ArrayList<>();
        try (Studio studio = Studio.open(scratch.resolve("workspace"))) {
            Dataset large = studio.datasets()
                    .importFile(OrdersCsv.write(scratch.resolve("large.csv"), quick ? 1_000_000 : 5_000_000));
            measurements.add(copy(studio, large, scratch, ExportFormat.PARQUET, "FORMAT parquet", 1.2));
            measurements.add(copy(studio, large, scratch, ExportFormat.CSV, "FORMAT csv, HEADER true", 2));
            Dataset sheet = studio.datasets()
                    .importFile(OrdersCsv.write(scratch.resolve("sheet.csv"), quick ? 50_000 : 200_000));
            measurements.add(excel(studio, sheet, scratch));
        }
        return measurements;
    }

    private static Measurement copy(
            Studio studio, Dataset dataset, Path scratch, ExportFormat format, String how, double most)
            throws Exception {
        Path file = studio.datasets().file(dataset);
        Path ours = scratch.resolve("ours." + format.extension());
        Path theirs = scratch.resolve("theirs." + format.extension());
        Interleaved.Medians medians = Interleaved.medians(
                ROUNDS,
                () -> studio.exports()
                        .export(dataset, ours, ExportOptions.of(format).replacing()),
                () -> copy(file, theirs, how));
        return Measurement.atMostTimes(
                String.format("export to %s, %,d rows", format.extension(), dataset.rowCount()),
                medians.ours(),
                "ms",
                "DuckDB COPY of the same table",
                medians.theirs(),
                most);
    }

    private static void copy(Path database, Path target, String how) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH '" + database + "' AS source (READ_ONLY)");
            statement.execute("COPY source.main.data TO '" + target + "' (" + how + ")");
        }
    }

    private static Measurement excel(Studio studio, Dataset dataset, Path scratch) throws Exception {
        Path file = studio.datasets().file(dataset);
        Path ours = scratch.resolve("ours.xlsx");
        Path theirs = scratch.resolve("theirs.xlsx");
        Interleaved.Medians medians = Interleaved.medians(
                ROUNDS,
                () -> studio.exports()
                        .export(dataset, ours, ExportOptions.of(ours).replacing()),
                () -> poi(file, dataset, theirs));
        return Measurement.atMostTimes(
                String.format(
                        "export to Excel, %,d rows of %d",
                        dataset.rowCount(), dataset.columns().size()),
                medians.ours(),
                "ms",
                "Apache POI SXSSF from the same table",
                medians.theirs(),
                1 / 1.5);
    }

    /** As a program would write it that takes each value as what it is. */
    private static void poi(Path database, Dataset dataset, Path target) throws Exception {
        List<Column> columns = dataset.columns();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                SXSSFWorkbook workbook = new SXSSFWorkbook(POI_WINDOW);
                OutputStream out = Files.newOutputStream(target)) {
            statement.execute("ATTACH '" + database + "' AS source (READ_ONLY)");
            CellStyle day = workbook.createCellStyle();
            day.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
            SXSSFSheet sheet = workbook.createSheet("data");
            Row header = sheet.createRow(0);
            for (int i = 0; i < columns.size(); i++) {
                header.createCell(i).setCellValue(columns.get(i).name());
            }
            try (ResultSet rows = statement.executeQuery("SELECT * FROM source.main.data")) {
                for (int number = 1; rows.next(); number++) {
                    Row row = sheet.createRow(number);
                    for (int i = 0; i < columns.size(); i++) {
                        write(row.createCell(i), rows, columns.get(i), i + 1, day);
                    }
                }
            }
            workbook.write(out);
        }
    }

    private static void write(Cell cell, ResultSet rows, Column column, int index, CellStyle day) throws Exception {
        switch (column.type()) {
            case INTEGER, DECIMAL -> {
                double number = rows.getDouble(index);
                if (!rows.wasNull()) {
                    cell.setCellValue(number);
                }
            }
            case BOOLEAN -> cell.setCellValue(rows.getBoolean(index));
            case DATE -> {
                LocalDate date = rows.getObject(index, LocalDate.class);
                if (date != null) {
                    cell.setCellValue(date);
                    cell.setCellStyle(day);
                }
            }
            case TIMESTAMP -> {
                LocalDateTime time = rows.getObject(index, LocalDateTime.class);
                if (time != null) {
                    cell.setCellValue(time);
                    cell.setCellStyle(day);
                }
            }
            default -> cell.setCellValue(rows.getString(index));
        }
    }
}
