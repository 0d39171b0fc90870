package dev.datastudio.app;

import dev.datastudio.app.identity.IdentityProperties;
import dev.datastudio.app.identity.account.Accounts;
import dev.datastudio.app.identity.account.NewAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole application on a port of its own over a workspace of its own, as somebody starts it. Tests of one process
 * share {@link #shared()}, each with an organisation of its own: {@link #newPerson()}.
 */
public final class AppServer implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static @Nullable AppServer shared;
    private static @Nullable AppServer local;
    private static @Nullable Path databases;

    private final ConfigurableApplicationContext context;

    private AppServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** The one that all tests of this process share, in which people sign in; ends with it. */
    public static synchronized AppServer shared() {
        if (shared == null) {
            shared = untilTheEnd(start(
                    "studio.identity.mode=accounts",
                    "studio.identity.registration=open",
                    "server.forward-headers-strategy=native"));
        }
        return shared;
    }

    /**
     * Another one that all tests share, in single-user mode, which may fetch files of this machine and open databases in
     * {@link #databases()}; ends with the process.
     */
    public static synchronized AppServer local() {
        if (local == null) {
            local = untilTheEnd(
                    start("studio.downloads.allowed-hosts=127.0.0.1", "studio.sources.file-folders=" + databases()));
        }
        return local;
    }

    /** A folder in which {@link #local()} may open the files of databases. */
    public static synchronized Path databases() {
        if (databases == null) {
            databases = folder().toAbsolutePath();
        }
        return databases;
    }

    private static AppServer untilTheEnd(AppServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    /** One of its own, with settings such as {@code studio.workspace=…}. */
    public static AppServer start(String... settings) {
        boolean isGiven = Arrays.stream(settings).anyMatch(each -> each.startsWith("studio.workspace="));
        String[] base = isGiven
                ? new String[] {"server.port=0"}
                : new String[] {"server.port=0", "studio.workspace=" + folder()};
        return new AppServer(new SpringApplicationBuilder(StudioApplication.class)
                .run(Stream.of(base, settings)
                        .flatMap(Arrays::stream)
                        .map(each -> "--" + each)
                        .toArray(String[]::new)));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target"), "workspace");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it answers, without a slash at the end. */
    public URI address() {
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer(), "a server")
                .getPort();
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A part of the application. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The administrator of an organisation that nobody else is in, signed in; in single-user mode the one person. */
    public Person newPerson() {
        Person person = nobody();
        if (bean(IdentityProperties.class).mode() == IdentityProperties.Mode.ACCOUNTS) {
            NewAccount wanted = new NewAccount(
                    UUID.randomUUID() + "@example.org",
                    "Ada",
                    Person.PASSWORD,
                    "Organisation " + PEOPLE.incrementAndGet());
            person.signedInAs(this, bean(Accounts.class).begin(wanted, Accounts.Begin.ANYBODY, Accounts.Choice.OWN));
        }
        return person;
    }

    /** Somebody who has not signed in. */
    public Person nobody() {
        return new Person(HTTP, address());
    }

    @Override
    public void close() {
        context.close();
    }
}
