package dev.datastudio.core.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.core.workspace.Workspace;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;

/** Another process that replaces artifacts until it is killed; each holds one letter, repeated. */
final class ArtifactChild {
    static final int LENGTH = 200_000;

    private ArtifactChild() {}

    public static void main(String[] arguments) {
        try (Workspace workspace = Workspace.open(Path.of(arguments[0]))) {
            FileArtifactStore store = FileArtifactStore.in(workspace);
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                byte[] content =
                        String.valueOf((char) ('a' + i % 26)).repeat(LENGTH).getBytes(UTF_8);
                store.put(new ArtifactKey("t/u/file" + i % 3), new ByteArrayInputStream(content));
                System.out.println("stored " + i);
            }
        }
    }
}
