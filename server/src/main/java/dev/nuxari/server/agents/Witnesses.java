package dev.nuxari.server.agents;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.protocol.agent.Cosignature;
import dev.nuxari.server.audit.AuditTrail;
import dev.nuxari.server.audit.Cosigners;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.findings.Finding.Severity;
import dev.nuxari.server.findings.Findings;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.NoteSignature;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Verification.Verified;
import dev.nuxari.transparency.VerifierKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Agents as witnesses of the log. No event says that one has cosigned: the log would grow by it, and be cosigned again.
 */
@Service
class Witnesses implements Cosigners {
    /** A note has at most a hundred signatures, and the first is the log's. */
    private static final int MOST_LINES = 99;

    /** What no clock says, and not every reader of a time can read. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final OrganizationScope scope;
    private final WitnessStore store;
    private final AuditTrail trail;
    private final LogKeys keys;
    private final Findings findings;
    private final AgentDoor door;

    Witnesses(
            OrganizationScope scope,
            WitnessStore store,
            AuditTrail trail,
            LogKeys keys,
            Findings findings,
            AgentDoor door) {
        this.scope = scope;
        this.store = store;
        this.trail = trail;
        this.keys = keys;
        this.findings = findings;
        this.door = door;
    }

    /** Keeps an agent's cosignature of a checkpoint that we have signed. */
    void take(AgentClient client, String text) {
        SignedNote note;
        Checkpoint checkpoint;
        try {
            note = SignedNote.parse(text);
            checkpoint = Checkpoint.parse(note.text());
        } catch (IllegalArgumentException e) {
            throw SignedMessage.refused("No note with a checkpoint: " + e.getMessage());
        }
        String origin = trail.origin(client.organization());
        var cosignature =
                Cosignature.of(origin, client.agent().value(), client.key().key());
        Instant at = cosignature
                .verify(note)
                .filter(time -> time.isBefore(LATEST))
                .orElseThrow(() -> SignedMessage.refused("The note has no cosignature by this agent."));
        boolean ours = trail.checkpoint(client.organization(), client.caller(), checkpoint.size())
                .filter(known -> known.text().equals(note.text()))
                .isPresent();
        if (!ours) {
            forked(client, origin, note);
            throw SignedMessage.refused("The log has no such checkpoint.");
        }
        NoteSignature line = line(note, cosignature);
        scope.run(client.organization(), client.caller(), () -> store.add(client.agent(), checkpoint.size(), line, at));
    }

    /** The one that was verified: others in its name would be shown to everybody, and could be as long as a body. */
    private static NoteSignature line(SignedNote note, Cosignature cosignature) {
        return note.signatures().stream()
                .filter(one -> cosignature
                        .verify(new SignedNote(note.text(), List.of(one)))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** A checkpoint that our key has signed and that we do not have: the log was split, or set back. */
    private void forked(AgentClient client, String origin, SignedNote note) {
        KeyManifest manifest = keys.manifest(client.organization(), client.caller());
        boolean signed = manifest.key(KeyName.LOG).key() instanceof VerificationKey.Ed25519(var log)
                && note.verify(new VerifierKey(origin, log)) instanceof Verified;
        if (signed) {
            Caller server = door.server(client.organization(), client.caller().origin());
            findings.open(
                    client.organization(), server, Severity.CRITICAL, "log.forked", Agents.subject(client.agent()));
        }
    }

    @Override
    public Optional<SignedNote> newest(OrganizationId organization, Caller caller, Wanted wanted) {
        return scope.reading(organization, caller, () -> store.newestBy(wanted))
                .flatMap(size -> trail.checkpoint(organization, caller, size)
                        .map(note -> scope.reading(organization, caller, () -> withLines(note, size, wanted))));
    }

    /** Of those that were named only: a note has no room for everybody. */
    private SignedNote withLines(SignedNote note, long size, Wanted wanted) {
        SignedNote cosigned = note;
        for (String line :
                store.over(size, wanted.of()).stream().limit(MOST_LINES).toList()) {
            // As it was written: a dash, the name, and what is signed.
            String[] parts = line.split(" ", 3);
            cosigned = cosigned.with(new NoteSignature(parts[1], parts[2]));
        }
        return cosigned;
    }
}
