package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.cli.verify.Offline;
import dev.nuxari.kernel.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that an auditor takes home. */
@Claim("V4")
class EvidenceFileTest {
    private static final int FLIPS = 600;

    private final Composed stack = Composed.stack();
    private byte[] file = new byte[0];
    private byte[] root = new byte[0];

    @TempDir
    private Path folder;

    @BeforeEach
    void takeHomeTheNewestPackage() {
        String id =
                stack.api("auditor").list("/evidence-packages", 1).getFirst().string("id");
        file = stack.api("auditor").download("/evidence-packages/" + id + "/export");
        root = stack.api("auditor").keys();
    }

    @Test
    void untouchedFileVerifies() throws IOException {
        Program.Ended ended = verify(file, root);

        assertThat(ended.code()).as(ended.out() + ended.notes()).isZero();
        assertThat(ended.out()).startsWith("Verified: ").contains("the keys are those of the trusted root");
    }

    @Test
    void withoutTrustedRootTheFingerprintIsToBeCompared() throws IOException {
        Program.Ended ended = Program.run("verify", written("package.json", file));

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("compare their fingerprint");
    }

    @Test
    void changedByteMakesTheProgramSayWhatIsWrong() throws IOException {
        byte[] changed = flipped(file.length / 2, 1);

        Program.Ended ended = verify(changed, root);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).startsWith("Refuted: ").contains("refuted  ");
    }

    @Test
    void everyChangedByteIsFound() {
        Random random = new Random(20261123);
        for (int flip = 0; flip < FLIPS; flip++) {
            int place = flip < 40 ? flip : random.nextInt(file.length);
            int bit = 1 << random.nextInt(8);

            Offline offline = Offline.verify(flipped(place, bit), Optional.of(root));

            assertThat(offline.verified()).as("bit %d of byte %d", bit, place).isFalse();
            assertThat(offline.conclusion()).startsWith("Refuted: ").hasSizeGreaterThan("Refuted: ".length());
        }
    }

    @Test
    void keysOfAnotherOrganizationAreNoRoot() throws IOException {
        byte[] foreign = stack.people("globex").as("auditor").api().keys();

        Program.Ended ended = verify(file, foreign);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("trusted-root");
    }

    @Test
    void fileThatIsNotThereIsUsage() {
        assertThat(Program.run("verify", folder.resolve("nothing.json").toString())
                        .code())
                .isEqualTo(2);
    }

    private byte[] flipped(int place, int bit) {
        byte[] changed = file.clone();
        changed[place] ^= (byte) bit;
        return changed;
    }

    private Program.Ended verify(byte[] evidence, byte[] keys) throws IOException {
        return Program.run("verify", written("package.json", evidence), "--trusted-root", written("root.json", keys));
    }

    private String written(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }
}
