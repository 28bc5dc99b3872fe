package dev.nuxari.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Claim("E4")
class FileModeTest {
    private final FileMode action = new FileMode(HostRoot.THIS);

    @TempDir
    private Path home;

    private Path file;

    @BeforeEach
    void make() throws IOException {
        home = home.toRealPath();
        file = Files.writeString(home.resolve("config"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static Json.Obj parameters(Path path, int mode) {
        return Json.object("path", path.toString(), "mode", mode);
    }

    private static Summary seen(int mode) {
        return Summary.of(SummaryKind.FILE_MODE, "present", true, "mode", mode);
    }

    @Test
    void setsEveryBitAndSeesIt() throws IOException {
        for (int mode : new int[] {0, 0400, 0040, 0004, 0200, 0100, 0010, 0001, 0750, 0777, 0600}) {
            Json.Obj wanted = parameters(file, mode);

            assertThat(action.perform(wanted)).isEmpty();
            assertThat(action.look(wanted)).isEqualTo(new Sight.Seen(true, seen(mode)));
            assertThat((Integer) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(mode);
        }
    }

    @Test
    void undoPutsTheOldBitsBack() {
        Json.Obj wanted = parameters(file, 0600);
        action.perform(wanted);

        assertThat(action.undo(wanted, seen(0644))).isTrue();
        assertThat(action.look(wanted)).isEqualTo(new Sight.Seen(false, seen(0644)));
    }

    @Test
    void foldersHaveModesToo() {
        assertThat(action.perform(parameters(home, 0750))).isEmpty();
        assertThat(action.look(parameters(home, 0750))).isEqualTo(new Sight.Seen(true, seen(0750)));
    }

    @Test
    void whatIsNotThereIsSaid() {
        Json.Obj wanted = parameters(home.resolve("nothing").resolve("there"), 0600);

        assertThat(action.look(wanted)).isEqualTo(new Sight.Unseen(Failure.NOT_FOUND));
        assertThat(action.perform(wanted)).contains(Failure.NOT_FOUND);
    }

    @Test
    void linkIsFollowedNowhere() throws IOException {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Path secret = Files.writeString(elsewhere.resolve("secret"), "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path app = Files.createDirectory(home.resolve("app"));
        Files.createSymbolicLink(app.resolve("link"), secret);
        Files.createSymbolicLink(app.resolve("folder"), elsewhere);

        for (Path path : new Path[] {app.resolve("link"), app.resolve("folder").resolve("secret")}) {
            Json.Obj wanted = parameters(path, 0666);

            assertThat(action.look(wanted)).isInstanceOf(Sight.Unseen.class);
            assertThat(action.perform(wanted)).isPresent();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
    }

    @Test
    void pipeIsNotWaitedFor() throws Exception {
        Path pipe = home.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(action.perform(parameters(pipe, 0666))).contains(Failure.REFUSED_BY_HOST);
    }
}
