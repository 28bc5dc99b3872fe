package dev.nuxari.server.agents;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.audit.AuditTrail;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.SignedNote;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/**
 * The checkpoints that agents are shown. Thousands of them ask an organization for its newest one; a checkpoint of some seconds ago is as
 * true, so it is kept that long, with the proofs that lead to it.
 */
@Component
class LogHeads {
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final int MOST_PROOFS = 1_000;
    private static final int MOST_HEADS = 1_000;

    private final AuditTrail trail;
    private final LogKeys keys;
    private final InstantSource clock;
    private final Map<OrganizationId, Head> heads = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<OrganizationId, Head> eldest) {
            return size() > MOST_HEADS;
        }
    };

    LogHeads(AuditTrail trail, LogKeys keys, InstantSource clock) {
        this.trail = trail;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A checkpoint.
     *
     * @param keys the version of the manifest that was the newest then; its log key, or one before it, has signed
     * @param proofs of consistency with it that were made, by the size that they begin with
     */
    record Head(SignedNote note, long size, int keys, Instant at, ConcurrentMap<Long, List<String>> proofs) {}

    /** One of at least so many entries. */
    Head atLeast(Caller caller, long size) {
        OrganizationId organization = caller.organization();
        Instant now = clock.instant();
        synchronized (heads) {
            Head known = heads.get(organization);
            if (known != null
                    && known.size() >= size
                    && Duration.between(known.at(), now).abs().compareTo(KEPT) < 0) {
                return known;
            }
        }
        SignedNote note = trail.checkpoint(organization, caller);
        // After the checkpoint: whoever gets both can verify it.
        int version = keys.manifest(organization, caller).version();
        var head = new Head(note, Checkpoint.parse(note.text()).size(), version, now, new ConcurrentHashMap<>());
        synchronized (heads) {
            heads.put(organization, head);
        }
        return head;
    }

    /** From a smaller size to the head; nothing if the head is smaller, which whoever has seen more has to find out. */
    List<String> consistency(Caller caller, Head head, long seen) {
        if (seen >= head.size() || seen < 0) {
            return List.of();
        }
        List<String> known = head.proofs().get(seen);
        if (known != null) {
            return known;
        }
        List<String> proof = trail.consistency(caller.organization(), caller, seen, head.size()).path().stream()
                .map(MerkleHash::hex)
                .toList();
        if (head.proofs().size() < MOST_PROOFS) {
            head.proofs().put(seen, proof);
        }
        return proof;
    }

    List<String> inclusion(Caller caller, Head head, long index) {
        return trail.inclusion(caller.organization(), caller, index, head.size()).path().stream()
                .map(MerkleHash::hex)
                .toList();
    }
}
