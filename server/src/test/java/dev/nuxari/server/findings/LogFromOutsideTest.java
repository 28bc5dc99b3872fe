package dev.nuxari.server.findings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.AuditEventRule;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.LogIdentity;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.transparency.LogKey;
import dev.nuxari.transparency.LogSource;
import dev.nuxari.transparency.LogVerification;
import dev.nuxari.transparency.LogVerification.Refuted;
import dev.nuxari.transparency.LogVerification.Stretch;
import dev.nuxari.transparency.LogVerification.Verified;
import dev.nuxari.transparency.LogVerifier;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.TlogProof;
import dev.nuxari.transparency.Verification;
import dev.nuxari.transparency.VerifierKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody who is a superuser of the database tampers with a log, and an auditor notices from outside, over HTTP. */
@ServerTest
@Claim({"A4", "V1"})
class LogFromOutsideTest {
    private static final int EVENTS = 9;

    @Autowired
    TestHttp http;

    private final HttpClient client = HttpClient.newHttpClient();
    private TestOrganization organization = TestOrganization.fresh();
    private TamperedLog stored = new TamperedLog(organization.id());
    private String token = "";

    @BeforeEach
    void freshLog() {
        organization = TestOrganization.fresh();
        stored = new TamperedLog(organization.id());
        token = TestBroker.instance().token(organization.member(Role.AUDITOR));
        append(EVENTS);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void soundLogIsVerifiedAndMayGrow() throws IOException {
        Verified before = (Verified) verify(Optional.empty());
        append(3);

        assertThat(verify(Optional.of(before.checkpoint()))).isInstanceOfSatisfying(Verified.class, after -> {
            assertThat(before.head().size()).isEqualTo(EVENTS);
            assertThat(after.head().size()).isEqualTo(EVENTS + 3);
            assertThat(after.since()).contains(before.head());
        });
    }

    @Test
    void logOfSeveralTilesIsVerified() throws IOException {
        stored.rewrite(LongStream.range(0, 700)
                .mapToObj(sequence -> stored.leaves().getFirst().with("sequence", sequence))
                .toList());

        assertThat(verify(Optional.empty())).isInstanceOf(Verified.class);
    }

    @Test
    void editedEventContradictsTheSignature() throws IOException {
        SignedNote before = ((Verified) verify(Optional.empty())).checkpoint();
        edit("convert_to(replace(convert_from(leaf, 'UTF8'), 'refused', 'failed'), 'UTF8')");

        assertThat(refuted(Optional.empty()).resource()).isEqualTo("checkpoint");
        assertThat(refuted(Optional.of(before)).resource()).isEqualTo("checkpoint");
    }

    @Test
    void eventThatIsNoneIsNamed() throws IOException {
        edit("leaf || ' '");

        assertThat(refuted(Optional.empty()))
                .isEqualTo(new Refuted(
                        "is not in the canonical form (RFC 8785)", "tile/entries/000.p/9", new Stretch(5, 5)));
    }

    /** Changes an event and its hash, which a constraint of the table compares. */
    private void edit(String leaf) {
        stored.sql("UPDATE audit_event SET leaf = " + leaf + ", leaf_hash = sha256('\\x00'::bytea || " + leaf
                + ") WHERE sequence = 5 AND organization_id = ?");
    }

    @Test
    void deletedEventIsNoticed() throws IOException {
        stored.sql("DELETE FROM audit_event WHERE sequence = 4 AND organization_id = ?");

        assertThat(refuted(Optional.empty()).resource()).isEqualTo("tile/entries/000.p/9");
    }

    @Test
    void eventsThatChangedPlacesAreNoticed() throws IOException {
        stored.swap(2, 3);

        assertThat(refuted(Optional.empty()))
                .isEqualTo(new Refuted("says that it is event 3", "tile/entries/000.p/9", new Stretch(2, 2)));
    }

    @Test
    void insertedEventContradictsWhatWasRemembered() throws IOException {
        SignedNote before = ((Verified) verify(Optional.empty())).checkpoint();
        List<Json.Obj> leaves = new ArrayList<>(stored.leaves());
        leaves.add(3, leaves.get(3).with("id", "0198c5a0-0000-7000-8000-0000000000aa"));
        stored.rewrite(LongStream.range(0, leaves.size())
                .mapToObj(sequence -> leaves.get((int) sequence).with("sequence", sequence))
                .toList());

        assertThat(verify(Optional.empty())).isInstanceOf(Verified.class);
        assertThat(refuted(Optional.of(before)).entries()).isEqualTo(new Stretch(0, EVENTS - 1));
    }

    @Test
    void tailThatWasCutOffContradictsWhatWasRemembered() throws IOException {
        SignedNote before = ((Verified) verify(Optional.empty())).checkpoint();
        restoreOlderState(6);

        assertThat(verify(Optional.empty())).isInstanceOf(Verified.class);
        assertThat(refuted(Optional.of(before)).entries()).isEqualTo(new Stretch(6, EVENTS - 1));
    }

    @Test
    void olderStateThatGrewAgainContradictsWhatWasRemembered() throws IOException {
        SignedNote before = ((Verified) verify(Optional.empty())).checkpoint();
        restoreOlderState(6);
        append(7);

        assertThat(verify(Optional.empty())).isInstanceOf(Verified.class);
        assertThat(refuted(Optional.of(before)).entries()).isEqualTo(new Stretch(0, EVENTS - 1));
    }

    @Test
    void proofOfAnEventIsVerifiedWithTheKeyAlone() {
        TlogProof proof = TlogProof.parse(text("proof?leaf=4"));
        VerifierKey key = keys().getFirst().verifier();
        byte[] event = stored.leaves().get(4).canonicalBytes();

        assertThat(proof.verify(event, key)).isEqualTo(new Verification.Verified());
        assertThat(proof.verify(stored.leaves().get(5).canonicalBytes(), key)).isInstanceOf(Verification.Refuted.class);
        append(1);
        assertThat(TlogProof.parse(text("proof?leaf=4"))).isEqualTo(proof);
        assertThat(TlogProof.parse(text("proof?leaf=4&size=" + EVENTS))).isEqualTo(proof);
    }

    @Test
    void proofOfWhatWasNeverSignedIsNotFound() {
        text("checkpoint");
        for (String query : List.of("leaf=99", "leaf=-1", "leaf=4&size=5", "leaf=9&size=9", "leaf=4&size=-1")) {
            assertThat(http.as(organization.member(Role.AUDITOR))
                            .get("/log/" + organization.id() + "/proof?" + query)
                            .status())
                    .as(query)
                    .isEqualTo(404);
        }
    }

    private void restoreOlderState(int events) {
        stored.rewrite(stored.leaves().subList(0, events));
        stored.sql("DELETE FROM audit_checkpoint WHERE size > " + events + " AND organization_id = ?");
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            http.as(organization.member(Role.READONLY)).get("/audit-head");
        }
    }

    private Refuted refuted(Optional<SignedNote> since) throws IOException {
        LogVerification verification = verify(since);
        assertThat(verification).isInstanceOf(Refuted.class);
        return (Refuted) verification;
    }

    private LogVerification verify(Optional<SignedNote> since) throws IOException {
        List<LogKey> keys = keys();
        String name = keys.getFirst().verifier().name();
        return new LogVerifier(keys, log(), new AuditEventRule(name)).verify(since, size -> {});
    }

    private List<LogKey> keys() {
        return LogIdentity.keys(
                KeyManifest.parse(Json.parseObject(text("keys"))), SignedNote.parse(text("checkpoint")));
    }

    private String text(String path) {
        try {
            return new String(log().read(path).orElseThrow(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private LogSource log() {
        return path -> {
            HttpRequest request = HttpRequest.newBuilder(http.uri("/log/" + organization.id() + "/" + path))
                    .header("Authorization", "Bearer " + token)
                    .build();
            try {
                HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        };
    }
}
