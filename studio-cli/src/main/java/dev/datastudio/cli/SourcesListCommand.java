package dev.datastudio.cli;

import dev.datastudio.core.Studio;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.source.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code studio sources list}. */
@Command(name = "list", description = "Lists the connected databases.", mixinStandardHelpOptions = true)
final class SourcesListCommand extends SourcesTask {
    private static final String NONE = "There are no databases yet. Connect one: ./studio sources add NAME --kind"
            + " postgresql --host HOST --database DATABASE --user USER";

    SourcesListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Studio studio) {
        List<Source> all = studio.sources().list();
        TableDocs docs = TableDocs.of(studio.metadata(), studio.caller());
        Map<Source, Integer> tables = new LinkedHashMap<>();
        all.forEach(source -> tables.put(source, docs.list(source.id()).size()));
        if (json()) {
            print(SourcesJson.sources(tables));
        } else if (all.isEmpty()) {
            print(NONE);
        } else {
            tables.forEach((source, count) -> print(line(source, count)));
        }
        return StudioCommand.OK;
    }

    private static String line(Source source, int tables) {
        String user =
                source.spec().user().isEmpty() ? "" : " as " + source.spec().user();
        String place = source.kind().isServer()
                ? source.spec().host() + ":" + source.spec().port() + "/"
                        + source.spec().database()
                : source.spec().database();
        return source.name() + "  " + source.kind().name().toLowerCase(Locale.ROOT) + " " + place + user
                + (tables == 0 ? ", not loaded" : ", " + tables + (tables == 1 ? " table" : " tables") + " loaded");
    }
}
