package dev.datastudio.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.audit.AuditEvent;
import dev.datastudio.core.audit.AuditLog;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.vault.KeyFileVault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret that is followed through the studio and found nowhere but sealed (security row 17). */
class SecretCanaryTest {
    private static final String CANARY = "canary-9Zq7-TtLr-41xW";
    private static final Secret SECRET = Secret.of(CANARY);

    @TempDir
    Path folder;

    private final List<String> shown = new ArrayList<>();

    @Test
    void appearsInNoFileOfTheWorkspaceAndNoMessage() throws IOException {
        Path workspace = folder.resolve("workspace");
        try (Studio studio = Studio.open(workspace);
                KeyFileVault vault = KeyFileVault.at(workspace.resolve("key"));
                AuditLog audit = AuditLog.in(studio.metadata(), studio.clock());
                Sources sources = Sources.builder(studio.metadata(), vault, studio.datasets())
                        .build()) {
            Source source = sources.create(unreachable(), SECRET);
            show(source, sources, vault, SECRET, studio);
            show(sources.list(), sources.get(source.id()), source.spec());
            showFailure(() -> sources.schema(source.id()));
            showOutcome(() -> sources.test(source.id()));

            audit.appendNow(AuditEvent.of(Caller.LOCAL, "source.create", List.of("s1"))
                    .with("password", CANARY)
                    .with("host", "localhost")
                    .with("secret", SECRET.toString()));
            vault.rotate();
            String sealed = vault.seal("local", "canary", SECRET);
            show(sealed, studio.metadata().list(EntryQuery.of("local", "source")), audit);
            showFailure(() -> vault.open("other", "canary", sealed));
            showFailure(() -> vault.open("local", "canary", sealed + CANARY));

            assertEquals(SECRET, vault.open("local", "canary", sealed));
            assertHasNoCanary(workspace);
        }
        assertHasNoCanary(workspace);
        shown.forEach(SecretCanaryTest::assertHasNoCanary);
        assertTrue(shown.size() >= 12, shown::toString);
    }

    @Test
    void isNotWrittenAsJsonOrSerialised() throws IOException {
        ObjectMapper mapper = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

        assertHasNoCanary(mapper.writeValueAsString(Map.of("password", SECRET)));
        assertHasNoCanary(mapper.writeValueAsString(List.of(SECRET)));
        assertHasNoCanary(String.valueOf(Map.of("password", SECRET)) + SECRET.hashCode());
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThrows(NotSerializableException.class, () -> out.writeObject(SECRET));
        }
    }

    /** The search itself must find what is there. */
    @Test
    void wouldBeFoundIfItWereThere() throws IOException {
        for (byte[] form : forms()) {
            Path file = folder.resolve("planted");
            Files.write(file, ("before" + new String(form, ISO_8859_1) + "after").getBytes(ISO_8859_1));

            assertThrows(AssertionError.class, () -> assertHasNoCanary(folder));
            Files.delete(file);
        }
        assertHasNoCanary(folder);
        ObjectMapper careless = new ObjectMapper().setVisibility(PropertyAccessor.FIELD, Visibility.ANY);
        assertTrue(careless.writeValueAsString(SECRET).contains(CANARY)); // only one that reads private fields
    }

    private static SourceSpec unreachable() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        return SourceSpec.builder(SourceKind.POSTGRESQL, "shop")
                .host("127.0.0.1")
                .port(port)
                .database("shop")
                .user("ann")
                .build();
    }

    private void show(Object... objects) {
        Stream.of(objects).map(String::valueOf).forEach(shown::add);
    }

    private void showFailure(Runnable call) {
        show(trace(assertThrows(StudioException.class, call::run)));
    }

    /** Whether it fails or reports the failure. */
    private void showOutcome(Supplier<Object> call) {
        try {
            show(call.get());
        } catch (StudioException e) {
            show(trace(e));
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static void assertHasNoCanary(String text) {
        assertFalse(text.contains(CANARY), text);
    }

    private static void assertHasNoCanary(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), ISO_8859_1);
                for (byte[] form : forms()) {
                    assertFalse(content.contains(new String(form, ISO_8859_1)), () -> file + " has the canary");
                }
            }
        }
    }

    /** As text, in the encodings that people and programs use. */
    private static Set<byte[]> forms() {
        byte[] plain = CANARY.getBytes(UTF_8);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(plain);
        String hex = HexFormat.of().formatHex(plain);
        return Set.of(plain, CANARY.getBytes(UTF_16LE), ascii(base64), ascii(hex));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
