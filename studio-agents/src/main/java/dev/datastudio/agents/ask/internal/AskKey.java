package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.api.cache.CacheKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.PlanJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What makes two questions the same: whose they are, the contents and names of the tables, the words, the limits, the
 * language, and the versions of all that computes. Immutable.
 *
 * @param context a hash of the conversation's plans so far; empty when it begins
 * @param day the day it is asked on, for plans that are relative to today; empty for all others
 */
record AskKey(
        Caller caller,
        List<String> tables,
        String question,
        long maxRows,
        AskOptions.Pictures pictures,
        String locale,
        String zone,
        String versions,
        String context,
        String day) {

    static final String NAMESPACE = "answers-" + AnswerCodec.FORM;

    static AskKey of(AskTask task, Locale locale, String zone, String versions) {
        List<String> tables = new ArrayList<>(task.datasets().size());
        for (Dataset dataset : task.datasets()) {
            tables.add(dataset.table() + '=' + dataset.contentHash() + '/' + dataset.id());
        }
        return new AskKey(
                task.caller(),
                tables,
                normalise(task.question()),
                task.options().maxRows(),
                task.options().pictures(),
                locale.toLanguageTag(),
                zone,
                versions,
                context(task.options().context()),
                "");
    }

    private static String context(List<AnalysisPlan> plans) {
        if (plans.isEmpty()) {
            return "";
        }
        String all = plans.stream().map(PlanJson::write).collect(Collectors.joining("\n"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    AskKey on(LocalDate day) {
        return new AskKey(caller, tables, question, maxRows, pictures, locale, zone, versions, context, day.toString());
    }

    CacheKey persistent() {
        return CacheKey.builder(caller.tenant(), NAMESPACE)
                .add("user", caller.user())
                .add("tables", tables)
                .add("question", question)
                .add("maxRows", maxRows)
                .add("pictures", pictures.name())
                .add("locale", locale)
                .add("zone", zone)
                .add("versions", versions)
                .add("context", context)
                .add("day", day)
                .build();
    }

    /** Letter case, spaces and closing marks change no question, save within quotes, where they are part of a value. */
    static String normalise(String question) {
        StringBuilder text = new StringBuilder(question.length());
        boolean quoted = false;
        boolean space = false;
        for (int i = 0; i < question.length(); i++) {
            char c = question.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            }
            if (!quoted && Character.isWhitespace(c)) {
                space = !text.isEmpty();
                continue;
            }
            if (space) {
                text.append(' ');
                space = false;
            }
            text.append(quoted ? c : Character.toLowerCase(c));
        }
        int end = text.length();
        while (end > 0 && ("?.! ".indexOf(text.charAt(end - 1)) >= 0)) {
            end--;
        }
        text.setLength(end);
        return text.toString();
    }
}
