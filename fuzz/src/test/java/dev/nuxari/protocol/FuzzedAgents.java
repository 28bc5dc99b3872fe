package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.AgentProof;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.protocol.agent.HostPolicy;
import dev.nuxari.protocol.agent.LogJudgement;
import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.PackageJudgement;
import dev.nuxari.protocol.agent.PackageJudgement.Standpoint;
import dev.nuxari.protocol.agent.PackageJudgement.Taken;
import dev.nuxari.protocol.agent.PlatformInHand;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.protocol.agent.Remembered;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a server sends an agent, and an agent a server: nothing is taken that the action key has not signed to the letter. */
public final class FuzzedAgents {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.000Z");
    private static final UUID AGENT = UuidV7.at(NOW);
    private static final PlatformInHand PLATFORM = new PlatformInHand();
    private static final ActionPackage ORDER = PLATFORM.order(
            PLATFORM.plan(AGENT, ActionType.FILE_MODE_SET, Json.object("path", "/srv/app/config", "mode", 0640), NOW),
            1,
            NOW);
    private static final Obj GENUINE = ORDER.sign(PLATFORM.actionKey()).json();
    private static final LogJudgement LOG = LogJudgement.judge(
            PLATFORM.manifest(), Optional.empty(), PLATFORM.checkpoint().encoded(), List.of());
    private static final Standpoint STANDPOINT = new Standpoint(
            new Remembered(
                    PLATFORM.organization(),
                    AGENT,
                    PLATFORM.manifest(),
                    0,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Set.of(),
                    Set.of()),
            HostPolicy.parse(
                    "{\"v\":1,\"maximumPlanAgeDays\":30,\"actions\":[{\"type\":\"file-mode.set\",\"limits\":{}}]}"),
            Set.of(ActionType.values()));
    private static final AgentProof.Request REQUEST =
            new AgentProof.Request("GET", URI.create("https://nuxari.example/agent/v1/packages"), "nxa_token");

    private FuzzedAgents() {}

    static byte[] genuine() {
        return GENUINE.canonicalBytes();
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        byte[] rest = Demanded.rest(input);
        try {
            switch (Demanded.choice(input, 5)) {
                case 0 -> judge(Json.parse(new String(rest, UTF_8)));
                case 1 -> judge(new JsonEdits(rest).applied(GENUINE));
                case 2 -> signed(new JsonEdits(rest).applied(ORDER.json()));
                case 3 -> read(Json.parseObject(new String(rest, UTF_8)));
                default ->
                    Demanded.that(
                            AgentProof.verify(new String(rest, UTF_8), REQUEST) instanceof AgentProof.Refuted,
                            "proved something");
            }
        } catch (JsonException refused) {
            Demanded.that(!refused.reason().isBlank(), "refused without a reason");
        }
    }

    private static PackageJudgement judged(Json envelope) {
        Delivery delivery = new Delivery(envelope, PLATFORM.inclusion(ORDER.eventIndex()));
        return PackageJudgement.judge(delivery, STANDPOINT, LOG, NOW);
    }

    private static void judge(Json envelope) {
        boolean taken = judged(envelope) instanceof Taken;
        Demanded.that(taken == envelope.equals(GENUINE), "took another package, or not the right one");
    }

    /** Whatever the action key signs: what is taken is the step that was approved. */
    private static void signed(Obj payload) {
        DsseEnvelope envelope = DsseEnvelope.sign(
                ActionPackage.PAYLOAD_TYPE,
                payload,
                PLATFORM.actionKey().published().keyId(),
                PLATFORM.actionKey()::sign);
        if (judged(envelope.json()) instanceof Taken(ActionPackage order, var _)) {
            Demanded.that(order.action().equals(ORDER.action()), "took another action");
            Demanded.that(order.planHash().equals(ORDER.planHash()), "took another plan");
        }
    }

    private static void read(Obj json) {
        List<Runnable> readers = List.of(
                () -> ActionPackage.parse(json),
                () -> Receipt.parse(json),
                () -> Observations.parse(json),
                () -> DsseEnvelope.parse(json),
                () -> HostPolicy.parse(json.canonical()));
        int refused = 0;
        for (Runnable reader : readers) {
            try {
                reader.run();
            } catch (JsonException e) {
                refused++;
            }
        }
        Demanded.that(refused >= readers.size() - 1, "one text is two things");
    }
}
