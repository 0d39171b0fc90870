package dev.datastudio.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole application on a port of its own over a workspace of its own, as somebody starts it. Tests of one process
 * share {@link #shared()}, each with an organisation of its own: {@link #newPerson()}.
 */
public final class AppServer implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static AppServer shared;

    private final ConfigurableApplicationContext context;

    private AppServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** The one that all tests of this process share; ends with it. */
    public static synchronized AppServer shared() {
        if (shared == null) {
            AppServer server = start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            shared = server;
        }
        return shared;
    }

    /** One of its own, with settings such as {@code studio.workspace=…}. */
    public static AppServer start(String... settings) {
        String[] base = {"server.port=0", "studio.workspace=" + folder()};
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
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A part of the application. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Somebody whose organisation nobody else is in. */
    public Person newPerson() {
        return new Person(HTTP, address(), UUID.randomUUID().toString());
    }

    @Override
    public void close() {
        context.close();
    }
}
