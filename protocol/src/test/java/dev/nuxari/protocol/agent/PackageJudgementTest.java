package dev.nuxari.protocol.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.Dsse;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.agent.PackageJudgement.Rejected;
import dev.nuxari.protocol.agent.PackageJudgement.Standpoint;
import dev.nuxari.protocol.agent.PackageJudgement.Taken;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.StrictBase64;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Claim("E4")
class PackageJudgementTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.000Z");
    private static final UUID AGENT = UuidV7.at(PlatformInHand.FOUNDED);
    private static final Json.Obj PARAMETERS = Json.object("path", "/srv/app/config", "mode", 0640);
    private static final String ALLOWING = """
            {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set",
             "limits":{"path":{"below":["/srv/app"]},"mode":{"atMost":432}}}]}""";

    private PlatformInHand platform;
    private ActionPackage order;
    private Optional<Checkpoint> kept = Optional.empty();
    private Set<String> seen = Set.of();
    private Set<String> stepsDone = Set.of();
    private long sequence;
    private Instant clockMark = Instant.EPOCH;
    private Instant planMark = Instant.EPOCH;
    private HostPolicy policy = HostPolicy.parse(ALLOWING);
    private Instant now = NOW;

    PackageJudgementTest() {
        this.platform = new PlatformInHand();
        this.order = platform.order(plan(), 1, NOW);
    }

    @BeforeEach
    void keepCheckpoint() {
        kept = Optional.of(platform.head());
    }

    private Json.Obj plan() {
        return platform.plan(AGENT, ActionType.FILE_MODE_SET, PARAMETERS, NOW.minus(Duration.ofHours(3)));
    }

    private PackageJudgement judge(Delivery delivery) {
        return judge(delivery, log());
    }

    private LogJudgement log() {
        return LogJudgement.judge(
                platform.manifest(),
                kept,
                platform.checkpoint().encoded(),
                platform.consistency(kept.map(Checkpoint::size).orElse(0L)));
    }

    private PackageJudgement judge(Delivery delivery, LogJudgement log) {
        Remembered remembered = new Remembered(
                platform.organization(), AGENT, platform.manifest(), sequence, clockMark, planMark, seen, stepsDone);
        Standpoint standpoint = new Standpoint(remembered, policy, Set.of(ActionType.values()));
        return PackageJudgement.judge(delivery, standpoint, log, now);
    }

    private Rejection reason(Delivery delivery) {
        return reason(judge(delivery));
    }

    private static Rejection reason(PackageJudgement judgement) {
        assertThat(judgement).isInstanceOf(Rejected.class);
        return ((Rejected) judgement).reason();
    }

    /** Signed by the action key, whatever it says. */
    private Rejection reasonWith(String name, Object value) {
        return reason(platform.deliver(order.json().with(name, value), order.eventIndex()));
    }

    /** With another plan, whose hash is right everywhere. */
    private ActionPackage orderOf(Json.Obj plan) {
        return platform.order(plan, 1, NOW);
    }

    @Test
    void whatWasApprovedIsTaken() {
        assertThat(judge(platform.deliver(order))).isEqualTo(new Taken(order, ActionType.FILE_MODE_SET));
    }

    @Test
    void unsignedIsRejected() {
        DsseEnvelope envelope = order.sign(platform.actionKey());
        DsseEnvelope unsigned = new DsseEnvelope(envelope.payloadType(), envelope.payload(), List.of());

        assertThat(reason(new Delivery(unsigned.json(), platform.inclusion(order.eventIndex()))))
                .isEqualTo(Rejection.UNSIGNED);
    }

    @Test
    void anotherKeysSignatureIsRejected() {
        SigningKey other = SigningKey.generate(platform.organization(), KeyName.ACTION, PlatformInHand.FOUNDED);

        assertThat(reason(new Delivery(order.sign(other).json(), List.of()))).isEqualTo(Rejection.UNKNOWN_KEY);
        assertThat(reason(new Delivery(order.sign(platform.logKey()).json(), List.of())))
                .as("the log key is no action key")
                .isEqualTo(Rejection.UNKNOWN_KEY);
        assertThat(reason(new Delivery(
                        DsseEnvelope.sign(
                                        ActionPackage.PAYLOAD_TYPE,
                                        order.json(),
                                        platform.actionKey().published().keyId(),
                                        other::sign)
                                .json(),
                        List.of())))
                .as("a key id proves nothing")
                .isEqualTo(Rejection.ALTERED);
    }

    @Test
    void keyIsOfNoUseBeforeItsTime() {
        ActionPackage early = platform.order(plan(), 1, PlatformInHand.FOUNDED.minusSeconds(1));

        assertThat(reason(platform.deliver(early))).isEqualTo(Rejection.KEY_NOT_VALID);
    }

    @Test
    void everyAlteredFieldIsNoticed() {
        Json.Obj signed = order.sign(platform.actionKey()).json();
        for (String name : order.json().members().keySet()) {
            Json.Obj altered = order.json().with(name, "altered");
            DsseEnvelope other = DsseEnvelope.sign("", altered, "", bytes -> bytes);

            assertThat(reason(new Delivery(signed.with("payload", other.payload()), List.of())))
                    .as(name)
                    .isEqualTo(Rejection.ALTERED);
        }
    }

    @Test
    void envelopeOfAnotherTypeIsNoPackage() {
        DsseEnvelope receipt = DsseEnvelope.sign(
                Receipt.PAYLOAD_TYPE,
                order.json(),
                platform.actionKey().published().keyId(),
                platform.actionKey()::sign);

        assertThat(reason(new Delivery(receipt.json(), List.of()))).isEqualTo(Rejection.MALFORMED);
    }

    @Test
    void otherOrganizationsPackageIsRejected() {
        assertThat(reasonWith("organizationId", UuidV7.at(NOW))).isEqualTo(Rejection.OTHER_ORGANIZATION);
        ActionPackage foreign = orderOf(plan().with("organizationId", UuidV7.at(NOW)));
        assertThat(reason(platform.deliver(foreign))).isEqualTo(Rejection.OTHER_ORGANIZATION);
    }

    @Test
    void otherAgentsPackageIsRejected() {
        assertThat(reasonWith("agentId", UuidV7.at(NOW))).isEqualTo(Rejection.OTHER_AGENT);
    }

    @Test
    void tooEarlyIsRejectedBeyondTheSkew() {
        now = NOW.minusSeconds(61);
        assertThat(reason(platform.deliver(order))).isEqualTo(Rejection.TOO_EARLY);
        now = NOW.minusSeconds(60);
        assertThat(judge(platform.deliver(order))).isInstanceOf(Taken.class);
    }

    @Test
    void expiredIsRejectedBeyondTheSkew() {
        now = order.expiresAt().plusSeconds(60);
        assertThat(reason(platform.deliver(order))).isEqualTo(Rejection.EXPIRED);
        now = order.expiresAt().plusSeconds(59);
        assertThat(judge(platform.deliver(order))).isInstanceOf(Taken.class);
    }

    @Test
    void packageForEverIsRejected() {
        assertThat(reasonWith("expiresAt", NOW.plus(Duration.ofDays(7)).plusMillis(1)))
                .isEqualTo(Rejection.WINDOW_TOO_LONG);
    }

    @Test
    void clockThatFellBackActsOnNothing() {
        clockMark = NOW.plusSeconds(61);

        assertThat(reason(platform.deliver(order))).isEqualTo(Rejection.CLOCK_BEHIND);
    }

    @Test
    void replayIsRejected() {
        seen = Set.of(order.nonce());
        assertThat(reason(platform.deliver(order))).isEqualTo(Rejection.REPLAYED);
        seen = Set.of(order.packageId().toString());
        assertThat(reason(platform.deliver(order))).isEqualTo(Rejection.REPLAYED);
    }

    @Test
    void sequenceOfRestoredServerIsRejected() {
        sequence = 1;
        assertThat(reason(platform.deliver(order))).isEqualTo(Rejection.SEQUENCE_ROLLED_BACK);
        assertThat(judge(platform.deliver(order.json().with("sequence", 2), order.eventIndex())))
                .isInstanceOf(Taken.class);
    }

    @Test
    void planIsTheOneOfItsHash() {
        Json.Obj harmless = platform.plan(AGENT, ActionType.FILE_MODE_SET, PARAMETERS.with("mode", 0600), NOW);

        assertThat(reasonWith("plan", harmless)).isEqualTo(Rejection.PLAN_ALTERED);
    }

    @Test
    void actionIsTheStepOfThePlan() {
        Json.Obj other = order.action().with("parameters", PARAMETERS.with("mode", 0600));

        assertThat(reasonWith("action", other)).isEqualTo(Rejection.ACTION_NOT_THE_STEP);
        assertThat(reasonWith("step", 2)).isEqualTo(Rejection.ACTION_NOT_THE_STEP);
    }

    @Test
    void stepOfAnotherAgentIsRejected() {
        UUID other = UuidV7.at(NOW);
        ActionPackage theirs = orderOf(platform.plan(other, ActionType.FILE_MODE_SET, PARAMETERS, NOW));

        assertThat(reason(platform.deliver(theirs.json().with("agentId", AGENT), theirs.eventIndex())))
                .isEqualTo(Rejection.ACTION_NOT_THE_STEP);
    }

    @Test
    void stepWithoutAnActionIsForNoAgent() {
        Json.Obj step = plan().objects("steps").getFirst().without("action");
        ActionPackage none = orderOf(plan());
        Json.Obj plan = plan().with("steps", List.of(step));
        Json.Obj payload = none.json()
                .with("plan", plan)
                .with("planHash", PlatformInHand.hash(plan))
                .with("approvalEvent", none.json().member("approvalEvent"));

        assertThat(reason(platform.deliver(payload, none.eventIndex()))).isEqualTo(Rejection.ACTION_NOT_THE_STEP);
    }

    @Test
    void oldPlanIsNotCarriedOutAgain() {
        ActionPackage old =
                orderOf(plan().with("createdAt", NOW.minus(Duration.ofDays(30)).minusMillis(1)));
        assertThat(reason(platform.deliver(old))).isEqualTo(Rejection.PLAN_TOO_OLD);

        ActionPackage future = orderOf(plan().with("createdAt", NOW.plusSeconds(61)));
        assertThat(reason(platform.deliver(future))).isEqualTo(Rejection.PLAN_TOO_OLD);

        ActionPackage timeless = orderOf(plan().with("createdAt", "yesterday"));
        assertThat(reason(platform.deliver(timeless))).isEqualTo(Rejection.PLAN_TOO_OLD);

        planMark = NOW.minus(Duration.ofHours(3));
        assertThat(reason(platform.deliver(order))).as("forgotten").isEqualTo(Rejection.PLAN_TOO_OLD);
    }

    @Test
    @Claim("V3")
    void stepIsDoneOnceHoweverOftenItIsSigned() {
        stepsDone = Set.of(order.stepRef());

        assertThat(reason(platform.deliver(platform.order(order.plan(), 2, NOW))))
                .isEqualTo(Rejection.STEP_DONE);
    }

    @Test
    void approvalOfAnotherPlanIsRejected() {
        ActionPackage other = orderOf(platform.plan(AGENT, ActionType.FILE_MODE_SET, PARAMETERS, NOW));
        Json.Obj event = Json.object("index", other.eventIndex(), "event", other.event());

        assertThat(reasonWith("approvalEvent", event)).isEqualTo(Rejection.OTHER_APPROVAL);
        assertThat(reasonWith("approvalRef", UuidV7.at(NOW))).isEqualTo(Rejection.OTHER_APPROVAL);
    }

    @Test
    void onlyTheGrantGrants() {
        for (String state : List.of("open", "rejected")) {
            Json.Obj event = order.event()
                    .with("metadata", Json.object("verdict", "approve", "state", state))
                    .with("sequence", platform.size());
            assertThat(reasonWithEvent(event)).as(state).isEqualTo(Rejection.NOT_GRANTED);
        }
        Json.Obj silent = order.event().with("metadata", Json.object("verdict", "approve"));
        assertThat(reasonWithEvent(silent)).as("without a state").isEqualTo(Rejection.NOT_GRANTED);
        assertThat(reasonWithEvent(order.event().with("outcome", "refused"))).isEqualTo(Rejection.NOT_GRANTED);
        assertThat(reasonWithEvent(order.event().with("action", "approval.open")))
                .isEqualTo(Rejection.NOT_GRANTED);
        assertThat(reasonWithEvent(order.event().with("organizationId", UuidV7.at(NOW))))
                .isEqualTo(Rejection.NOT_GRANTED);
    }

    private Rejection reasonWithEvent(Json.Obj event) {
        int index = platform.append(event);
        return reason(platform.deliver(
                order.json().with("approvalEvent", Json.object("index", index, "event", event)), index));
    }

    @Test
    void eventHasToBeInTheLog() {
        Json.Obj unlogged =
                platform.grant(order.plan(), order.approvalRef(), NOW).with("sequence", order.eventIndex());
        assertThat(reasonWith("approvalEvent", Json.object("index", order.eventIndex(), "event", unlogged)))
                .isEqualTo(Rejection.NOT_IN_LOG);

        platform.append(Json.object("sequence", 2));
        Delivery right = platform.deliver(order);
        assertThat(judge(right)).isInstanceOf(Taken.class);
        assertThat(reason(new Delivery(right.envelope(), List.of()))).isEqualTo(Rejection.NOT_IN_LOG);
        assertThat(reason(new Delivery(right.envelope(), platform.inclusion(0))))
                .isEqualTo(Rejection.NOT_IN_LOG);
        assertThat(reason(new Delivery(right.envelope(), List.of("no hash")))).isEqualTo(Rejection.NOT_IN_LOG);
    }

    @Test
    @Claim("V2")
    void nothingIsTakenOnTheWordOfAForkedLog() {
        PlatformInHand fork = platform.restoredTo(1);
        fork.append(Json.object("sequence", 1, "history", "another"));
        LogJudgement forked =
                LogJudgement.judge(platform.manifest(), kept, fork.checkpoint().encoded(), List.of());

        assertThat(reason(judge(platform.deliver(order), forked))).isEqualTo(Rejection.LOG_FORKED);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOG_UNSIGNED", "LOG_ROLLED_BACK", "LOG_FORKED", "LOG_UNPROVEN"})
    @Claim("V2")
    void nothingIsTakenOnTheWordOfALogThatIsNotWhatItWas(Rejection broken) {
        assertThat(reason(judge(platform.deliver(order), new LogJudgement.Broken(broken, "", ""))))
                .isEqualTo(broken);
    }

    @Test
    @Claim("V3")
    void hostThatDemandsSignaturesTakesNothingWithoutThem() {
        SoftAuthenticator ann = SoftAuthenticator.es256("ann");
        Json.Obj demand = Json.object(
                "needed",
                1,
                "relyingPartyId",
                SoftAuthenticator.RELYING_PARTY,
                "origins",
                List.of(SoftAuthenticator.ORIGIN),
                "approvers",
                List.of(Json.object("id", "ann", "credentials", List.of(ann.pinned()))));
        policy = HostPolicy.parse(
                Json.parseObject(ALLOWING).with("approvals", demand).canonical());
        Json.Obj signed = order.json()
                .with("approverAssertions", List.of(ann.sign(order.planHash()).json()));

        assertThat(reason(platform.deliver(order))).isEqualTo(Rejection.ASSERTIONS_MISSING);
        assertThat(judge(platform.deliver(signed, order.eventIndex()))).isInstanceOf(Taken.class);
    }

    @Test
    void unknownActionIsRejected() {
        Json.Obj plan = plan();
        Json.Obj step = plan.objects("steps").getFirst();
        Json.Obj unknown = step.with("action", step.object("action").with("type", "disk.erase"));
        ActionPackage erase = orderOf(plan.with("steps", List.of(unknown)));

        assertThat(reason(platform.deliver(erase))).isEqualTo(Rejection.UNKNOWN_ACTION);
    }

    @Test
    void parameterOutsideTheShapeIsRejected() {
        for (Json.Obj parameters : List.of(
                PARAMETERS.with("mode", 04755),
                PARAMETERS.with("mode", "0640"),
                PARAMETERS.with("mode", 0.5),
                PARAMETERS.with("path", "/srv/app/../../etc/shadow"),
                PARAMETERS.with("path", "srv/app/config"),
                PARAMETERS.with("recursive", true),
                PARAMETERS.without("mode"))) {
            ActionPackage other = orderOf(platform.plan(AGENT, ActionType.FILE_MODE_SET, parameters, NOW));

            assertThat(reason(platform.deliver(other))).as("%s", parameters).isEqualTo(Rejection.PARAMETER_INVALID);
        }
    }

    @Test
    void hostThatAllowsNothingDoesNothing() {
        policy = HostPolicy.NOTHING;

        assertThat(reason(platform.deliver(order))).isEqualTo(Rejection.NOT_ALLOWED);
    }

    @Test
    void parameterOutsideTheHostsLimitsIsRejected() {
        for (Json.Obj parameters : List.of(
                PARAMETERS.with("mode", 0777),
                PARAMETERS.with("path", "/srv/application"),
                PARAMETERS.with("path", "/srv/app"),
                PARAMETERS.with("path", "/etc/shadow"))) {
            ActionPackage other = orderOf(platform.plan(AGENT, ActionType.FILE_MODE_SET, parameters, NOW));

            assertThat(reason(platform.deliver(other))).as("%s", parameters).isEqualTo(Rejection.PARAMETER_NOT_ALLOWED);
        }
    }

    @Test
    void oversizedIsRejectedUnread() {
        Json.Obj fat = order.json().with("padding", "x".repeat(PackageJudgement.LARGEST));

        assertThat(reason(platform.deliver(fat, 1))).isEqualTo(Rejection.OVERSIZED);
        assertThat(reason(new Delivery(Json.of("x".repeat(PackageJudgement.LARGEST)), List.of())))
                .isEqualTo(Rejection.OVERSIZED);
    }

    @Test
    void deeplyNestedIsRejectedBeforeItIsRead() {
        Json deep = Json.object();
        for (int i = 0; i < 15; i++) {
            deep = Json.array(deep);
        }
        assertThat(reasonWith("plan", deep)).isEqualTo(Rejection.DEEPLY_NESTED);

        String abyss = "[".repeat(100_000);
        DsseEnvelope envelope = order.sign(platform.actionKey());
        byte[] bytes = abyss.getBytes(UTF_8);
        byte[] signature = platform.actionKey().sign(Dsse.preAuthenticationEncoding(ActionPackage.PAYLOAD_TYPE, bytes));
        DsseEnvelope deepest = new DsseEnvelope(
                ActionPackage.PAYLOAD_TYPE,
                StrictBase64.encode(bytes),
                List.of(new DsseEnvelope.Signature(
                        envelope.signatures().getFirst().keyId(), StrictBase64.encode(signature))));
        assertThat(reason(new Delivery(deepest.json(), List.of()))).isEqualTo(Rejection.DEEPLY_NESTED);
    }

    @Test
    void whatThisVersionDoesNotKnowIsRefused() {
        assertThat(reasonWith("v", 2)).isEqualTo(Rejection.MALFORMED);
        assertThat(reasonWith("urgent", true)).isEqualTo(Rejection.MALFORMED);
        assertThat(reasonWith("nonce", "short")).isEqualTo(Rejection.MALFORMED);
        assertThat(reasonWith("sequence", 0)).isEqualTo(Rejection.MALFORMED);
        assertThat(reason(new Delivery(Json.of("no envelope"), List.of()))).isEqualTo(Rejection.MALFORMED);
        assertThat(reason(new Delivery(Json.object("payload", "x"), List.of()))).isEqualTo(Rejection.MALFORMED);
    }

    @Test
    void rejectionNamesThePackageOnlyIfTheActionKeySignedIt() {
        now = NOW.minusSeconds(61);
        assertThat(judge(platform.deliver(order)))
                .isEqualTo(new Rejected(Rejection.TOO_EARLY, Optional.of(order.packageId())));
        assertThat(judge(new Delivery(order.sign(platform.logKey()).json(), List.of())))
                .isEqualTo(new Rejected(Rejection.UNKNOWN_KEY, Optional.empty()));
    }
}
