package dev.nuxari.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.protocol.EvidenceVerification.Trust;
import dev.nuxari.protocol.EvidenceVerification.Verified;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Claim({"A1", "V4"})
class EvidenceAcrossRotationsTest {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);

    private final RecordedWorkflow genuine = RecordedWorkflow.completed();

    @Test
    void packageFromBeforeARotationIsVerifiedWithTheNewestKeys() {
        byte[] sealed = NOTARY.packaged(genuine);
        Notary second = NOTARY.rotated(sealedAt(), Notary.LOG_SIZE);
        Notary third = second.rotated(sealedAt().plusSeconds(60), 70);

        for (KeyManifest newest : List.of(second.manifest(), third.manifest())) {
            assertThat(EvidenceVerifier.verify(sealed, Optional.of(newest)))
                    .isInstanceOfSatisfying(
                            Verified.class,
                            verified -> assertThat(verified.trust()).isEqualTo(Trust.TRUSTED_ROOT));
        }
    }

    @Test
    void packageFromAfterARotationNeedsTheNewerKeys() {
        Notary second = NOTARY.rotated(RecordedWorkflow.START, 3);
        byte[] sealed = second.packaged(genuine);

        assertThat(EvidenceVerifier.verify(sealed, Optional.of(second.manifest())))
                .isInstanceOf(Verified.class);
        assertThat(EvidenceVerifier.verify(sealed, Optional.empty())).isInstanceOf(Verified.class);
        Check.Refuted refuted = untrusted(sealed, NOTARY.manifest());
        assertThat(refuted.where()).isEqualTo("/keys/keys");
        assertThat(refuted.reason()).endsWith("it is version 1 of the keys, the file names version 2");
    }

    @Test
    void retiredKeySealsNothingLater() {
        Notary earlier = NOTARY.rotated(sealedAt().minusMillis(1), Notary.LOG_SIZE);

        assertThat(untrusted(NOTARY.packaged(genuine), earlier.manifest()).where())
                .isEqualTo("/sealedAt");
    }

    /** A thief of the old key can write any time into a package, but not shorten the log. */
    @Test
    void retiredKeyVouchesForNoLargerLog() {
        Notary smaller = NOTARY.rotated(sealedAt(), Notary.LOG_SIZE - 1);

        Check.Refuted refuted = untrusted(NOTARY.packaged(genuine), smaller.manifest());

        assertThat(refuted.where()).isEqualTo("/log/checkpoint");
        assertThat(refuted.reason()).contains("was replaced when the log had 10 entries");
    }

    @Test
    void checkpointOfARetiredKeyIsBoundedByThePackagesOwnKeysToo() {
        Notary inTime = NOTARY.rotated(RecordedWorkflow.START, Notary.LOG_SIZE);
        Notary late = NOTARY.rotated(RecordedWorkflow.START, Notary.LOG_SIZE - 1);

        assertThat(EvidenceVerifier.verify(underCheckpointOfTheFirstKey(inTime), Optional.empty()))
                .isInstanceOf(Verified.class);
        assertThat(EvidenceVerifier.firstRefutation(underCheckpointOfTheFirstKey(late)))
                .hasValueSatisfying(check -> assertThat(check.name()).isEqualTo("checkpoint"));
    }

    private byte[] underCheckpointOfTheFirstKey(Notary second) {
        EvidenceDraft draft = second.draft(genuine);
        return NOTARY.logged(
                draft.sign(second.log(), second.archive()), second.event(draft), Notary.INDEX, second.origin());
    }

    private static Check.Refuted untrusted(byte[] file, KeyManifest root) {
        List<Check> refuted = EvidenceVerifier.verify(file, Optional.of(root)).checks().stream()
                .filter(check -> !check.passed())
                .toList();
        assertThat(refuted).extracting(Check::name).containsExactly("trusted-root");
        return (Check.Refuted) refuted.getFirst().result();
    }

    private Instant sealedAt() {
        return genuine.header().sealedAt();
    }
}
