package dev.datastudio.core.source;

/** What kind of database a source is. */
public enum SourceKind {
    /** A PostgreSQL server; its driver is {@code org.postgresql:postgresql}. */
    POSTGRESQL(5432),
    /** A MySQL or MariaDB server; the driver of both is {@code org.mariadb.jdbc:mariadb-java-client}. */
    MYSQL(3306),
    /** A file of SQLite; its driver is {@code org.xerial:sqlite-jdbc}. */
    SQLITE(0),
    /** A Microsoft SQL Server; its driver is {@code com.microsoft.sqlserver:mssql-jdbc}. */
    SQLSERVER(1433),
    /** A file of DuckDB; its driver is {@code org.duckdb:duckdb_jdbc}. */
    DUCKDB(0),
    /** A {@link javax.sql.DataSource} that the host program gave a name, see {@link HostDataSources}. */
    HOST(0);

    private final int defaultPort;

    SourceKind(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** The port that a server of this kind usually listens on; 0 when it is no server. */
    public int defaultPort() {
        return defaultPort;
    }

    /** Whether it is reached over the network by host and port. */
    public boolean isServer() {
        return defaultPort > 0;
    }

    /** Whether it is a file in one of the allowed folders. */
    public boolean isFile() {
        return this == SQLITE || this == DUCKDB;
    }
}
