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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Claim("E4")
class FileOwnerTest {
    @TempDir
    private Path folder;

    private static Json.Obj parameters(String path, long owner, long group) {
        return Json.object("path", path, "owner", owner, "group", group);
    }

    private static Summary seen(long owner, long group) {
        return Summary.of(SummaryKind.FILE_MODE, "present", true, "owner", owner, "group", group);
    }

    @Test
    void fileIsGivenAndGivenBack() throws IOException {
        CopiedHost host = CopiedHost.at(folder);
        FileOwner action = new FileOwner(host.root());
        Path file = Files.writeString(host.file("/etc/config"), "x");
        for (long number : new long[] {0, 1, CopiedHost.ANN, 0x7fff_ffffL}) {
            Json.Obj wanted = parameters("/etc/config", number, 0x7fff_ffffL - number);

            assertThat(action.perform(wanted)).isEmpty();
            assertThat(action.look(wanted)).isEqualTo(new Sight.Seen(true, seen(number, 0x7fff_ffffL - number)));
        }
        assertThat(action.undo(parameters("/etc/config", 0, 0), seen(7, 8))).isTrue();
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(7);
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(8);
    }

    @Test
    void linkIsFollowedNowhere() throws IOException {
        CopiedHost host = CopiedHost.at(folder);
        FileOwner action = new FileOwner(host.root());
        Files.createSymbolicLink(host.file("/etc/link"), host.file("/etc/shadow"));
        Files.createSymbolicLink(host.file("/link"), host.file("/etc"));
        for (String path : new String[] {"/etc/link", "/link/shadow"}) {
            assertThat(action.look(parameters(path, 7, 7))).isInstanceOf(Sight.Unseen.class);
            assertThat(action.perform(parameters(path, 7, 7))).isPresent();
        }
        assertThat(Files.getAttribute(host.file("/etc/shadow"), "unix:uid")).isEqualTo(0);
        assertThat(action.look(parameters("/etc/nothing", 7, 7))).isEqualTo(new Sight.Unseen(Failure.NOT_FOUND));
    }
}
