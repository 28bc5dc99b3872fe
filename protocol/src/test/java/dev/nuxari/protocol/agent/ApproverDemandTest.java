package dev.nuxari.protocol.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@Claim("V3")
class ApproverDemandTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.000Z");
    private static final UUID AGENT = UuidV7.at(NOW);
    private static final byte PRESENT = 0x01;
    private static final byte VERIFIED = 0x04;

    private final SoftAuthenticator ann = SoftAuthenticator.es256("ann's key");
    private final SoftAuthenticator ben = SoftAuthenticator.ed25519("ben's key");
    private final SoftAuthenticator bensOther = SoftAuthenticator.es256("ben's phone");
    private final SoftAuthenticator stranger = SoftAuthenticator.es256("somebody's key");
    private final PlatformInHand platform = new PlatformInHand();
    private final Json.Obj plan =
            platform.plan(AGENT, ActionType.FILE_MODE_SET, Json.object("path", "/srv/app/config", "mode", 0640), NOW);
    private final PlanHash hash = PlatformInHand.hash(plan);

    private HostPolicy policy(int needed, Optional<String> annsReference) {
        Json.Obj annPinned = Json.object("id", "ann", "credentials", List.of(ann.pinned()));
        return policy(
                needed,
                annsReference.map(member -> annPinned.with("member", member)).orElse(annPinned),
                Json.object("id", "ben", "credentials", List.of(ben.pinned(), bensOther.pinned())));
    }

    private static HostPolicy policy(int needed, Json.Obj... approvers) {
        Json.Obj demand = Json.object(
                "needed",
                needed,
                "relyingPartyId",
                SoftAuthenticator.RELYING_PARTY,
                "origins",
                List.of(SoftAuthenticator.ORIGIN),
                "approvers",
                List.of(approvers));
        return HostPolicy.parse(Json.object("v", 1, "maximumPlanAgeDays", 30, "actions", List.of(), "approvals", demand)
                .canonical());
    }

    private boolean isSatisfied(int needed, Assertion... assertions) {
        return policy(needed, Optional.empty()).isSatisfiedBy(order(assertions));
    }

    private ActionPackage order(Assertion... assertions) {
        ActionPackage order = platform.order(plan, 1, NOW);
        return ActionPackage.parse(order.json()
                .with(
                        "approverAssertions",
                        Stream.of(assertions).map(Assertion::json).toList()));
    }

    @Test
    void eachApproverCountsOnce() {
        assertThat(isSatisfied(2, ann.sign(hash), ben.sign(hash))).isTrue();
        assertThat(isSatisfied(2, ann.sign(hash), ann.sign(hash))).isFalse();
        assertThat(isSatisfied(2, ben.sign(hash), bensOther.sign(hash))).isFalse();
        assertThat(isSatisfied(1, bensOther.sign(hash))).isTrue();
        assertThat(isSatisfied(1)).isFalse();
    }

    @Test
    void strangerDoesNotCount() {
        assertThat(isSatisfied(1, stranger.sign(hash))).isFalse();
        Assertion theirs = ann.sign(hash);
        Assertion forged = new Assertion(
                theirs.credentialId(),
                theirs.authenticatorData(),
                theirs.clientDataJson(),
                stranger.sign(hash).signature());
        assertThat(isSatisfied(1, forged)).isFalse();
    }

    @Test
    void signatureOverAnotherPlanDoesNotCount() {
        assertThat(isSatisfied(1, ann.sign(new PlanHash("0".repeat(64))))).isFalse();
        // The challenge of a sign-in, with the plan's hash in some other place.
        Json.Obj signIn = SoftAuthenticator.clientData(hash).with("challenge", hash.hex());
        assertThat(isSatisfied(1, ann.sign(hash, signIn, SoftAuthenticator.RELYING_PARTY, (byte) 0x05)))
                .isFalse();
    }

    @Test
    void everyPartOfAnAssertionIsLookedAt() {
        Json.Obj client = SoftAuthenticator.clientData(hash);
        String relyingParty = SoftAuthenticator.RELYING_PARTY;
        byte both = PRESENT | VERIFIED;

        assertThat(isSatisfied(1, ann.sign(hash, client, relyingParty, both))).isTrue();
        assertThat(isSatisfied(1, ann.sign(hash, client.without("crossOrigin"), relyingParty, both)))
                .isTrue();
        assertThat(isSatisfied(1, ann.sign(hash, client, relyingParty, PRESENT)))
                .isFalse();
        assertThat(isSatisfied(1, ann.sign(hash, client, relyingParty, VERIFIED)))
                .isFalse();
        assertThat(isSatisfied(1, ann.sign(hash, client, "nuxari.example", both)))
                .isFalse();
        assertThat(isSatisfied(1, ann.sign(hash, client.with("type", "webauthn.create"), relyingParty, both)))
                .isFalse();
        assertThat(isSatisfied(1, ann.sign(hash, client.with("origin", "https://nuxari.example"), relyingParty, both)))
                .isFalse();
        assertThat(isSatisfied(1, ann.sign(hash, client.with("crossOrigin", true), relyingParty, both)))
                .isFalse();
    }

    @Test
    void requesterDoesNotCountAsApprover() {
        String requester = plan.string("requester");

        assertThat(policy(1, Optional.of(requester)).isSatisfiedBy(order(ann.sign(hash))))
                .isFalse();
        assertThat(policy(1, Optional.of("member:" + AGENT)).isSatisfiedBy(order(ann.sign(hash))))
                .isTrue();
    }

    @Test
    void policyThatCannotHoldIsRefused() {
        Json.Obj annPinned = Json.object("id", "ann", "credentials", List.of(ann.pinned()));

        assertThatThrownBy(() -> policy(2, annPinned)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> policy(0, annPinned)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> policy(2, annPinned, annPinned.with("id", "ben")))
                .as("one key of two people")
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> policy(1, annPinned, annPinned)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> policy(1, annPinned.with("credentials", List.of())))
                .isInstanceOf(JsonException.class);
    }
}
