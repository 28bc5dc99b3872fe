package dev.nuxari.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.SshKey;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
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

    private Accounts.Account ann() throws IOException {
        return new Accounts(host.root()).account("ann").orElseThrow();
    }

    private Path secret() throws IOException {
        Path secret = Files.writeString(host.file("/home/ann/roots"), ONE + " of root\n");
        return Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    }

    private SshKeys.Former read(ExchangedFolder.Deed meanwhile) throws IOException {
        return host.root()
                .at(
                        "/home/ann/.ssh/authorized_keys",
                        (folder, name) -> SshKeys.read(
                                new ExchangedFolder(folder, meanwhile, ExchangedFolder.Deed::nothing), name, ann()));
    }

    /** Between the look at the name and its opening. */
    @Test
    void whatIsPutThereMeanwhileIsNotRead() throws IOException {
        Path secret = secret();
        for (ExchangedFolder.Deed exchange : new ExchangedFolder.Deed[] {
            () -> Files.createSymbolicLink(keys, secret),
            () -> Files.createLink(keys, secret),
            () -> Files.move(secret, keys)
        }) {
            Files.deleteIfExists(keys);
            write(OTHER + "\n");
            assertThatThrownBy(() -> read(() -> {
                        Files.move(keys, keys.resolveSibling("former"), StandardCopyOption.REPLACE_EXISTING);
                        exchange.happens();
                    }))
                    .isInstanceOf(IOException.class);
        }
        Files.deleteIfExists(keys);
        write(OTHER + "\n");
        assertThat(read(ExchangedFolder.Deed::nothing).text()).isEqualTo(OTHER + "\n");
    }

    /** Else the agent would give root's file to the person. */
    @Test
    void fileThatIsPutInThePlaceOfTheNewOneStaysWhoseItIs() throws IOException {
        Path secret = secret();
        Path made = keys.resolveSibling("authorized_keys.nuxari-new");
        host.root().at("/home/ann/.ssh/authorized_keys", (folder, name) -> {
            SshKeys.replace(
                    new ExchangedFolder(
                            folder,
                            ExchangedFolder.Deed::nothing,
                            () -> Files.move(secret, made, StandardCopyOption.REPLACE_EXISTING)),
                    name,
                    ann(),
                    new SshKeys.Former(OTHER + "\n", Optional.empty()));
            return name;
        });

        assertThat(keys).hasContent(ONE + " of root\n");
        assertThat(Files.getAttribute(keys, "unix:uid")).isEqualTo(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-------");
    }

    /** The content is root's: whoever the file belongs to by now, the new one is root's too. */
    @Test
    void newFileIsWhoseTheOneWasThatWasRead() throws IOException {
        write(ONE + "\n");
        Files.setOwner(keys, Numbers.owner(0));
        host.root().at("/home/ann/.ssh/authorized_keys", (folder, name) -> {
            SshKeys.Former former = SshKeys.read(folder, name, ann());
            Files.delete(keys);
            write(OTHER + "\n");
            SshKeys.replace(folder, name, ann(), former);
            return name;
        });

        assertThat(Files.getAttribute(keys, "unix:uid")).isEqualTo(0);
    }

    @Test
    void pipeThatIsPutThereMeanwhileIsNotWaitedForWithoutAnEnd() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", keys.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> Patience.with(Duration.ofMillis(100), () -> Files.readAllBytes(keys)))
                .isInstanceOf(Patience.TookTooLong.class);
        assertThat(Looking.failure(new Patience.TookTooLong())).isEqualTo(Failure.TIMED_OUT);
        assertThat(Patience.with(() -> "read")).isEqualTo("read");
        assertThatThrownBy(() -> Patience.with(() -> {
                    throw new NoSuchFileException("x");
                }))
                .isInstanceOf(NoSuchFileException.class);
    }
}
