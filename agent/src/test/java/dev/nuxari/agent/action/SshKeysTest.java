package dev.nuxari.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.SshKey;
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
class SshKeysTest {
    private static final String ONE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
    private static final String OTHER =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIICBgoOEhYaHiImKi4yNjo+QkZKTlJWWl5iZmpucnZ6f";
    private static final Json.Obj ADD = Json.object("account", "ann", "key", ONE);

    @TempDir
    private Path folder;

    private CopiedHost host;
    private Path keys;

    @BeforeEach
    void make() throws IOException {
        host = CopiedHost.at(folder);
        keys = host.file("/home/ann/.ssh/authorized_keys");
    }

    private static Json.Obj removal(String key) {
        return Json.object(
                "account", "ann", "fingerprint", SshKey.parse(key).orElseThrow().fingerprint());
    }

    private static Summary seen(boolean present, int known) {
        return Summary.of(SummaryKind.SSH_KEY, "present", present, "keys", known);
    }

    private void write(String text) throws IOException {
        Files.writeString(keys, text);
        Files.setOwner(keys, Numbers.owner(CopiedHost.ANN));
    }

    @Test
    void firstKeyMakesAFileOfThePerson() throws IOException {
        SshKeys action = SshKeys.adding(host.root());
        assertThat(action.look(ADD)).isEqualTo(new Sight.Seen(false, seen(false, 0)));

        assertThat(action.perform(ADD)).isEmpty();

        assertThat(action.look(ADD)).isEqualTo(new Sight.Seen(true, seen(true, 1)));
        assertThat(keys).hasContent(ONE + "\n");
        assertThat(Files.getAttribute(keys, "unix:uid")).isEqualTo((int) CopiedHost.ANN);
        assertThat(Files.getAttribute(keys, "unix:gid")).isEqualTo((int) CopiedHost.ANN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-------");
        assertThat(action.undo(ADD, seen(false, 0))).isTrue();
        assertThat(keys).isEmptyFile();
    }

    @Test
    void keyGoesWithItsOptionsWhereverItStandsAndTheOthersStay() throws IOException {
        String kept = "# a note of " + ONE + "\n" + OTHER + " ann@laptop\n\nnot a key at all\n";
        write(kept + "from=\"10.0.0.0/8\",command=\"/bin/echo a b\" " + ONE + " ann's tablet\n" + ONE + "\n");
        SshKeys action = SshKeys.removing(host.root());
        assertThat(action.look(removal(ONE))).isEqualTo(new Sight.Seen(false, seen(true, 3)));

        assertThat(action.perform(removal(ONE))).isEmpty();

        assertThat(action.look(removal(ONE))).isEqualTo(new Sight.Seen(true, seen(false, 1)));
        assertThat(Files.readString(keys)).isEqualTo(kept);
        assertThat(Files.getAttribute(keys, "unix:uid")).isEqualTo((int) CopiedHost.ANN);
    }

    @Test
    void linkOfThePersonLeadsNowhere() throws IOException {
        Files.createSymbolicLink(keys, host.file("/etc/shadow"));

        assertThat(SshKeys.adding(host.root()).look(ADD)).isEqualTo(new Sight.Unseen(Failure.REFUSED_BY_HOST));
        assertThat(SshKeys.adding(host.root()).perform(ADD)).contains(Failure.REFUSED_BY_HOST);
        assertThat(host.line("/etc/shadow", "ann")).contains(CopiedHost.HASH);
    }

    @Test
    void folderThatIsALinkLeadsNowhere() throws IOException {
        Files.delete(keys.getParent());
        Files.createSymbolicLink(keys.getParent(), host.file("/etc"));

        assertThat(SshKeys.adding(host.root()).perform(ADD)).isPresent();
        assertThat(host.file("/etc/authorized_keys")).doesNotExist();
    }

    @Test
    void fileOfSomebodyElseIsNotRead() throws IOException {
        write(ONE + "\n");
        Files.setOwner(keys, Numbers.owner(1));

        assertThat(SshKeys.removing(host.root()).perform(removal(ONE))).contains(Failure.REFUSED_BY_HOST);
    }

    @Test
    void hardLinkOfASecretStaysWhoseItIs() throws IOException {
        Files.createLink(keys, host.file("/etc/shadow"));

        assertThat(SshKeys.adding(host.root()).perform(ADD)).isEmpty();

        assertThat(Files.getAttribute(keys, "unix:uid")).isEqualTo(0);
        assertThat(Files.readString(host.file("/etc/shadow"))).doesNotContain(ONE);
    }

    @Test
    void withoutAFolderOfKeysThereIsNone() throws IOException {
        Files.delete(keys.getParent());

        assertThat(SshKeys.adding(host.root()).perform(ADD)).contains(Failure.NOT_FOUND);
    }
}
