package dev.datastudio.app.platform;

import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.web.WebSearch;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.Revisions;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditEvent;
import dev.datastudio.core.audit.AuditPage;
import dev.datastudio.core.audit.AuditQuery;
import dev.datastudio.core.audit.AuditRecord;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.Scope;
import dev.datastudio.core.usage.UsageLine;
import dev.datastudio.core.usage.Window;
import dev.datastudio.rag.embed.BgeSmallEmbedder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the application can do here, how it is set, what was done and what was used. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "platform")
@Needs(Scopes.SETTINGS_GET)
class PlatformController {
    private final Studio studio;
    private final PreferenceStore preferences;

    PlatformController(Studio studio, PreferenceStore preferences) {
        this.studio = studio;
        this.preferences = preferences;
    }

    /**
     * What works here.
     *
     * @param features by name, whether each is there
     */
    @Schema(name = "Capabilities")
    record Capabilities(Map<String, Boolean> features) {}

    @GetMapping("/capabilities")
    @Operation(operationId = "getCapabilities", summary = "What works here and now")
    Capabilities capabilities(Caller caller) {
        Map<String, Boolean> features = new LinkedHashMap<>();
        features.put("model", Models.of(studio).as(caller).configs().active().isPresent());
        features.put("documents", true);
        features.put("documentsByMeaning", studio.embedder().isPresent() || BgeSmallEmbedder.isAvailable());
        features.put(
                "code",
                studio.codeRunner()
                        .map(runner -> runner.availability().isAvailable())
                        .orElse(false));
        features.put(
                "webSearch", WebSearch.of(studio).as(caller).configs().active().isPresent());
        features.put("workers", false);
        return new Capabilities(features);
    }

    @GetMapping("/settings")
    @Operation(operationId = "getSettings", summary = "How numbers and dates are written")
    ResponseEntity<Preferences> settings(Caller caller) {
        Preferences now = preferences.get(caller);
        return Revisions.answer(now, now.revision());
    }

    @PutMapping("/settings")
    @Needs(Scopes.SETTINGS_EDIT)
    @Operation(operationId = "updateSettings", summary = "Change how numbers and dates are written")
    ResponseEntity<Preferences> update(
            Caller caller,
            @RequestHeader(name = "If-Match", defaultValue = "") String ifMatch,
            @RequestBody Preferences.Input input) {
        Preferences now = preferences.put(caller, input.checked(Revisions.required(ifMatch)));
        return Revisions.answer(now, now.revision());
    }

    /**
     * Something that somebody did.
     *
     * @param id names it
     * @param at when
     * @param user the id of who did it
     * @param action what, such as {@code question.ask}
     * @param outcome how it ended
     * @param subjects the ids of what it was done with
     * @param subject the first of them; null when there is none
     * @param details what else is known, without secrets
     * @param detail the same in a line; null for nothing
     * @param times how often it was done, one after the other
     */
    @Schema(name = "AuditEntry")
    record AuditEntry(
            String id,
            Instant at,
            String user,
            String action,

            @Schema(allowableValues = {"done", "refused", "failed"})
            String outcome,

            List<String> subjects,
            Optional<String> subject,
            Map<String, String> details,
            Optional<String> detail,
            int times) {
        static AuditEntry of(AuditRecord record) {
            AuditEvent event = record.event();
            String line = event.details().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(each -> each.getKey() + ": " + each.getValue())
                    .collect(Collectors.joining(", "));
            return new AuditEntry(
                    record.id(),
                    record.at(),
                    event.caller().user(),
                    event.action(),
                    event.outcome().name().toLowerCase(Locale.ROOT),
                    event.subjects(),
                    event.subjects().stream().findFirst(),
                    event.details(),
                    Optional.of(line).filter(text -> !text.isEmpty()),
                    record.times());
        }
    }

    @GetMapping("/audit")
    @Needs(Scopes.AUDIT_GET)
    @Operation(operationId = "listAudit", summary = "Who did what with which data, the newest first")
    PageOf<AuditEntry> audit(
            Caller caller,
            @RequestParam(defaultValue = "") String user,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        Paging page = new Paging(limit, after);
        AuditQuery query = AuditQuery.of(caller.tenant()).limitedTo(page.limit());
        query = user.isEmpty() ? query : query.user(user);
        query = action.isEmpty() ? query : query.action(action);
        query = subject.isEmpty() ? query : query.subject(subject);
        AuditPage found = studio.audit().list(page.after().isEmpty() ? query : query.after(page.after()));
        return new PageOf<>(
                found.records().stream().map(AuditEntry::of).toList(),
                Optional.of(found.next()).filter(next -> !next.isEmpty()));
    }

    /**
     * What you used this month, and how much you may use.
     *
     * @param questions that were answered anew; counted where limits are set
     * @param tokens that models read and wrote for you
     * @param bytes that you uploaded; counted where limits are set
     * @param limits of each; null for none
     * @param quotas every quota as it stands
     */
    @Schema(name = "Usage")
    record Usage(long questions, long tokens, long bytes, Limits limits, List<Quota> quotas) {}

    /**
     * How much you may use in a month.
     *
     * @param questions null for no limit
     * @param tokens null for no limit
     * @param bytes null for no limit
     */
    @Schema(name = "UsageLimits")
    record Limits(Optional<Long> questions, Optional<Long> tokens, Optional<Long> bytes) {}

    /**
     * How one quota stands.
     *
     * @param scope whose use
     * @param measure of what
     * @param window in which time
     * @param used how much was used
     * @param limit how much may be used
     * @param resetsAt when it begins at 0 again
     */
    @Schema(name = "Quota")
    record Quota(
            @Schema(allowableValues = {"user", "tenant"}) String scope,

            @Schema(allowableValues = {"questions", "tokens", "bytes"})
            String measure,

            @Schema(allowableValues = {"hour", "day", "month"})
            String window,

            long used,
            long limit,
            Instant resetsAt) {
        static Quota of(UsageLine line) {
            return new Quota(
                    lower(line.quota().scope()),
                    lower(line.quota().measure()),
                    lower(line.quota().window()),
                    line.used(),
                    line.limit(),
                    line.resetsAt());
        }

        private static String lower(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }

    @GetMapping("/usage")
    @Operation(operationId = "getUsage", summary = "What you used this month, and how much you may use")
    Usage usage(Caller caller) {
        List<UsageLine> lines = studio.usage().of(caller);
        Instant now = studio.clock().instant();
        long tokens =
                Models.of(studio).as(caller).calls().mine(Window.MONTH.beginning(now), now.plusSeconds(1)).stream()
                        .mapToLong(call -> call.inputTokens() + call.outputTokens())
                        .sum();
        return new Usage(
                mine(lines, Measure.QUESTIONS).used(),
                tokens,
                mine(lines, Measure.BYTES).used(),
                new Limits(
                        limit(mine(lines, Measure.QUESTIONS)),
                        limit(mine(lines, Measure.TOKENS)),
                        limit(mine(lines, Measure.BYTES))),
                lines.stream()
                        .filter(line -> limit(line).isPresent())
                        .map(Quota::of)
                        .toList());
    }

    private static UsageLine mine(List<UsageLine> lines, Measure measure) {
        return lines.stream()
                .filter(line -> line.quota().scope() == Scope.USER
                        && line.quota().window() == Window.MONTH
                        && line.quota().measure() == measure)
                .findFirst()
                .orElseThrow(
                        () -> new StudioException(ErrorCode.INTERNAL, "Nothing is counted of " + measure, "Report it"));
    }

    private static Optional<Long> limit(UsageLine line) {
        return line.limit() == Long.MAX_VALUE ? Optional.empty() : Optional.of(line.limit());
    }
}
