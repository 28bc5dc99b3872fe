package dev.nuxari.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Claim({"A4", "V1"})
class ArchivedCheckpointTest {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final SignedNote CHECKPOINT = SignedNote.parse(Json.parseObject(
                    new String(NOTARY.packaged(RecordedWorkflow.completed()), java.nio.charset.StandardCharsets.UTF_8))
            .object("log")
            .string("checkpoint"));

    private final ArchivedCheckpoint archived = ArchivedCheckpoint.sign(CHECKPOINT, NOTARY.archive());

    @Test
    void isReadAsItWasWrittenAndVerifies() {
        ArchivedCheckpoint read =
                ArchivedCheckpoint.parse(Json.parseObject(archived.json().canonical()));

        assertThat(read).isEqualTo(archived);
        assertThat(read.verify(NOTARY.manifest())).isEqualTo(new Verified());
    }

    @Test
    void anotherCheckpointOrAnotherKeyIsRefuted() {
        Notary other = new Notary(RecordedWorkflow.ORGANIZATION);
        String changed = CHECKPOINT.encoded().replace("\n11\n", "\n12\n");

        assertThat(new ArchivedCheckpoint(SignedNote.parse(changed), archived.keyId(), archived.signature())
                        .verify(NOTARY.manifest()))
                .isInstanceOf(Refuted.class);
        assertThat(archived.verify(other.manifest())).isInstanceOf(Refuted.class);
        assertThat(new ArchivedCheckpoint(CHECKPOINT, archived.keyId(), "?").verify(NOTARY.manifest()))
                .isInstanceOf(Refuted.class);
    }

    @Test
    void onlyTheArchiveKeySigns() {
        assertThatIllegalArgumentException().isThrownBy(() -> ArchivedCheckpoint.sign(CHECKPOINT, NOTARY.log()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "checkpoint", "keyId", "algorithm", "signature"})
    void memberThatIsMissingOrOfAnotherKindIsAnError(String member) {
        Obj json = archived.json();

        assertThatThrownBy(() -> ArchivedCheckpoint.parse(json.without(member))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> ArchivedCheckpoint.parse(json.with(member, 7))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> ArchivedCheckpoint.parse(json.with("algorithm", "ed25519")))
                .isInstanceOf(JsonException.class);
    }
}
