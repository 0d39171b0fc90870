package dev.datastudio.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README, compiled, run, and compared with what the README says it prints. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");

    @TempDir
    Path folder;

    @Test
    void theExampleCompilesAndPrintsWhatTheReadmeSays() throws Exception {
        String text = Files.readString(README).replace("\r", "");
        String code = block(text, "java");
        Path source = Files.writeString(folder.resolve("Approval.java"), code);
        String body = code.substring(code.indexOf("public class"));
        assertTrue(body.lines().filter(line -> !line.isBlank()).count() <= 40, "the example has grown");

        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        errors,
                        errors,
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertEquals(0, compiled, () -> errors.toString(StandardCharsets.UTF_8));

        assertEquals(block(text, "text"), printed());
    }

    private String printed() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        URL[] urls = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Approval").getMethod("main", String[].class).invoke(null, (Object)
                    new String[] {folder.resolve("runs.db").toString()});
        } finally {
            System.setOut(before);
        }
        return String.join(
                        "\n", printed.toString(StandardCharsets.UTF_8).lines().toList()) + "\n";
    }

    private static String block(String text, String language) {
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(text);
        assertTrue(block.find(), "the README has no block of " + language);
        return block.group(1);
    }
}
