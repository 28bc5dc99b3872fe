package dev.nuxari.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.protocol.agent.Remembered;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.SignedNote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that an agent must not forget, as one value: what it has taken, what it is doing, what it has not reported yet, and the log it
 * follows. A change is another memory; {@link Ledger} has it on disk before anything else happens.
 */
final class Memory {
    /** Steps beyond this many are forgotten, and with them all plans of their age. */
    static final int MOST_STEPS = 5_000;

    private static final int MOST_SEEN = 2_000;
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final Json.Obj json;
    private final KeyManifest keys;
    private final SignedNote checkpoint;

    private Memory(Json.Obj json) {
        this.json = json;
        this.keys = KeyManifest.parse(json.object("keys"));
        this.checkpoint = SignedNote.parse(json.string("checkpoint"));
        Checkpoint.parse(checkpoint.text());
    }

    /** Something that was begun and is not known to have ended. */
    record Running(
            UUID packageId,
            String packageHash,
            String type,
            Json.Obj parameters,
            String stepRef,
            Summary before,
            Instant startedAt) {
        private Json.Obj json() {
            return Json.object(
                    "packageId",
                    packageId,
                    "packageHash",
                    packageHash,
                    "type",
                    type,
                    "parameters",
                    parameters,
                    "stepRef",
                    stepRef,
                    "before",
                    before.json(),
                    "startedAt",
                    startedAt);
        }

        private static Running parse(Json.Obj json) {
            return new Running(
                    UUID.fromString(json.string("packageId")),
                    json.string("packageHash"),
                    json.string("type"),
                    json.object("parameters"),
                    json.string("stepRef"),
                    Summary.parse(json.object("before")),
                    Instant.parse(json.string("startedAt")));
        }
    }

    /** What an agent knows that has just been enrolled. */
    static Memory first(OrganizationId organization, UUID agent, KeyManifest keys, SignedNote checkpoint) {
        return new Memory(Json.object(
                "v",
                1,
                "organizationId",
                organization,
                "agentId",
                agent,
                "keys",
                keys.json(),
                "checkpoint",
                checkpoint.encoded(),
                "forked",
                false,
                "sequence",
                0,
                "clockMark",
                Instant.EPOCH,
                "planMark",
                Instant.EPOCH,
                "seen",
                List.of(),
                "steps",
                List.of(),
                "running",
                null,
                "receipts",
                List.of(),
                "nextReceipt",
                1,
                "nextObservation",
                1));
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws dev.nuxari.kernel.JsonException if it is something else
     */
    static Memory parse(Json.Obj json) {
        Memory memory = new Memory(json);
        memory.remembered();
        memory.running();
        memory.waiting();
        json.integer("nextReceipt");
        json.integer("nextObservation");
        return memory;
    }

    Json.Obj json() {
        return json;
    }

    OrganizationId organization() {
        return OrganizationId.parse(json.string("organizationId"));
    }

    UUID agent() {
        return UUID.fromString(json.string("agentId"));
    }

    KeyManifest keys() {
        return keys;
    }

    SignedNote note() {
        return checkpoint;
    }

    Checkpoint checkpoint() {
        return Checkpoint.parse(checkpoint.text());
    }

    /** Whether the log was caught saying two things; then nothing it says counts any more. */
    boolean isForked() {
        return json.bool("forked");
    }

    long sequence() {
        return json.integer("sequence");
    }

    long nextObservation() {
        return json.integer("nextObservation");
    }

    Optional<Running> running() {
        return json.optionalObject("running").map(Running::parse);
    }

    /** A receipt that the server has not confirmed. */
    record Waiting(long number, String packageHash, DsseEnvelope envelope) {}

    /** The next that the server has to take. */
    Optional<Waiting> firstWaiting() {
        return json.objects("receipts").stream()
                .findFirst()
                .map(receipt -> new Waiting(
                        receipt.integer("number"),
                        receipt.string("packageHash"),
                        DsseEnvelope.parse(receipt.object("envelope"))));
    }

    /** The receipts that the server has not confirmed, in order. */
    List<DsseEnvelope> waiting() {
        return json.objects("receipts").stream()
                .map(receipt -> DsseEnvelope.parse(receipt.object("envelope")))
                .toList();
    }

    /** Whether one of them is about this package. */
    boolean isWaiting(String packageHash) {
        return json.objects("receipts").stream()
                .anyMatch(receipt -> receipt.string("packageHash").equals(packageHash));
    }

    /** What is known when a package has to be judged. */
    Remembered remembered() {
        return new Remembered(
                organization(),
                agent(),
                keys,
                sequence(),
                Instant.parse(json.string("clockMark")),
                Instant.parse(json.string("planMark")),
                texts("seen", "id"),
                texts("steps", "ref"));
    }

    private Set<String> texts(String list, String name) {
        return json.objects(list).stream().map(item -> item.string(name)).collect(Collectors.toSet());
    }

    Memory following(KeyManifest newest, SignedNote note) {
        return new Memory(json.with("keys", newest.json()).with("checkpoint", note.encoded()));
    }

    Memory havingSeenFork() {
        return new Memory(json.with("forked", true));
    }

    /** A package is taken: from here on it is never taken again. */
    Memory taking(ActionPackage order) {
        Instant mark = latest(Instant.parse(json.string("clockMark")), order.notBefore());
        List<Json.Obj> seen = new ArrayList<>(json.objects("seen"));
        Instant until = order.expiresAt().plus(MARGIN);
        seen.add(Json.object("id", order.nonce(), "until", until));
        seen.add(Json.object("id", order.packageId(), "until", until));
        seen.removeIf(item -> Instant.parse(item.string("until")).isBefore(mark));
        List<Json.Obj> recent = seen.subList(Math.max(0, seen.size() - MOST_SEEN), seen.size());
        return new Memory(
                json.with("sequence", order.sequence()).with("clockMark", mark).with("seen", List.copyOf(recent)));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** A step counts as done from the moment in which it may have been begun. */
    Memory countingDone(ActionPackage order) {
        List<Json.Obj> steps = new ArrayList<>(json.objects("steps"));
        steps.add(Json.object("ref", order.stepRef(), "createdAt", order.plan().string("createdAt")));
        if (steps.size() <= MOST_STEPS) {
            return new Memory(json.with("steps", steps));
        }
        Function<Json.Obj, Instant> age = step -> Instant.parse(step.string("createdAt"));
        Instant oldest = steps.stream().map(age).min(Comparator.naturalOrder()).orElseThrow();
        steps.removeIf(step -> !age.apply(step).isAfter(oldest));
        Instant mark = latest(Instant.parse(json.string("planMark")), oldest);
        return new Memory(json.with("steps", steps).with("planMark", mark));
    }

    Memory running(Running order) {
        return new Memory(json.with("running", order.json()));
    }

    /** What was running has ended; a step that failed may come again. */
    Memory ended(Receipt.Ending ending) {
        Optional<Running> running = running();
        List<Json.Obj> steps = json.objects("steps").stream()
                .filter(step -> ending.outcome().endsStep()
                        || running.filter(order -> order.stepRef().equals(step.string("ref")))
                                .isEmpty())
                .toList();
        return new Memory(json.with("running", null).with("steps", steps));
    }

    /** With one receipt more to send. */
    Memory reporting(
            Instant now, String packageHash, Optional<UUID> packageId, Receipt.Ending ending, Ed25519PrivateKey key) {
        long number = json.integer("nextReceipt");
        Receipt receipt = new Receipt(organization(), agent(), number, now, packageHash, packageId, ending);
        List<Json.Obj> receipts = new ArrayList<>(json.objects("receipts"));
        receipts.add(Json.object(
                "number",
                number,
                "packageHash",
                packageHash,
                "envelope",
                receipt.sign(key).json()));
        return new Memory(json.with("receipts", receipts).with("nextReceipt", number + 1));
    }

    /** Without the receipts up to this number: the server has them, or they are kept elsewhere. */
    Memory reported(long taken) {
        return new Memory(json.with(
                "receipts",
                json.objects("receipts").stream()
                        .filter(receipt -> receipt.integer("number") > taken)
                        .toList()));
    }

    Memory countingObservation() {
        return new Memory(json.with("nextObservation", nextObservation() + 1));
    }
}
