package dev.datastudio.app.serve;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.app.StudioApplication;
import dev.datastudio.core.Studio;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code ./studio serve}: starts the application, says in a line where it is and who may use it, and ends with Ctrl-C.
 */
public final class ServeCommand {
    private static final String WARM_UP = "warm-up";

    /** What a start writes down on the way is of interest when it fails only, and is then told in a sentence. */
    private static final List<String> QUIET = List.of(
            "--logging.level.root=warn",
            "--logging.level.org.springframework.boot.SpringApplication=off",
            "--logging.level.org.springframework.boot.diagnostics=off",
            "--logging.level.org.springdoc.core.events=error",
            "--spring.main.log-startup-info=false");

    private ServeCommand() {}

    public static void main(String[] args) {
        List<String> arguments = new ArrayList<>(List.of(args));
        if (!arguments.isEmpty() && arguments.get(0).equals("serve")) {
            arguments.remove(0);
        }
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out().println(ServeOptions.USAGE);
        } else if (arguments.equals(List.of(WARM_UP))) {
            WarmUp.run(start(WarmUp.SETTINGS));
        } else {
            serve(arguments);
        }
    }

    private static void serve(List<String> arguments) {
        ServeOptions options;
        try {
            options = ServeOptions.parse(arguments, workspace());
        } catch (IllegalArgumentException e) {
            fail(String.valueOf(e.getMessage()));
            return;
        }
        try {
            out().println(line(options, port(start(options.settings()))));
        } catch (RuntimeException e) {
            if (System.getenv("STUDIO_DEBUG") != null) {
                e.printStackTrace(System.err);
            }
            fail(problem(options, e));
        }
    }

    private static ConfigurableApplicationContext start(List<String> settings) {
        List<String> all = new ArrayList<>(QUIET);
        all.addAll(settings);
        SpringApplication application = new SpringApplication(StudioApplication.class);
        return application.run(all.toArray(String[]::new));
    }

    private static Path workspace() {
        String environment = System.getenv("STUDIO_WORKSPACE");
        return environment != null && !environment.isBlank()
                ? Path.of(environment)
                : Path.of(System.getProperty("studio.home", "."), Studio.DEFAULT_WORKSPACE);
    }

    private static int port(ConfigurableApplicationContext context) {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer(), "a server")
                .getPort();
    }

    /** Where it is and who may use it. */
    static String line(ServeOptions options, int port) {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return "Studio is at http://" + host + ":" + port
                + (options.users() == ServeOptions.Users.WITH_ACCOUNTS
                        ? ", for people with accounts. Ctrl-C ends it."
                        : ", for the one user of this machine; nobody else can reach it. Ctrl-C ends it.");
    }

    /** Why it did not start, in words for whoever started it. */
    static String problem(ServeOptions options, Throwable failure) {
        if (found(failure, PortInUseException.class).isPresent()
                || found(failure, BindException.class).isPresent()) {
            return "Studio can't listen at " + options.host() + ":" + options.port()
                    + ": another program does, or it is no address of this machine. Give another one with --port";
        }
        return found(failure, StudioException.class)
                .map(known -> known.what() + ". " + known.mend())
                .orElseGet(() -> "Studio did not start: " + deepest(failure) + ". With STUDIO_DEBUG=1 it says more");
    }

    private static <T extends Throwable> Optional<T> found(Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }

    private static Throwable deepest(Throwable failure) {
        Throwable each = failure;
        while (each.getCause() != null) {
            each = each.getCause();
        }
        return each;
    }

    private static void fail(String message) {
        new PrintStream(System.err, true, StandardCharsets.UTF_8).println(message);
        System.exit(1);
    }

    private static PrintStream out() {
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }
}
