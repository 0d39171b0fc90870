package dev.datastudio.core.workspace;

import java.io.IOException;
import java.nio.file.Path;

/** Another process that is busy with half-done work until it is killed. */
final class WorkspaceChild {
    private WorkspaceChild() {}

    public static void main(String[] arguments) throws IOException {
        try (Workspace workspace = Workspace.open(Path.of(arguments[0]))) {
            System.out.println("folder " + workspace.temporaryFolder());
            System.out.println("ended with " + System.in.read());
        }
    }
}
