package dev.datastudio.spring;

import java.net.URI;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where the Chroma server for documents is, as properties, a test or a platform tells it. */
public interface StudioChromaConnectionDetails extends ConnectionDetails {
    /** The address, such as {@code http://localhost:8000}. */
    URI url();

    /** What is sent as the header {@code X-Chroma-Token}; empty for a server that asks for none. */
    default String token() {
        return "";
    }
}
