package dev.nuxari.protocol.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Claim("E5")
class ClosedSchemaTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.000Z");
    private static final UUID AGENT = UuidV7.at(NOW);
    private static final Summary BEFORE = Summary.of(SummaryKind.FILE_MODE, "present", true, "mode", 0644);

    private final PlatformInHand platform = new PlatformInHand();

    @ParameterizedTest
    @EnumSource
    void noKindOfSummaryHasRoomForText(SummaryKind kind) {
        assertThat(kind.shape().members().values()).allMatch(ValueType::isForSummaries);
        for (ValueType type : kind.shape().members().values()) {
            assertThat(type.admits(Json.of("root:$6$salt$hash:19000:0:99999:7:::")))
                    .isFalse();
            assertThat(type.admits(Json.of("a sentence of a log"))).isFalse();
            assertThat(type.admits(Json.of("/etc/shadow"))).isFalse();
            assertThat(type.admits(Json.of("x".repeat(ValueType.Identifier.LONGEST + 1))))
                    .isFalse();
            assertThat(type.admits(Json.array("x"))).isFalse();
            assertThat(type.admits(Json.object("x", "y"))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "-begins", "line\nbreak", "a/b", "quote\"", "größe", "a=b", "a;b", "$x"})
    void identifierIsNoText(String text) {
        assertThat(new ValueType.Identifier().admits(Json.of(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "_apt", "openssh-server", "1:9.2p1-2+deb12u3", "ann@example", "5.1.1"})
    void namesAreIdentifiers(String text) {
        assertThat(new ValueType.Identifier().admits(Json.of(text))).isTrue();
    }

    @Test
    void summaryHasTheValuesOfItsKindOnly() {
        assertThatThrownBy(() -> Summary.of(SummaryKind.FILE_MODE, "present", true, "content", "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Summary.of(SummaryKind.FILE_MODE, "mode", 0644))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Summary.of(SummaryKind.FILE_MODE, "present", true, "mode", -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Receipt receipt(Ending ending) {
        return new Receipt(platform.organization(), AGENT, 7, NOW, "0".repeat(64), Optional.of(AGENT), ending);
    }

    @Test
    void receiptIsReadAsItWasWritten() {
        Receipt done = receipt(
                new Ending(Outcome.CHANGED, Optional.empty(), Optional.of(BEFORE), Optional.of(BEFORE), NOW, NOW));
        Receipt rejected = receipt(Ending.rejected(Rejection.STEP_DONE));
        for (Receipt receipt : List.of(done, rejected)) {
            DsseEnvelope signed = receipt.sign(Ed25519PrivateKey.generate(new SecureRandom()));

            assertThat(Receipt.parse(Json.parseObject(new String(signed.payloadBytes(), StandardCharsets.UTF_8))))
                    .isEqualTo(receipt);
        }
    }

    @Test
    void receiptHasNoRoomForText() {
        Json.Obj failed = receipt(new Ending(
                        Outcome.FAILED, Optional.of("not-found"), Optional.empty(), Optional.empty(), NOW, NOW))
                .json();

        assertThat(Receipt.parse(failed).ending().reason()).contains("not-found");
        assertThatThrownBy(() -> Receipt.parse(failed.with("reason", "cat: /etc/shadow: Permission denied")))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Receipt.parse(failed.with("output", "x"))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Receipt.parse(failed.with(
                        "before", Json.object("kind", "file-mode", "values", Json.object("present", "yes")))))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Receipt.parse(failed.with("outcome", "changed")))
                .isInstanceOf(JsonException.class);
        assertThat(Failure.values()).hasSize(5);
    }

    @Test
    void observationsAreReadAsTheyWereWritten() {
        Observations seen =
                new Observations(platform.organization(), AGENT, 3, NOW, "files", 1, true, List.of(BEFORE, BEFORE));

        assertThat(Observations.parse(seen.json())).isEqualTo(seen);
        assertThatThrownBy(() -> Observations.parse(seen.json().with("source", "a sentence")))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Observations.parse(seen.json().with("note", "x")))
                .isInstanceOf(JsonException.class);
    }
}
