package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.Answer.Alternative;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.ask.TestOutcome;
import dev.datastudio.agents.planner.WordLink;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.PlanJson;
import dev.datastudio.core.query.RowCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers as bytes, so that a restart keeps them. A change of the form is a new {@link #FORM}. */
public final class AnswerCodec {
    /** The version of the form; part of every cache key. */
    public static final int FORM = 3;

    private AnswerCodec() {}

    /** An answer as bytes. */
    public static byte[] encode(Answer answer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORM);
        RowCodec.writeText(out, answer.id());
        RowCodec.writeText(out, answer.status().name());
        RowCodec.writeText(out, answer.planner());
        RowCodec.writeText(out, answer.reading());
        out.writeInt(answer.links().size());
        for (WordLink link : answer.links()) {
            RowCodec.writeText(out, link.words());
            RowCodec.writeText(out, link.kind().name());
            RowCodec.writeText(out, link.target());
            RowCodec.writeText(out, link.how());
        }
        encodeTexts(out, answer.changes());
        RowCodec.writeText(out, answer.message());
        out.writeInt(answer.steps().size());
        for (AnswerStep step : answer.steps()) {
            encodeStep(out, step);
        }
        encodeTexts(out, answer.unknownWords());
        encodeTexts(out, answer.suggestions());
        encodeTexts(
                out, answer.alternatives().stream().map(Alternative::reading).toList());
        encodeTexts(
                out, answer.alternatives().stream().map(Alternative::question).toList());
        encodeTexts(out, answer.warnings());
        encodeTexts(out, answer.plans().stream().map(PlanJson::write).toList());
        out.writeLong(answer.millis());
        return bytes.toByteArray();
    }

    /**
     * The answer that {@link #encode} made bytes of.
     *
     * @throws IOException if the bytes are of another form or damaged
     */
    public static Answer decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int form = in.readByte();
        if (form != FORM) {
            throw new IOException("Answer of form " + form + " instead of " + FORM);
        }
        String id = RowCodec.readText(in);
        Answer.Builder answer = Answer.builder(id, constant(AnswerStatus.class, RowCodec.readText(in)))
                .planner(RowCodec.readText(in))
                .reading(RowCodec.readText(in))
                .links(decodeLinks(in))
                .changes(decodeTexts(in))
                .message(RowCodec.readText(in));
        List<AnswerStep> steps = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            steps.add(decodeStep(in));
        }
        return answer.steps(steps)
                .unknownWords(decodeTexts(in))
                .suggestions(decodeTexts(in))
                .alternatives(decodeAlternatives(in))
                .warnings(decodeTexts(in))
                .plans(decodePlans(in))
                .millis(in.readLong())
                .build();
    }

    private static List<Alternative> decodeAlternatives(DataInputStream in) throws IOException {
        List<String> readings = decodeTexts(in);
        List<String> questions = decodeTexts(in);
        if (readings.size() != questions.size()) {
            throw new IOException(readings.size() + " readings and " + questions.size() + " questions");
        }
        List<Alternative> alternatives = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            alternatives.add(new Alternative(readings.get(i), questions.get(i)));
        }
        return alternatives;
    }

    private static List<WordLink> decodeLinks(DataInputStream in) throws IOException {
        List<WordLink> links = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            links.add(new WordLink(
                    RowCodec.readText(in),
                    constant(WordLink.Kind.class, RowCodec.readText(in)),
                    RowCodec.readText(in),
                    RowCodec.readText(in)));
        }
        return links;
    }

    private static List<AnalysisPlan> decodePlans(DataInputStream in) throws IOException {
        List<AnalysisPlan> plans = new ArrayList<>();
        for (String json : decodeTexts(in)) {
            try {
                plans.add(PlanJson.read(json));
            } catch (StudioException e) {
                throw new IOException("Unreadable plan", e);
            }
        }
        return plans;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) throws IOException {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new IOException("Unknown " + type.getSimpleName() + " " + name, e);
        }
    }

    private static void encodeStep(DataOutputStream out, AnswerStep step) throws IOException {
        RowCodec.writeText(out, step.intent());
        RowCodec.writeText(out, step.op());
        RowCodec.writeText(out, step.reading());
        RowCodec.writeText(out, step.sql());
        RowCodec.writeColumns(out, step.columns());
        RowCodec.writeRows(out, step.rows());
        out.writeLong(step.totalRows());
        RowCodec.writeValue(out, step.value());
        encodeTest(out, step.test());
        RowCodec.writeValue(out, step.chart());
        out.writeInt(step.artifacts().size());
        for (AnswerArtifact artifact : step.artifacts()) {
            RowCodec.writeText(out, artifact.type());
            RowCodec.writeText(out, artifact.label());
            RowCodec.writeText(out, artifact.key());
            RowCodec.writeText(out, artifact.path());
        }
    }

    private static AnswerStep decodeStep(DataInputStream in) throws IOException {
        return new AnswerStep(
                RowCodec.readText(in),
                RowCodec.readText(in),
                RowCodec.readText(in),
                RowCodec.readText(in),
                RowCodec.readColumns(in),
                RowCodec.readRows(in),
                in.readLong(),
                RowCodec.readValue(in),
                decodeTest(in),
                (String) RowCodec.readValue(in),
                decodeArtifacts(in));
    }

    private static List<AnswerArtifact> decodeArtifacts(DataInputStream in) throws IOException {
        List<AnswerArtifact> artifacts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            artifacts.add(new AnswerArtifact(
                    RowCodec.readText(in), RowCodec.readText(in), RowCodec.readText(in), RowCodec.readText(in)));
        }
        return artifacts;
    }

    private static void encodeTest(DataOutputStream out, @Nullable TestOutcome test) throws IOException {
        out.writeBoolean(test != null);
        if (test != null) {
            RowCodec.writeText(out, test.name());
            out.writeDouble(test.statistic());
            out.writeDouble(test.pValue());
            out.writeDouble(test.effectSize());
            RowCodec.writeText(out, test.conclusion());
        }
    }

    private static @Nullable TestOutcome decodeTest(DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        return new TestOutcome(
                RowCodec.readText(in), in.readDouble(), in.readDouble(), in.readDouble(), RowCodec.readText(in));
    }

    private static void encodeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            RowCodec.writeText(out, text);
        }
    }

    private static List<String> decodeTexts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(RowCodec.readText(in));
        }
        return texts;
    }
}
