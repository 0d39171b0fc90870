package dev.datastudio.rag.extract;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Stands in for a reader that a document has taken over: answers each request as the name of the file says. */
final class HostileChild {
    private HostileChild() {}

    public static void main(String[] arguments) throws Exception {
        DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        byte[] version = "x".getBytes(StandardCharsets.UTF_8);
        out.writeInt(1 + 4 + version.length);
        out.writeByte('H');
        out.writeInt(version.length);
        out.write(version);
        byte[] request = new byte[in.readInt()];
        in.readFully(request);
        String text = new String(request, StandardCharsets.ISO_8859_1);
        if (text.contains("exits.txt")) {
            Runtime.getRuntime().halt(42);
        } else if (text.contains("memory.txt")) {
            Runtime.getRuntime().halt(3);
        } else if (text.contains("huge.txt")) {
            out.writeInt(Integer.MAX_VALUE);
        } else if (text.contains("unknown.txt")) {
            out.writeInt(1);
            out.writeByte('?');
        } else if (text.contains("cells.txt")) {
            frame(out, "TABLE_ROW", values -> {
                values.writeInt(1);
                text(values, "BODY");
                values.writeInt(Integer.MAX_VALUE);
            });
        } else if (text.contains("prints.txt")) {
            out.write("java.lang.Exception: printed by a library\n".getBytes(StandardCharsets.UTF_8));
        } else if (text.contains("environment.txt")) {
            String names =
                    String.join(",", new java.util.TreeSet<>(System.getenv().keySet()));
            frame(out, "PARAGRAPH", values -> {
                values.writeInt(0);
                text(values, names);
                values.writeInt(0);
            });
        }
        in.read(); // says nothing more, and waits
    }

    private static void frame(DataOutputStream out, String kind, Values values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream frame = new DataOutputStream(bytes);
        frame.writeByte('B');
        text(frame, kind);
        values.to(frame);
        out.writeInt(bytes.size());
        bytes.writeTo(out);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    @FunctionalInterface
    private interface Values {
        void to(DataOutputStream out) throws IOException;
    }
}
