package dev.datastudio.spring;

import java.net.URI;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where the Neo4j server for relations is, as properties, a test or a platform tells it. */
public interface StudioNeo4jConnectionDetails extends ConnectionDetails {
    /** The address, such as {@code bolt://localhost:7687}. */
    URI uri();

    /** Whom to sign in as; empty for a server that asks nobody. */
    default String username() {
        return "";
    }

    /** The password of that user. */
    default String password() {
        return "";
    }
}
