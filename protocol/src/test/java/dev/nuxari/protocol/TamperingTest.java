package dev.nuxari.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** One byte of a genuine package is another: whatever it was, the package is refuted, and the verifier says why. */
@Claim({"A1", "A4", "V4"})
class TamperingTest {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final byte[] GENUINE = NOTARY.packaged(RecordedWorkflow.completed());

    /** Values that keep the text well-formed JSON more often than a random one would. */
    private static final byte[] PLAUSIBLE = {'0', '1', 'a', 'A', '"'};

    private static final int STRIDE = 4;

    @Test
    void anyByteChangedByOneBitIsNoticed() {
        IntStream.range(0, GENUINE.length)
                .parallel()
                .forEach(offset -> noticed(offset, changed(offset, (byte) (GENUINE[offset] ^ (1 << (offset % 7))))));
    }

    @Test
    void anyByteChangedToAPlausibleOneIsNoticed() {
        int start = new SecureRandom().nextInt(STRIDE); // every offset has its turn, in one run or another
        IntStream.iterate(start, offset -> offset < GENUINE.length, offset -> offset + STRIDE)
                .parallel()
                .forEach(offset -> {
                    byte value = PLAUSIBLE[offset % PLAUSIBLE.length];
                    if (GENUINE[offset] != value) {
                        noticed(offset, changed(offset, value));
                    }
                });
    }

    @Property(tries = 100)
    void anyByteChangedToAnyOtherIsNoticed(@ForAll int seed, @ForAll byte value) {
        int offset = Math.floorMod(seed, GENUINE.length);
        if (GENUINE[offset] != value) {
            refuted(offset, changed(offset, value));
        }
    }

    @Property(tries = 100)
    void anyByteLeftOutAndAnyEndCutOffIsNoticed(@ForAll int seed) {
        int offset = Math.floorMod(seed, GENUINE.length);
        byte[] shorter = Arrays.copyOf(GENUINE, GENUINE.length - 1);
        System.arraycopy(GENUINE, offset + 1, shorter, offset, shorter.length - offset);

        refuted(offset, shorter);
        refuted(offset, Arrays.copyOf(GENUINE, offset));
    }

    private static byte[] changed(int offset, byte value) {
        byte[] tampered = GENUINE.clone();
        tampered[offset] = value;
        return tampered;
    }

    private static void refuted(int offset, byte[] tampered) {
        assertThat(EvidenceVerifier.verify(tampered, Optional.empty()))
                .as("byte %d", offset)
                .isInstanceOf(EvidenceVerification.Refuted.class);
        noticed(offset, tampered);
    }

    /** Asks only until something is wrong: all questions of all variants would take minutes. */
    private static void noticed(int offset, byte[] tampered) {
        Optional<Check> refuted = EvidenceVerifier.firstRefutation(tampered);
        boolean explained = refuted.isPresent()
                && refuted.get().result() instanceof Check.Refuted(String reason, String where)
                && !reason.isBlank()
                && where.length() < 200;
        assertThat(explained).as("byte %d of %d", offset, GENUINE.length).isTrue();
    }
}
