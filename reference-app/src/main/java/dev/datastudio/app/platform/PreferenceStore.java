package dev.datastudio.app.platform;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditEvent;
import dev.datastudio.core.audit.AuditEvent.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the preferences of organisations; what nobody changed is as the studio has it. */
@Component
class PreferenceStore {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String KIND = "preferences";

    private final Studio studio;

    PreferenceStore(Studio studio) {
        this.studio = studio;
    }

    Preferences get(Caller caller) {
        return studio.metadata().find(key(caller)).map(PreferenceStore::read).orElseGet(this::usual);
    }

    private static EntryKey key(Caller caller) {
        return new EntryKey(caller.tenant(), KIND, "organisation");
    }

    private static Preferences read(Entry entry) {
        return JSON.readValue(entry.body(), Preferences.Input.class).checked(entry.revision());
    }

    private Preferences usual() {
        return new Preferences(
                studio.locale().toLanguageTag(), studio.clock().getZone().getId(), 0);
    }

    private static Map<String, String> told(Preferences before, Preferences after) {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("locale", told(before.locale(), after.locale()));
        changes.put("timeZone", told(before.timeZone(), after.timeZone()));
        changes.values().removeIf(String::isEmpty);
        return changes;
    }

    private static String told(String before, String after) {
        return before.equals(after) ? "" : before + " → " + after;
    }

    /** @throws StudioException ENTRY_CONFLICT when somebody else changed them first */
    Preferences put(Caller caller, Preferences wanted) {
        String body = JSON.writeValueAsString(new Preferences.Input(wanted.locale(), wanted.timeZone()));
        EntryChange change = wanted.revision() == 0
                ? EntryChange.insert(key(caller), body, Map.of())
                : EntryChange.update(key(caller), wanted.revision(), body, Map.of());
        Preferences before = get(caller);
        Preferences after =
                studio.metadata().apply(change).map(PreferenceStore::read).orElseThrow();
        studio.audit().append(new AuditEvent(caller, "settings.update", List.of(), Outcome.DONE, told(before, after)));
        return after;
    }
}
