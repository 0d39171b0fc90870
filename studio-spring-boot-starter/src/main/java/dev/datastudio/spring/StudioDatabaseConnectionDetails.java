package dev.datastudio.spring;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where the PostgreSQL database is that several instances share, as properties, a test or a platform tells it. */
public interface StudioDatabaseConnectionDetails extends ConnectionDetails {
    /** The address as of JDBC, such as {@code jdbc:postgresql://db.example.org/studio}. */
    String jdbcUrl();

    /** Whom to sign in as; empty when the address says it. */
    String username();

    /** The password of that user. */
    String password();
}
