package dev.datastudio.cli;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio sources add NAME --kind ...}; the password is never a word of the command, which others can see. */
@Command(
        name = "add",
        description = "Connects a database. Its password is asked for, or comes from a variable or standard input.",
        mixinStandardHelpOptions = true)
final class SourcesAddCommand extends SourcesTask {
    @Parameters(paramLabel = "NAME", description = "what you call it")
    private String name = "";

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description = "postgresql, mysql (also MariaDB), sqlserver, sqlite or duckdb")
    private String kind = "";

    @Option(names = "--host", paramLabel = "HOST", description = "where the server is")
    private String host = "";

    @Option(names = "--port", paramLabel = "PORT", description = "its port (default: the usual one)")
    private int port;

    @Option(
            names = "--database",
            required = true,
            paramLabel = "DATABASE",
            description = "its name; the path of a file for sqlite and duckdb")
    private String database = "";

    @Option(names = "--user", paramLabel = "USER", description = "whom to sign in as; best one that can only read")
    private String user = "";

    @Option(names = "--schema", paramLabel = "SCHEMA", description = "the one schema to look at (default: all)")
    private String schema = "";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "a setting of the driver, such as sslmode=require; can be repeated")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Mixin
    private PasswordOption password = new PasswordOption();

    SourcesAddCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Studio studio) {
        SourceKind parsed = kind();
        requireNew(studio);
        SourceSpec.Builder spec = SourceSpec.builder(parsed, name)
                .host(host)
                .port(port == 0 ? parsed.defaultPort() : port)
                .database(
                        parsed.isFile()
                                ? Path.of(database).toAbsolutePath().normalize().toString()
                                : database)
                .user(user)
                .schema(schema);
        properties.forEach(spec::property);
        SourceSpec built = spec.build();
        Secret secret = user.isEmpty() ? Secret.of("") : password.read(user);
        Source added = studio.sources().create(built, secret);
        print(
                json()
                        ? SourcesJson.source(added)
                        : "Added " + added.name() + ". Try it: ./studio sources check " + added.name());
        return StudioCommand.OK;
    }

    private SourceKind kind() {
        List<SourceKind> kinds = Arrays.stream(SourceKind.values())
                .filter(each -> each.isServer() || each.isFile())
                .toList();
        return kinds.stream()
                .filter(each -> each.name().equalsIgnoreCase(kind))
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "--kind is " + StudioException.quote(kind),
                        "Use one of "
                                + kinds.stream()
                                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                                        .toList()));
    }

    private void requireNew(Studio studio) {
        if (studio.sources().list().stream().anyMatch(source -> source.name().equalsIgnoreCase(name))) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is a database " + StudioException.quote(name) + " already",
                    "Choose another name, or delete that one first");
        }
    }
}
