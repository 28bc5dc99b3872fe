package dev.nuxari.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.ConsistencyProof;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSignature;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.TlogProof;
import dev.nuxari.transparency.VerifierKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Reads the log: single events, the tree's head, checkpoints, proofs. */
@Service
public class AuditTrail {
    private final OrganizationScope scope;
    private final AuditTrailStore store;
    private final LogKeys keys;
    private final AuditConfig config;
    private final InstantSource clock;

    AuditTrail(OrganizationScope scope, AuditTrailStore store, LogKeys keys, AuditConfig config, InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.keys = keys;
        this.config = config;
        this.clock = clock;
    }

    /** One event as it stands in the log. */
    public record Recorded(long sequence, Json.Obj event, MerkleHash leafHash) {}

    /** The tree as it is: how many events, and the root over them. */
    public record Head(long treeSize, MerkleHash root) {}

    /** An event with what proves that it is in the log. */
    public record Proven(Recorded recorded, InclusionProof proof, SignedNote checkpoint) {}

    /** An event under the first checkpoint that covers it: the same proof whenever it is asked for. */
    public Optional<Proven> prove(OrganizationId organization, Caller caller, long sequence) {
        return scope.within(
                organization,
                caller,
                () -> store.find(sequence).map(recorded -> {
                    SignedNote checkpoint =
                            store.firstCheckpointOver(sequence).orElseGet(() -> publish(organization, caller));
                    long size = Checkpoint.parse(checkpoint.text()).size();
                    return new Proven(recorded, InclusionProof.of(sequence, size, store), checkpoint);
                }));
    }

    /**
     * The same proof on its own, for whoever has the event already.
     *
     * @param size of a tree that a checkpoint was signed over; by default the first one that has the event
     */
    public Optional<TlogProof> prove(OrganizationId organization, Caller caller, long sequence, Optional<Long> size) {
        if (size.isEmpty()) {
            return prove(organization, caller, sequence)
                    .map(proven -> TlogProof.of(proven.proof(), proven.checkpoint()));
        }
        long treeSize = size.get();
        return scope.reading(
                organization,
                caller,
                () -> store.checkpointOf(treeSize)
                        .filter(_ -> sequence >= 0 && sequence < treeSize)
                        .map(checkpoint -> TlogProof.of(InclusionProof.of(sequence, treeSize, store), checkpoint)));
    }

    public Head head(OrganizationId organization, Caller caller) {
        return scope.reading(organization, caller, store::head);
    }

    /** The newest checkpoint: the head as it is now, signed. */
    public SignedNote checkpoint(OrganizationId organization, Caller caller) {
        return scope.within(organization, caller, () -> publish(organization, caller));
    }

    /** The checkpoint over so many entries, if one was signed. */
    public Optional<SignedNote> checkpoint(OrganizationId organization, Caller caller, long size) {
        return scope.reading(organization, caller, () -> store.checkpointOf(size));
    }

    /** That the log of one size begins with all that it was at a smaller one; empty where there is nothing to prove. */
    public ConsistencyProof consistency(OrganizationId organization, Caller caller, long from, long to) {
        return scope.reading(organization, caller, () -> ConsistencyProof.of(from, to, store));
    }

    /** That an entry is in the log of a size. */
    public InclusionProof inclusion(OrganizationId organization, Caller caller, long index, long size) {
        return scope.reading(organization, caller, () -> InclusionProof.of(index, size, store));
    }

    /** The newest event of an action that names this approval. */
    public Optional<Recorded> newestUnder(
            OrganizationId organization, Caller caller, AuditAction action, UUID approval) {
        return scope.reading(organization, caller, () -> store.newestUnder(action.spelled(), approval));
    }

    /** The log's name in its checkpoints. */
    public String origin(OrganizationId organization) {
        return config.logHost() + "/log/" + organization;
    }

    private SignedNote publish(OrganizationId organization, Caller caller) {
        return store.checkpointOf(store.head().treeSize())
                .orElseGet(() ->
                        publish(organization, keys.hold(organization, caller).log()));
    }

    /**
     * The head as it is, signed with a key that is held: looked at only now, so that no checkpoint of a size from before the key is
     * by it.
     */
    SignedNote publish(OrganizationId organization, SigningKey held) {
        Head head = store.head();
        return store.checkpointOf(head.treeSize()).orElseGet(() -> {
            var checkpoint = new Checkpoint(origin(organization), head.treeSize(), head.root());
            store.addCheckpoint(head.treeSize(), sign(checkpoint, held), clock.instant());
            return store.checkpointOf(head.treeSize()).orElseThrow();
        });
    }

    private static SignedNote sign(Checkpoint checkpoint, SigningKey key) {
        if (!(key.published().key() instanceof VerificationKey.Ed25519(var publicKey))) {
            throw new IllegalStateException("checkpoints are signed with Ed25519");
        }
        var verifier = new VerifierKey(checkpoint.origin(), publicKey);
        byte[] signature = key.sign(checkpoint.text().getBytes(UTF_8));
        return new SignedNote(checkpoint.text(), List.of(NoteSignature.of(verifier, signature)));
    }
}
