package dev.datastudio.core.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.dataset.ImportTarget;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mssqlserver.MSSQLServerContainer;

@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class SqlServerSourceTest {
    @Container
    private static final MSSQLServerContainer SERVER =
            new MSSQLServerContainer("mcr.microsoft.com/mssql/server:2022-latest").acceptLicense();

    @TempDir
    Path folder;

    @Test
    void isDescribedAndImported() throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(SERVER.getJdbcUrl(), SERVER.getUsername(), SERVER.getPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customer (id INT NOT NULL PRIMARY KEY, name NVARCHAR(50) NOT NULL)");
            statement.execute("CREATE TABLE [order line] (id INT PRIMARY KEY, customer_id INT REFERENCES customer (id),"
                    + " amount DECIMAL(12,2), at DATETIMEOFFSET, raw VARBINARY(10))");
            statement.execute("INSERT INTO customer VALUES (1, N'日本')");
            statement.execute("INSERT INTO [order line] VALUES (1, 1, 10.10, '2024-03-31 02:30:00 +02:00', 0x00ff)");
        }
        try (TestSources test = TestSources.in(folder)) {
            SourceSpec spec = SourceSpec.builder(SourceKind.SQLSERVER, "Shop")
                    .host(SERVER.getHost())
                    .port(SERVER.getMappedPort(MSSQLServerContainer.MS_SQL_SERVER_PORT))
                    .database("master")
                    .schema("dbo")
                    .user(SERVER.getUsername())
                    .property("trustServerCertificate", "true")
                    .build();
            Source source = test.sources().create(spec, Secret.of(SERVER.getPassword()));

            assertEquals(
                    SourceCheck.Rights.SUPERUSER,
                    test.sources().test(source.id()).rights());
            SourceTable lines = test.sources()
                    .schema(source.id())
                    .find(new TableName("dbo", "order line"))
                    .orElseThrow();
            assertEquals(List.of("id"), lines.primaryKey());
            assertEquals(
                    new TableName("dbo", "customer"), lines.foreignKeys().get(0).target());
            assertEquals(1, lines.rowEstimate());
            Dataset imported = test.sources()
                    .importTable(source.id(), new TableName("dbo", "order line"), ImportTarget.named("lines"));
            assertEquals(ColumnType.TIMESTAMP, imported.column("at").type());
            assertTrue(imported.findColumn("raw").isEmpty());
        }
    }
}
