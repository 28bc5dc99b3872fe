package dev.nuxari.server.findings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSignature;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogMemoryTest {
    private final OrganizationId organization = new OrganizationId(UUID.randomUUID());

    @TempDir
    Path folder;

    @Test
    void newestCheckpointIsKeptBeyondTheProcess() {
        memory().remember(organization, note(5));
        memory().remember(organization, note(7));
        memory().remember(organization, note(6));

        assertThat(memory().of(organization)).map(Checkpoint::size).contains(7L);
        assertThat(memory().of(new OrganizationId(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void withoutAFolderItIsKeptInTheProcess() {
        LogMemory memory = new LogMemory(new LogWatchConfig(Duration.ofMinutes(1), Duration.ofHours(1), null));
        memory.remember(organization, note(7));
        memory.remember(organization, note(6));

        assertThat(memory.of(organization)).map(Checkpoint::size).contains(7L);
    }

    @Test
    void whatIsNoCheckpointIsNotTakenForAnEmptyMemory() throws IOException {
        Files.writeString(folder.resolve(organization + ".checkpoint"), "nothing");

        assertThatThrownBy(() -> memory().of(organization)).isInstanceOf(IllegalArgumentException.class);
    }

    private LogMemory memory() {
        return new LogMemory(new LogWatchConfig(Duration.ofMinutes(1), Duration.ofHours(1), folder));
    }

    private static SignedNote note(long size) {
        var checkpoint = new Checkpoint("nuxari.local/log/x", size, MerkleHash.leaf(new byte[] {(byte) size}));
        Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
        var verifier = new VerifierKey(checkpoint.origin(), key.publicKey());
        return new SignedNote(
                checkpoint.text(),
                List.of(NoteSignature.of(verifier, key.sign(checkpoint.text().getBytes(UTF_8)))));
    }
}
