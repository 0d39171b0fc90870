package dev.datastudio.cli;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.chart.Charts;
import dev.datastudio.core.chart.Java2dChartRenderer;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.ml.device.Devices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code studio doctor}: what works on this machine, and how to mend what doesn't. */
@Command(
        name = "doctor",
        description = "Checks what Studio needs on this machine and says how to mend what is missing.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final long LOW_DISK_BYTES = 1L << 30;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;
    private boolean healthy = true;

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        check("Java", DoctorCommand::java);
        check("memory", () -> megabytes(Runtime.getRuntime().maxMemory()) + " heap at most");
        check("workspace", this::workspace);
        check("disk", this::disk);
        check("engine", this::engine);
        check("pictures", DoctorCommand::picture);
        check("learning", DoctorCommand::learning);
        check("shell", DoctorCommand::shell);
        terminal.out().println("planner    ok    built-in, no model and no key needed");
        return healthy ? StudioCommand.OK : StudioCommand.ERROR;
    }

    private void check(String name, Supplier<String> check) {
        String state = "ok";
        String text;
        try {
            text = check.get();
        } catch (StudioException e) {
            state = "FAIL";
            text = String.valueOf(e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            state = "FAIL";
            text = StudioCommand.describe(e);
        }
        healthy &= state.equals("ok");
        terminal.out().printf("%-10s %-5s %s%n", name, state, text);
    }

    private static String java() {
        return Runtime.version() + ", " + System.getProperty("java.home");
    }

    private String workspace() {
        try (Studio studio = workspace.open()) {
            if (!Files.isWritable(studio.workspace())) {
                throw new StudioException(
                        ErrorCode.STORAGE_NOT_WRITABLE,
                        "The workspace " + StudioException.quote(studio.workspace()) + " can only be read",
                        "Get the right to write there, or name another with --workspace; kept answers can be read");
            }
            int datasets = studio.datasets().list().size();
            return workspace.path().toAbsolutePath().normalize() + ", " + datasets
                    + (datasets == 1 ? " data set of " : " data sets of ") + Caller.LOCAL.user();
        }
    }

    private String disk() {
        try {
            long free = Files.getFileStore(workspace.path().toAbsolutePath()).getUsableSpace();
            if (free < LOW_DISK_BYTES) {
                throw new StudioException(
                        ErrorCode.STORAGE_FULL,
                        "Only " + megabytes(free) + " are free at " + workspace.path(),
                        "Free some, or put the workspace elsewhere with --workspace");
            }
            return megabytes(free) + " free";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String engine() {
        try (Studio studio = Studio.inMemory()) {
            Path file = Files.writeString(studio.workspace().resolve("doctor.csv"), "n\n41\n");
            Dataset numbers = studio.datasets().importFile(file);
            try (EngineLease lease = studio.engine(List.of(numbers))) {
                Query query = Query.of("SELECT n + 1 FROM doctor");
                Object answer = lease.engine()
                        .execute(query, Cancellation.none())
                        .rows()
                        .get(0)
                        .get(0);
                return lease.engine().version() + " answers " + answer;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String picture() {
        Axis axis = Axis.of("n", new ValueFormat.Whole(""));
        Chart chart = Charts.histogram(ChartText.of("doctor"), axis, new double[] {1, 2, 2, 3});
        byte[] png = new Java2dChartRenderer().render(chart, ChartFormat.PNG, ChartStyle.DEFAULT);
        return "a chart of " + png.length / 1024 + " kB was drawn";
    }

    private static String learning() {
        Devices devices = Devices.found();
        String cards = devices.cards().isEmpty()
                ? devices.cardsNote()
                : devices.cards().stream()
                        .map(card ->
                                card.name() + (card.memoryBytes() > 0 ? " with " + megabytes(card.memoryBytes()) : ""))
                        .collect(Collectors.joining(", ", "", "."));
        return devices.cpuThreads() + " threads. " + cards + " " + devices.boostingNote();
    }

    private static String shell() {
        if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "This Java has no JShell",
                    "Use a whole JDK to run './studio shell'; everything else works");
        }
        return "JShell is there";
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", bytes >> 20);
    }
}
