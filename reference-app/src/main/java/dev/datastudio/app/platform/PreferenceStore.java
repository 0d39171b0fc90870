package dev.datastudio.app.platform;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import java.util.Currency;
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
        String currency;
        try {
            Currency known = Currency.getInstance(studio.locale());
            currency = known == null ? "EUR" : known.getCurrencyCode();
        } catch (IllegalArgumentException e) { // a locale without a country has none
            currency = "EUR";
        }
        return new Preferences(
                studio.locale().toLanguageTag(), studio.clock().getZone().getId(), currency, 0);
    }

    /** @throws StudioException ENTRY_CONFLICT when somebody else changed them first */
    Preferences put(Caller caller, Preferences wanted) {
        String body =
                JSON.writeValueAsString(new Preferences.Input(wanted.locale(), wanted.timeZone(), wanted.currency()));
        EntryChange change = wanted.revision() == 0
                ? EntryChange.insert(key(caller), body, Map.of())
                : EntryChange.update(key(caller), wanted.revision(), body, Map.of());
        return studio.metadata().apply(change).map(PreferenceStore::read).orElseThrow();
    }
}
