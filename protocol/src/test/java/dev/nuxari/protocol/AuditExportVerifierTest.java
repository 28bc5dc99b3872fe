package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.AuditExportVerification.Refuted;
import dev.nuxari.protocol.AuditExportVerification.Verified;
import dev.nuxari.protocol.EvidenceVerification.Trust;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** An audit export proves of each event that it is in the log, and whatever was done to the file is noticed. */
@Claim({"A1", "V4"})
class AuditExportVerifierTest {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final ExportedLog LOG = new ExportedLog(NOTARY, 23);
    private static final byte[] GENUINE = LOG.exported(22, 20, 6, 0);

    @Test
    void genuineExportIsVerified() {
        assertThat(AuditExport.claims(GENUINE)).isTrue();
        assertThat(AuditExportVerifier.verify(GENUINE, Optional.empty()))
                .isInstanceOfSatisfying(Verified.class, verified -> {
                    assertThat(verified.trust()).isEqualTo(Trust.KEYS_OF_THE_PACKAGE);
                    assertThat(verified.summary())
                            .isEqualTo(new AuditExportVerification.Summary(
                                    4,
                                    "{\"action\":\"approval.\"}",
                                    NOTARY.origin(),
                                    23,
                                    NOTARY.manifest().fingerprint()));
                });
        assertThat(AuditExportVerifier.verify(LOG.exported(), Optional.empty())).isInstanceOf(Verified.class);
    }

    @Test
    void trustedRootDecidesWhoseKeysCount() {
        assertThat(AuditExportVerifier.verify(GENUINE, Optional.of(NOTARY.manifest())))
                .isInstanceOfSatisfying(
                        Verified.class, verified -> assertThat(verified.trust()).isEqualTo(Trust.TRUSTED_ROOT));

        Notary other = new Notary(RecordedWorkflow.ORGANIZATION);
        byte[] forged = new ExportedLog(other, 23).exported(22);
        assertThat(AuditExportVerifier.verify(forged, Optional.empty())).isInstanceOf(Verified.class);
        refuted(forged, Optional.of(NOTARY.manifest()), "trusted-root");
    }

    @Test
    void exportFromBeforeARotationIsVerifiedAsFarAsTheOldKeyGoes() {
        Instant later = RecordedWorkflow.START.plusSeconds(600);

        assertThat(AuditExportVerifier.verify(
                        GENUINE, Optional.of(NOTARY.rotated(later, 23).manifest())))
                .isInstanceOf(Verified.class);
        refuted(GENUINE, Optional.of(NOTARY.rotated(later, 22).manifest()), "trusted-root");
        Notary second = NOTARY.rotated(later, 7);
        byte[] newer = new ExportedLog(second, 23).exported(22);
        assertThat(AuditExportVerifier.verify(newer, Optional.of(second.manifest())))
                .isInstanceOf(Verified.class);
        refuted(newer, Optional.of(NOTARY.manifest()), "trusted-root");
    }

    @Test
    void eventThatIsNotInTheLogIsRefuted() {
        byte[] invented =
                LOG.exported(writer -> writer.event(LOG.event(6).with("action", "approval.invent"), LOG.proof(6)));

        refuted(invented, Optional.empty(), "events");
    }

    @Test
    void eventAtAnotherPlaceIsRefuted() {
        refuted(LOG.exported(writer -> writer.event(LOG.event(6), LOG.proof(8))), Optional.empty(), "events");
        refuted(
                LOG.exported(writer -> writer.event(LOG.event(6).with("sequence", 8), LOG.proof(8))),
                Optional.empty(),
                "events");
    }

    @Test
    void eventsStandOnceAndTheNewestFirst() {
        refuted(LOG.exported(6, 20), Optional.empty(), "events");
        refuted(LOG.exported(20, 20), Optional.empty(), "events");
    }

    @Test
    void eventOfAnotherOrganizationIsRefuted() {
        Notary other = new Notary(new OrganizationId(UUID.randomUUID()));
        ExportedLog theirs = new ExportedLog(other, 23);
        byte[] mixed = LOG.exported(writer -> writer.event(theirs.event(6), theirs.proof(6)));

        refuted(mixed, Optional.empty(), "events");
    }

    @Test
    void checkpointOfAnotherLogIsRefuted() {
        byte[] elsewhere = LOG.exported(
                NOTARY.manifest(),
                "nuxari.example/log/" + UUID.randomUUID(),
                writer -> writer.event(LOG.event(6), LOG.proof(6)));

        refuted(elsewhere, Optional.empty(), "checkpoint");
    }

    @Test
    void keysOfAnotherOrganizationAreRefuted() {
        KeyManifest others = new Notary(new OrganizationId(UUID.randomUUID())).manifest();
        String own = ",\"organizationId\":\"" + NOTARY.manifest().organization() + "\",\"v\":1}\n";
        String renamed = new String(LOG.exported(6), UTF_8)
                .replace(own, own.replace(NOTARY.manifest().organization().toString(), "" + UUID.randomUUID()));

        refuted(renamed.getBytes(UTF_8), Optional.empty(), "key-manifest");
        refuted(LOG.exported(others, NOTARY.origin(), writer -> {}), Optional.empty(), "checkpoint");
    }

    @Test
    void eventLeftOutIsNoticedBecauseTheEndCounts() {
        List<String> lines = new String(GENUINE, UTF_8).lines().toList();
        String without = String.join("\n", lines.get(0), lines.get(1), lines.get(3), lines.get(4), lines.get(5)) + "\n";

        refuted(without.getBytes(UTF_8), Optional.empty(), "end");
    }

    @Test
    void anyByteChangedIsNoticed() {
        IntStream.range(0, GENUINE.length).parallel().forEach(offset -> {
            byte[] changed = GENUINE.clone();
            changed[offset] ^= (byte) (1 << (offset % 7));
            explained(changed, offset);
        });
    }

    @Property(tries = 100)
    void anyByteLeftOutAndAnyEndCutOffIsNoticed(@ForAll int seed) {
        int offset = Math.floorMod(seed, GENUINE.length);
        byte[] shorter = Arrays.copyOf(GENUINE, GENUINE.length - 1);
        System.arraycopy(GENUINE, offset + 1, shorter, offset, shorter.length - offset);

        explained(shorter, offset);
        explained(Arrays.copyOf(GENUINE, offset), offset);
    }

    @Property(tries = 200)
    void whateverIsNoExportIsRefutedWithAReason(@ForAll byte[] bytes) {
        explained(bytes, 0);
    }

    @Test
    void lineWithoutEndIsRefutedBeforeItIsRead() {
        byte[] endless = new byte[1_000_000];
        Arrays.fill(endless, (byte) '[');

        assertThat(AuditExport.claims(endless)).isFalse();
        explained(endless, 0);
    }

    private static void refuted(byte[] file, Optional<KeyManifest> root, String check) {
        assertThat(AuditExportVerifier.verify(file, root))
                .isInstanceOfSatisfying(
                        Refuted.class,
                        refuted -> assertThat(refuted.first().name()).isEqualTo(check));
    }

    private static void explained(byte[] file, int offset) {
        assertThat(AuditExportVerifier.verify(file, Optional.empty()))
                .as("byte %d", offset)
                .isInstanceOfSatisfying(Refuted.class, refuted -> {
                    Check.Refuted why = (Check.Refuted) refuted.first().result();
                    assertThat(why.reason()).isNotBlank();
                    assertThat(why.where().length()).isLessThan(200);
                });
    }

    @Test
    void filterIsSignedToo() {
        byte[] otherFilter = new String(GENUINE, UTF_8)
                .replace("\"action\":\"approval.\"}", "\"action\":\"identity.\"}")
                .getBytes(UTF_8);

        assertThat(Json.parseObject(new String(otherFilter, UTF_8)
                                .lines()
                                .findFirst()
                                .orElseThrow())
                        .object("filter")
                        .string("action"))
                .isEqualTo("identity.");
        refuted(otherFilter, Optional.empty(), "end");
    }
}
