package dev.datastudio.core.tool.internal;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.artifact.Slugs;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.core.chart.dataset.ChartAggregate;
import dev.datastudio.core.chart.dataset.ChartKind;
import dev.datastudio.core.chart.dataset.ChartRequest;
import dev.datastudio.core.tool.AnalysisTools.Drawing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a chart: {@code dist_plots/}, {@code trend_plots/} or {@code plots/}, the first column's slug and eight
 * digits of the request's hash, so that the same request writes the same files and never those of an answer.
 */
final class ChartFiles {
    private static final int HASH_DIGITS = 8;
    private static final String PNG = ".png";

    private final Drawing drawing;

    ChartFiles(Drawing drawing) {
        this.drawing = drawing;
    }

    /** Where the picture of a request goes. */
    static ArtifactKey picture(Dataset dataset, ChartRequest request, ChartKind kind) {
        String subject = Stream.concat(Stream.of(request.x(), request.y()), request.columns().stream())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .map(name -> dataset.column(name).name())
                .orElse("rows");
        String file = name(subject, form(request, kind));
        ArtifactPaths paths = ArtifactPaths.of(dataset);
        return switch (kind) {
            case HISTOGRAM, DENSITY, BOX, VIOLIN -> paths.distributionPlot(file);
            case LINE, AREA, STACKED_AREA -> paths.trendPlot(file);
            default -> paths.plot(file);
        };
    }

    /** Everything that makes one chart differ from another. */
    private static String form(ChartRequest request, ChartKind kind) {
        List<String> parts = new ArrayList<>(List.of(kind.jsonName(), request.x(), request.y(), request.group()));
        parts.addAll(request.columns());
        parts.add(request.aggregate().map(ChartAggregate::jsonName).orElse(""));
        parts.add(request.grain().map(Enum::name).orElse(""));
        parts.add(String.valueOf(request.bins()));
        parts.add(request.title());
        return String.join("\n", parts);
    }

    /** The slug of a subject with the hash of a form. */
    static String name(String subject, String form) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(form.getBytes(StandardCharsets.UTF_8));
            return new Slugs().of(subject) + "-"
                    + HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Writes the picture, where the chart can be drawn as one, and the figure beside it. */
    ToolResult keep(Chart chart, ArtifactKey picture, String headline, List<String> suggestions) {
        String plain = picture.value().substring(0, picture.value().length() - PNG.length());
        ArtifactKey figure = new ArtifactKey(plain + ".plotly.json");
        List<String> keys = new ArrayList<>();
        List<String> lines = new ArrayList<>(List.of(headline));
        try {
            drawing.artifacts().put(picture, drawing.renderer().render(chart, ChartFormat.PNG, drawing.style()));
            keys.add(picture.value());
            lines.add("Picture: " + picture.value());
        } catch (StudioException e) {
            if (e.code() != ErrorCode.CHART_UNSUPPORTED) {
                throw e;
            }
            lines.add("No picture: " + e.getMessage()); // some figures are drawn by browsers only
        }
        drawing.artifacts().put(figure, PlotlyJson.of(chart).getBytes(StandardCharsets.UTF_8));
        keys.add(figure.value());
        lines.add("Interactive figure: " + figure.value());
        if (!chart.text().subtitle().isEmpty()) {
            lines.add(Lines.sentence(chart.text().subtitle()));
        }
        chart.text().notes().stream().map(Lines::sentence).forEach(lines::add);
        suggestions.stream().map(Lines::sentence).forEach(lines::add);
        return new ToolResult(String.join("\n", lines), false, keys);
    }
}
