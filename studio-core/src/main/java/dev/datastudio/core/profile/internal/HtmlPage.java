package dev.datastudio.core.profile.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The frame of a report: head with policy and style, navigation, end. */
final class HtmlPage {
    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");

    private HtmlPage() {}

    /**
     * Everything before the main part.
     *
     * @param links of the navigation, texts by anchor
     */
    static void begin(Html html, String title, String subtitle, Map<String, String> links) {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                        + " 'unsafe-inline'; script-src 'sha256-")
                .raw(hash(SCRIPT))
                .raw("'; base-uri 'none'; form-action 'none'\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
                .text(title)
                .raw("</title>\n<style>\n")
                .raw(STYLE)
                .raw("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n")
                .raw("<header><div><h1>")
                .name(title)
                .raw("</h1><p class=\"soft\">")
                .text(subtitle)
                .raw("</p></div></header>\n<nav class=\"bar\" aria-label=\"Parts of the report\"><div>");
        links.forEach((anchor, text) ->
                html.raw("<a href=\"#" + anchor + "\">").raw(text).raw("</a>"));
        html.raw("</div></nav>\n<main id=\"content\">\n");
    }

    static void end(Html html) {
        html.raw("</main>\n<footer>Made by Studio. This file needs no network and sends nothing.</footer>\n<script>")
                .raw(SCRIPT)
                .raw("</script>\n</body>\n</html>\n");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream("/dev/datastudio/core/profile/internal/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
