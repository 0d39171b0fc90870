package dev.datastudio.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeOptionsTest {
    private static final Path DATA = Path.of("/data");

    private static ServeOptions parse(String... arguments) {
        return ServeOptions.parse(List.of(arguments), DATA);
    }

    @Test
    void listensToThisMachineOnlyUnlessTold() {
        assertThat(parse().settings())
                .contains(
                        "--server.port=8080",
                        "--server.address=127.0.0.1",
                        "--studio.workspace=/data",
                        "--studio.identity.mode=single-user",
                        "--studio.models.reach=this-machine");
    }

    @Test
    void takesPortAndWorkspace() {
        assertThat(parse("--port", "9000", "--workspace=/other").settings())
                .contains("--server.port=9000", "--studio.workspace=/other");
    }

    @Test
    void takesFoldersWithFilesOfDatabases(@TempDir Path folder) throws Exception {
        Path odd = Files.createDirectory(folder.resolve("a, b"));

        assertThat(parse("--source-folder", folder.toString(), "--source-folder=" + odd)
                        .settings())
                .contains("--studio.sources.file-folders[0]=" + folder, "--studio.sources.file-folders[1]=" + odd);
        assertThat(parse().settings()).noneMatch(setting -> setting.contains("file-folders"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--source-folder", folder + "/none"))
                .withMessage("'" + folder + "/none' is no folder. Give one with files of SQLite or DuckDB in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.168.1.20", "::"})
    void refusesToBeReachedFromElsewhereWithoutAccounts(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--host", host))
                .withMessageContaining("'" + host + "' can be reached from elsewhere")
                .withMessageContaining("Add --accounts");

        assertThat(parse("--accounts", "--host", host).settings())
                .contains(
                        "--server.address=" + host,
                        "--studio.identity.mode=accounts",
                        "--studio.models.reach=public-only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "::1"})
    void takesOtherAddressesOfThisMachine(String host) {
        assertThat(parse("--host", host).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "65536", "99999999999"})
    void refusesWhatIsNoPort(String port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--port", port))
                .withMessage("'" + port + "' is no port. Give a number from 1 to 65535");
    }

    @Test
    void saysWhatItDoesNotKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--prot", "80"))
                .withMessageContaining("'--prot' is no option");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--port"))
                .withMessage("There is no value after --port. Give one");
    }

    @Test
    void saysWhereItIsAndForWhom() {
        assertThat(ServeCommand.line(parse(), 8080))
                .isEqualTo("Studio is at http://127.0.0.1:8080, for the one user of this machine;"
                        + " nobody else can reach it. Ctrl-C ends it.");
        assertThat(ServeCommand.line(parse("--accounts", "--host", "::1"), 80))
                .startsWith("Studio is at http://[::1]:80, for people with accounts.");
    }

    @Test
    void saysInWordsWhyItDidNotStart() {
        RuntimeException taken = new IllegalStateException(new BindException("Address already in use"));
        RuntimeException newer = new IllegalStateException(new StudioException(
                ErrorCode.WORKSPACE_TOO_NEW, "The workspace was written by a newer Studio", "Use that one"));

        assertThat(ServeCommand.problem(parse(), taken))
                .startsWith("Studio can't listen at 127.0.0.1:8080: another program does");
        assertThat(ServeCommand.problem(parse(), newer))
                .isEqualTo("The workspace was written by a newer Studio. Use that one");
    }
}
