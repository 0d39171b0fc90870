package dev.datastudio.ml.explore.internal.tool;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.explore.ComponentSpec;
import dev.datastudio.ml.explore.Components;
import dev.datastudio.ml.explore.Components.Component;
import dev.datastudio.ml.explore.Explore;
import dev.datastudio.ml.explore.ExploreOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds principal components. */
public final class PrincipalComponents extends ExploringTool {
    private static final String COUNT = "components";
    private static final int MOST = 50;
    private static final int MOST_LOADINGS = 6;

    public PrincipalComponents(Studio studio) {
        super(
                studio,
                "principal_components",
                "components",
                "Finds the directions in which the rows of a data set differ most (PCA of standardised columns): the share of"
                        + " the variance that each explains and which columns take part in it. Draws the loadings.",
                "the rows and their scores in the columns 'component 1' and so on",
                true,
                new InputSchema()
                        .texts(COLUMNS, "The columns; all numbers when left out")
                        .count(COUNT, MOST, "How many components; as many as explain 90% when left out"));
    }

    @Override
    Told explored(Explore explore, Dataset dataset, Arguments arguments, ExploreOptions options) {
        ComponentSpec spec =
                ComponentSpec.DEFAULT.of(arguments.texts(COLUMNS)).keeping(arguments.count(COUNT, 0, MOST));
        return told(dataset, explore.components(dataset, spec, options));
    }

    static Told told(Dataset dataset, Components found) {
        List<String> lines = new ArrayList<>();
        lines.add(found.components().size() + " principal components of "
                + found.features().size() + " features of "
                + said(dataset.name()) + " explain " + percent(found.explained()) + " of the variance of "
                + found.rows()
                + " rows.");
        found.components().forEach(each -> lines.add(line(each, found.features())));
        return new Told(lines, found.warnings(), Map.of("components", found.chart()), found.kept(), found.model());
    }

    private static String line(Component component, List<String> features) {
        String loadings = IntStream.range(0, features.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer f) -> -Math.abs(component.loadings().get(f)))
                        .thenComparing(f -> f))
                .limit(MOST_LOADINGS)
                .map(f -> said(features.get(f))
                        + String.format(
                                Locale.ROOT, " %+.2f", component.loadings().get(f)))
                .collect(Collectors.joining(", "));
        return "Component " + component.number() + ": " + percent(component.share()) + ". Strongest loadings: "
                + loadings + ".";
    }
}
