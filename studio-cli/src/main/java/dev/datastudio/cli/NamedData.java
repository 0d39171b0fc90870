package dev.datastudio.cli;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceId;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the words of a command name: files, which are imported when they are new, and connected databases. */
record NamedData(List<Source> databases, List<Dataset> datasets) {
    NamedData {
        databases = List.copyOf(databases);
        datasets = List.copyOf(datasets);
    }

    /** A file goes before a database of the same name; a word that is neither is an error of the missing file. */
    static NamedData of(Studio studio, Terminal terminal, List<String> words) {
        List<Source> databases = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (String word : words) {
            Optional<Source> source = new File(word).exists() ? Optional.empty() : source(studio, word);
            source.ifPresentOrElse(databases::add, () -> files.add(word));
        }
        return new NamedData(databases, new DataFiles(studio, terminal).open(files));
    }

    private static Optional<Source> source(Studio studio, String word) {
        return studio.sources().list().stream()
                .filter(source -> source.name().equalsIgnoreCase(word)
                        || source.id().toString().equals(word))
                .findFirst();
    }

    List<SourceId> sources() {
        return databases.stream().map(Source::id).toList();
    }

    /** As agents are told them. */
    List<String> ids() {
        return Stream.concat(
                        databases.stream().map(source -> source.id().toString()),
                        datasets.stream().map(dataset -> dataset.id().toString()))
                .toList();
    }

    List<String> names() {
        return Stream.concat(
                        databases.stream().map(Source::name), datasets.stream().map(Dataset::name))
                .toList();
    }
}
