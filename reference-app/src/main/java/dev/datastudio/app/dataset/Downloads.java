package dev.datastudio.app.dataset;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/** Answers with a file to be saved, never shown. */
final class Downloads {
    private Downloads() {}

    /** @param name of the file, whatever its characters */
    static void send(HttpServletResponse response, String name, String mediaType, long bytes, InputStream content)
            throws IOException {
        response.setContentType(mediaType);
        response.setContentLengthLong(bytes);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
        content.transferTo(response.getOutputStream());
    }
}
