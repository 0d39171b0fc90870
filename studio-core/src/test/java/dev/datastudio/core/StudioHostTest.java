package dev.datastudio.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.vault.ExternalKeyVault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a host program sets of a studio. */
class StudioHostTest {
    @Test
    void tellsTheHostOfWhatIsDoneWithAndWithoutAnAuditLog() {
        for (Studio.Auditing auditing : Studio.Auditing.values()) {
            List<Activity> told = Collections.synchronizedList(new ArrayList<>());
            try (Studio studio = Studio.builder()
                    .temporary()
                    .auditing(auditing)
                    .listener(told::add)
                    .build()) {
                studio.activities().ended(Activity.of(Caller.LOCAL, "test.done"));
            }
            assertEquals(
                    List.of("test.done"), told.stream().map(Activity::action).toList());
        }
    }

    @Test
    void runsNoStatementsOfOthersWhereThatIsSwitchedOff() {
        try (Studio studio =
                Studio.builder().temporary().sqlExecutor(Studio.SqlExecutor.OFF).build()) {
            List<String> tools = Stream.of(studio.dataTools(), studio.analysisTools())
                    .flatMap(List::stream)
                    .map(Tool::name)
                    .toList();
            StudioException refused = assertThrows(StudioException.class, studio::requireSqlExecutor);

            assertTrue(tools.contains("count_rows") && tools.contains("eda_analysis"), tools::toString);
            assertTrue(tools.stream().noneMatch(name -> name.contains("sql")), tools::toString);
            assertEquals(ErrorCode.SQL_REFUSED, refused.code());
        }
    }

    @Test
    void takesVariablesOfTheHostInPlaceOfTheEnvironments() {
        try (Studio studio = Studio.builder()
                .temporary()
                .environment(Map.of(ExternalKeyVault.VARIABLE, "no key"))
                .build()) {
            StudioException unreadable = assertThrows(StudioException.class, studio::vault);

            assertEquals(Map.of(ExternalKeyVault.VARIABLE, "no key"), studio.environment());
            assertEquals(ErrorCode.SECRET_UNREADABLE, unreadable.code());
        }
    }
}
