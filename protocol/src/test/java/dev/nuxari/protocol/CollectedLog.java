package dev.nuxari.protocol;

import static java.util.Objects.requireNonNull;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.EvidenceSelector.About;
import dev.nuxari.transparency.RangeProof;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A log in which packages were sealed, an event a minute, and collections of them; forgeries too. */
final class CollectedLog {
    static final String CONNECTOR = RecordedWorkflow.uuid(50);
    static final int SIZE = 24;
    private static final Map<Integer, String> ACCOUNTS =
            Map.of(3, "ada", 6, "ada", 9, "bob", 12, "ada", 14, "eve", 20, "ada");

    final Notary notary;
    final ExportedLog log;
    private final List<Obj> events = new ArrayList<>();
    private final Notary before;
    private final int handedOver;
    private final Map<Integer, SealedEvidence> sealed = new TreeMap<>();

    /** What is sealed at 3 and 20 is out of the period that {@link #selector} names, at 6, 9, 12 and 14 within. */
    CollectedLog(Notary notary) {
        this(notary, ACCOUNTS, Map.of());
    }

    /**
     * Seals packages.
     *
     * @param accounts about whom, by index
     * @param late minutes that the clock went wrong, by index
     */
    CollectedLog(Notary notary, Map<Integer, String> accounts, Map<Integer, Integer> late) {
        this(notary, 0, notary, accounts, late);
    }

    /**
     * The log key is replaced.
     *
     * @param before has the key that seals before the entry
     * @param handedOver from which on the other notary seals
     */
    CollectedLog(Notary before, int handedOver, Notary notary) {
        this(before, handedOver, notary, ACCOUNTS, Map.of());
    }

    private CollectedLog(
            Notary before, int handedOver, Notary notary, Map<Integer, String> accounts, Map<Integer, Integer> late) {
        this.notary = notary;
        this.before = before;
        this.handedOver = handedOver;
        for (int i = 0; i < SIZE; i++) {
            Instant at = minute(i + late.getOrDefault(i, 0));
            Obj event = accounts.containsKey(i) ? sealing(i, accounts.get(i)) : other();
            events.add(event.with("sequence", i).with("at", at));
        }
        this.log = new ExportedLog(notary, events);
    }

    private Obj sealing(int index, String account) {
        Notary sealer = sealer(index);
        EvidenceDraft draft = sealer.draft(workflow(index, account));
        sealed.put(index, draft.sign(sealer.log(), sealer.archive()));
        return sealer.event(draft);
    }

    private Notary sealer(int index) {
        return index < handedOver ? before : notary;
    }

    private Obj other() {
        return Json.object(
                "v", 1, "organizationId", notary.manifest().organization(), "action", "x.y", "outcome", "succeeded");
    }

    /** The recorded workflow, about another account and with an id of its own. */
    private RecordedWorkflow workflow(int index, String account) {
        RecordedWorkflow recorded = RecordedWorkflow.completed();
        Obj plan = Json.parseObject(told(RecordedWorkflow.plan(), account));
        var hash = new PlanHash(Sha256.hexOf(plan.canonicalBytes()));
        String before = recorded.header().planHash().hex();
        List<EvidenceRecord> records = recorded.records().stream()
                .map(written -> new EvidenceRecord(
                        written.type(),
                        written.id(),
                        written.at(),
                        Json.parseObject(told(written.content(), account).replace(before, hash.hex()))))
                .toList();
        var header = new EvidenceHeader(
                UUID.fromString(RecordedWorkflow.uuid(1000 + index)),
                notary.manifest().organization(),
                recorded.header().workflowId(),
                recorded.header().outcome(),
                new EvidenceHeader.Scope("account", CONNECTOR + "/" + account),
                hash,
                recorded.header().sealedAt());
        return new RecordedWorkflow(header, records);
    }

    private String told(Obj content, String account) {
        return content.canonical()
                .replace("\"ada\"", "\"" + account + "\"")
                .replace(
                        RecordedWorkflow.ORGANIZATION.toString(),
                        notary.manifest().organization().toString());
    }

    static Instant minute(int minute) {
        return RecordedWorkflow.START.plus(Duration.ofMinutes(minute));
    }

    /** From minute 5 to minute 15; the entries to be shown are 4 to 15. */
    static EvidenceSelector selector(About about) {
        return new EvidenceSelector(minute(5), minute(15), about);
    }

    Obj event(int index) {
        return log.event(index);
    }

    private SealedEvidence sealedBy(int index) {
        return requireNonNull(sealed.get(index));
    }

    /** As it was exported while the key that sealed it was the log's. */
    byte[] packaged(int index) {
        if (index < handedOver) {
            ExportedLog then = new ExportedLog(before, events.subList(0, handedOver));
            return sealedBy(index).withLog(event(index), then.proof(index), then.checkpoint(notary.origin()));
        }
        return sealedBy(index).withLog(event(index), log.proof(index), log.checkpoint(notary.origin()));
    }

    Obj plan(int index) {
        return sealedBy(index).json().objects("records").stream()
                .map(written -> written.object("content"))
                .filter(content -> content.has("plan"))
                .findFirst()
                .orElseThrow()
                .object("plan");
    }

    /** What a test writes after the first line. */
    @FunctionalInterface
    interface Entry {
        void write(EvidenceCollectionWriter writer, int index) throws IOException;
    }

    /** The entries from {@code begin} to before {@code end}, the first and the last of them without a package. */
    byte[] collected(EvidenceSelector selector, int begin, int end) {
        return collected(selector, begin, end, honest(selector, begin, end));
    }

    byte[] collected(EvidenceSelector selector, int begin, int end, Entry entry) {
        return collected(selector, log.proof(begin, end), entry);
    }

    byte[] collected(EvidenceSelector selector, RangeProof proof, Entry entry) {
        try {
            var bytes = new ByteArrayOutputStream();
            var writer = new EvidenceCollectionWriter(
                    bytes, notary.manifest(), log.checkpoint(notary.origin()), selector, proof);
            for (int i = (int) proof.begin(); i < proof.end(); i++) {
                entry.write(writer, i);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Entry honest(EvidenceSelector selector, int begin, int end) {
        return (writer, index) -> {
            boolean atTheEdge = index == end - 1 || (index == begin && index > 0);
            if (atTheEdge || !sealed.containsKey(index)) {
                writer.entry(event(index));
            } else if (selector.selects(sealedBy(index).header().scope())) {
                writer.sealing(event(index), packaged(index));
            } else {
                writer.sealingOther(event(index), plan(index));
            }
        };
    }
}
