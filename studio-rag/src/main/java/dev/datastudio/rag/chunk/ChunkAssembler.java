package dev.datastudio.rag.chunk;

import dev.datastudio.rag.chunk.Unit.Kind;
import dev.datastudio.rag.extract.DocumentMetadata;
import dev.datastudio.rag.extract.LanguageDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Puts units together to chunks. Not thread-safe. */
final class ChunkAssembler {
    /** Some sentences tell a language; more only take longer. */
    private static final int LANGUAGE_SAMPLE = 800;

    private final ChunkOptions options;
    private final TokenCounter counter;
    private final TextWindow window;
    private final Consumer<Chunk> out;
    private final List<Unit> units = new ArrayList<>();
    /** How many units at the beginning were in the chunk before. */
    private int repeated;

    private int tokens;
    private int limit;
    private int ordinal;
    private String title = "";
    private String language = DocumentMetadata.UNDETERMINED;

    ChunkAssembler(ChunkOptions options, TokenCounter counter, TextWindow window, Consumer<Chunk> out) {
        this.options = options;
        this.counter = counter;
        this.window = window;
        this.out = out;
    }

    void language(String tag) {
        language = tag;
    }

    /** A title that takes more than half of the context is cut. */
    void title(String text) {
        String cut = text;
        while (counter.count(cut) > options.maxContextTokens() / 2) {
            int space = cut.lastIndexOf(' ');
            cut = space > 0 ? cut.substring(0, space) : "";
        }
        title = cut;
    }

    void add(Unit unit) {
        if (unit.kind() == Kind.HEADING && endsSection(unit)) {
            close(List.of());
        }
        if (!units.isEmpty() && tokens + unit.tokens() > limit) {
            makeRoom(unit);
        }
        append(unit);
    }

    /** Adds units that shall stand together, and fit into one chunk. */
    void addTogether(List<Unit> group) {
        int sum = group.stream().mapToInt(Unit::tokens).sum();
        if (hasNewText() && tokens + sum > limit) {
            close(List.of());
        }
        group.forEach(this::add);
    }

    void finish() {
        if (hasNew()) {
            emit(units);
        }
        units.clear();
    }

    /** Where the text that is still needed begins. */
    long neededFrom(long end) {
        return units.isEmpty() ? end : units.get(0).from();
    }

    private boolean hasNew() {
        return units.size() > repeated;
    }

    private boolean hasNewText() {
        return units.subList(repeated, units.size()).stream().anyMatch(unit -> unit.kind() != Kind.HEADING);
    }

    /** Small sections stand together with the next one of their kind, but nothing stands with what is above it. */
    private boolean endsSection(Unit heading) {
        if (!hasNewText()) {
            return false;
        }
        int level =
                units.stream().mapToInt(Unit::level).filter(l -> l > 0).min().orElse(0);
        boolean higher = heading.path().size() < units.get(0).path().size() || (level > 0 && heading.level() < level);
        return tokens >= options.minTokens() || higher;
    }

    private void makeRoom(Unit unit) {
        if (hasNewText()) {
            close(unit.kind() == Kind.TEXT ? overlap() : List.of());
        }
        while (!units.isEmpty() && tokens + unit.tokens() > limit && repeated > 0) {
            tokens -= units.remove(0).tokens();
            repeated--;
            measure();
        }
        if (!units.isEmpty() && tokens + unit.tokens() > limit) {
            emit(units);
            clear();
        }
    }

    /** The last sentences, to be repeated; never all of the chunk. */
    private List<Unit> overlap() {
        int from = units.size();
        int sum = 0;
        while (from > 1
                && units.get(from - 1).kind() == Kind.TEXT
                && sum + units.get(from - 1).tokens() <= options.overlapTokens()) {
            from--;
            sum += units.get(from).tokens();
        }
        return List.copyOf(units.subList(from, units.size()));
    }

    /** Ends the chunk; headings at its end belong to the next one. */
    private void close(List<Unit> overlap) {
        int end = units.size();
        while (end > repeated && units.get(end - 1).kind() == Kind.HEADING) {
            end--;
        }
        List<Unit> headings = List.copyOf(units.subList(end, units.size()));
        emit(units.subList(0, end));
        clear();
        if (headings.isEmpty()) {
            overlap.forEach(this::append);
            repeated = units.size();
        } else {
            headings.forEach(this::append);
        }
    }

    private void clear() {
        units.clear();
        tokens = 0;
        repeated = 0;
    }

    private void append(Unit unit) {
        units.add(unit);
        tokens += unit.tokens();
        if (units.size() == 1) {
            measure();
        }
    }

    private void measure() {
        if (!units.isEmpty()) {
            Unit first = units.get(0);
            limit = options.maxTokens()
                    - counter.count(context(first.path(), first.tableHeader()).all());
        }
    }

    /** What is above a chunk, as far as there is room for it. */
    private record Context(String title, List<String> headings, String tableHeader) {
        String all() {
            List<String> lines = new ArrayList<>(headings);
            lines.add(0, title);
            lines.add(tableHeader);
            return String.join("\n", lines);
        }
    }

    private Context context(List<String> path, String tableHeader) {
        int room = options.maxContextTokens() - counter.count(title);
        int header = counter.count(tableHeader);
        String keptHeader = header <= room ? tableHeader : "";
        room -= keptHeader.isEmpty() ? 0 : header;
        List<String> headings = new ArrayList<>();
        for (int i = path.size() - 1; i >= 0; i--) {
            room -= counter.count(path.get(i));
            if (room < 0) {
                break;
            }
            headings.add(0, path.get(i));
        }
        return new Context(title, headings, keptHeader);
    }

    /** Writes a chunk; should its units together have more tokens than apart, in two parts. */
    private void emit(List<Unit> all) {
        List<Unit> parts = List.copyOf(all);
        Unit first = parts.get(0);
        Unit last = parts.get(parts.size() - 1);
        String text = window.text(first.from(), last.to());
        Context context = context(common(parts), first.tableHeader());
        if (parts.size() > 1 && counter.count(text) + counter.count(context.all()) > options.maxTokens()) {
            int half = parts.size() / 2;
            emit(parts.subList(0, half));
            emit(parts.subList(half, parts.size()));
            return;
        }
        out.accept(new Chunk(
                ordinal++,
                text,
                first.from(),
                last.to(),
                window.pageAt(first.from()),
                window.pageAt(last.to() - 1),
                languageOf(text),
                context.title(),
                context.headings(),
                context.tableHeader()));
    }

    private String languageOf(String text) {
        String detected = LanguageDetector.detect(text.substring(0, Math.min(text.length(), LANGUAGE_SAMPLE)));
        if (!detected.equals(DocumentMetadata.UNDETERMINED)) {
            language = detected;
        }
        return language;
    }

    private static List<String> common(List<Unit> units) {
        List<String> common = units.get(0).path();
        for (Unit unit : units) {
            int same = 0;
            while (same < Math.min(common.size(), unit.path().size())
                    && common.get(same).equals(unit.path().get(same))) {
                same++;
            }
            common = common.subList(0, same);
        }
        return common;
    }
}
