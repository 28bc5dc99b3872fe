package dev.nuxari.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Claim("V4")
class KeyManifestTest {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private final KeyManifest manifest = NOTARY.manifest();

    @Test
    void isReadAsItWasWritten() {
        KeyManifest read = KeyManifest.parse(Json.parseObject(manifest.json().canonical()));

        assertThat(read.json()).isEqualTo(manifest.json());
        assertThat(read.verify()).isEqualTo(new Verified());
        assertThat(read.fingerprint()).isEqualTo(manifest.fingerprint()).hasSize(64);
        assertThat(read.key(KeyName.ARCHIVE).key().algorithm()).isEqualTo(Algorithm.ML_DSA_65);
    }

    @Test
    void anyChangeBreaksItsSignature() {
        Obj json = manifest.json();
        Obj otherVersion = json.with("version", 2);
        Obj fewerKeys = json.with("keys", json.objects("keys").subList(0, 2));
        Obj otherSignature = json.with(
                "signature",
                new Notary(RecordedWorkflow.ORGANIZATION).manifest().signature());

        for (Obj forged : List.of(otherVersion, fewerKeys, otherSignature)) {
            assertThat(KeyManifest.parse(forged).verify())
                    .isEqualTo(new Refuted("the manifest is not signed by its log key"));
        }
        assertThat(KeyManifest.parse(json.with("signature", "?")).verify()).isInstanceOf(Refuted.class);
    }

    @Test
    void keyIdBelongsToOrganizationNameAndKey() {
        OrganizationId other = new OrganizationId(UUID.fromString(RecordedWorkflow.uuid(0xbb)));
        assertThat(KeyManifest.parse(manifest.json().with("organizationId", other))
                        .verify())
                .isInstanceOfSatisfying(
                        Refuted.class,
                        refuted -> assertThat(refuted.reason()).startsWith("the key id of the log key is"));
    }

    @Test
    void isSignedByTheLogKeyThatItNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyManifest.issue(
                        RecordedWorkflow.ORGANIZATION, 1, RecordedWorkflow.START, manifest.keys(), NOTARY.archive()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyManifest.issue(
                        RecordedWorkflow.ORGANIZATION,
                        1,
                        RecordedWorkflow.START,
                        List.of(NOTARY.archive().published()),
                        NOTARY.log()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "organizationId", "version", "issuedAt", "keys", "signature"})
    void refusesWhatIsNoManifest(String member) {
        assertThatThrownBy(() -> KeyManifest.parse(manifest.json().without(member)))
                .isInstanceOf(JsonException.class)
                .hasMessage("/" + member + ": missing");
        assertThatThrownBy(() -> KeyManifest.parse(manifest.json().with(member, List.of(Json.object()))))
                .isInstanceOf(JsonException.class);
    }
}
