package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.ask.TestOutcome;
import dev.datastudio.core.query.RowCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers as bytes, so that a restart keeps the cache. A change of the form is a new {@link #FORM}. */
public final class AnswerCodec {
    /** The version of the form; part of every cache key. */
    public static final int FORM = 1;

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
        RowCodec.writeText(out, answer.message());
        out.writeInt(answer.steps().size());
        for (AnswerStep step : answer.steps()) {
            encodeStep(out, step);
        }
        encodeTexts(out, answer.unknownWords());
        encodeTexts(out, answer.suggestions());
        encodeTexts(out, answer.warnings());
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
        AnswerStatus status = status(RowCodec.readText(in));
        String planner = RowCodec.readText(in);
        String reading = RowCodec.readText(in);
        String message = RowCodec.readText(in);
        List<AnswerStep> steps = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            steps.add(decodeStep(in));
        }
        return new Answer(
                id,
                status,
                false,
                planner,
                reading,
                message,
                steps,
                decodeTexts(in),
                decodeTexts(in),
                decodeTexts(in),
                in.readLong());
    }

    private static AnswerStatus status(String name) throws IOException {
        try {
            return AnswerStatus.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("Unknown status " + name, e);
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
