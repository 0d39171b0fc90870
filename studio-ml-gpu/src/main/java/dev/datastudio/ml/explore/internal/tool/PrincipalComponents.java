package dev.datastudio.ml.explore.internal.tool;

import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.explore.ComponentSpec;
import dev.datastudio.ml.explore.ExploreSpec;

/** Finds principal components. */
public final class PrincipalComponents extends ExploringTool {
    private static final String COUNT = "components";
    private static final int MOST = 50;

    public PrincipalComponents(Studio studio) {
        super(
                studio,
                "principal_components",
                "Finds the directions in which the rows of a data set differ most (PCA of standardised columns): the share of"
                        + " the variance that each explains and which columns take part in it. Draws the loadings.",
                "the rows and their scores in the columns 'component 1' and so on",
                true,
                new InputSchema()
                        .texts(COLUMNS, "The columns; all numbers when left out")
                        .count(COUNT, MOST, "How many components; as many as explain 90% when left out"));
    }

    @Override
    ExploreSpec spec(Arguments arguments) {
        return ComponentSpec.DEFAULT.of(arguments.texts(COLUMNS)).keeping(arguments.count(COUNT, 0, MOST));
    }
}
