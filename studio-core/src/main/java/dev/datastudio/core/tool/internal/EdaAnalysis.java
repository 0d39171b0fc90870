package dev.datastudio.core.tool.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.ProfileOptions;
import dev.datastudio.core.profile.Profiles;
import java.util.List;

/** Explores a data set. */
public final class EdaAnalysis extends DatasetTool {
    private static final String COLUMNS = "columns";

    public EdaAnalysis(Datasets datasets) {
        super(
                datasets,
                "eda_analysis",
                "Explores a whole data set: what deserves a look first, then each column's distribution, missing and"
                        + " frequent values and outliers, then how columns hang together, and keys. All rows are read.",
                new InputSchema().texts(COLUMNS, "Names of the columns to tell of; all when left out"));
    }

    @Override
    ToolResult answer(Datasets own, Dataset dataset, Arguments arguments, ToolContext context) {
        List<String> columns = arguments.texts(COLUMNS).stream()
                .map(name -> dataset.column(name).name())
                .toList();
        ProfileOptions options =
                ProfileOptions.DEFAULT.withCancellation(context.cancellation()).withProgress(context.progress());
        DatasetProfile profile = Profiles.of(own).full(dataset, options);
        List<String> told =
                columns.isEmpty() ? dataset.columns().stream().map(Column::name).toList() : columns;
        return ToolResult.of(new ProfileBrief(profile, told).text());
    }
}
