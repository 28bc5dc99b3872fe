package dev.nuxari.server.evidence;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.protocol.EvidenceCollection;
import dev.nuxari.protocol.EvidenceCollectionWriter;
import dev.nuxari.protocol.EvidenceSelector;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.audit.AuditTrail;
import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.audit.LogStretches;
import dev.nuxari.server.audit.LogStretches.NotOver;
import dev.nuxari.server.audit.LogStretches.Stretch;
import dev.nuxari.server.audit.LogStretches.TooLong;
import dev.nuxari.server.evidence.Evidence.Opened;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.SignedNote;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Hands out the packages of a period, with all that the log has there, so that a reader misses any that is left out. */
@Service
class EvidenceCollections {
    static final int MOST_ENTRIES = 50_000;

    /** So many are in memory at once. */
    private static final int AT_ONCE = 100;

    private final OrganizationScope scope;
    private final Evidence evidence;
    private final LogStretches stretches;
    private final AuditLog audit;
    private final AuditTrail trail;
    private final LogKeys keys;
    private final Redactor redactor;
    private final InstantSource clock;

    EvidenceCollections(
            OrganizationScope scope,
            Evidence evidence,
            LogStretches stretches,
            AuditLog audit,
            AuditTrail trail,
            LogKeys keys,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.evidence = evidence;
        this.stretches = stretches;
        this.audit = audit;
        this.trail = trail;
        this.keys = keys;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** A collection that is on record and not written yet. */
    final class Ready {
        private final OrganizationId organization;
        private final Caller caller;
        private final EvidenceSelector selector;
        private final SignedNote checkpoint;
        private final Stretch stretch;

        private Ready(
                OrganizationId organization,
                Caller caller,
                EvidenceSelector selector,
                SignedNote checkpoint,
                Stretch stretch) {
            this.organization = organization;
            this.caller = caller;
            this.selector = selector;
            this.checkpoint = checkpoint;
            this.stretch = stretch;
        }

        /** Writes it in pieces. No transaction is open while somebody reads slowly. */
        void writeTo(OutputStream out) throws IOException {
            KeyManifest manifest = keys.manifest(organization, caller);
            var writer = new EvidenceCollectionWriter(
                    out,
                    manifest,
                    checkpoint,
                    selector,
                    stretches.prove(organization, caller, stretch, size(checkpoint)));
            for (long at = stretch.begin(); at < stretch.end(); at += AT_ONCE) {
                long end = Math.min(at + AT_ONCE, stretch.end());
                for (Recorded recorded : stretches.entries(organization, caller, at, end)) {
                    write(writer, recorded);
                }
            }
            out.flush();
        }

        private void write(EvidenceCollectionWriter writer, Recorded recorded) throws IOException {
            Json.Obj event = recorded.event();
            if (isOutside(recorded) || !EvidenceCollection.seals(event)) {
                writer.entry(event);
                return;
            }
            Opened opened = evidence.sealedBy(organization, caller, recorded.sequence())
                    .orElseThrow(() -> new IllegalStateException(
                            "the package that entry %d seals is gone".formatted(recorded.sequence())));
            if (selector.selects(opened.document().header().scope())) {
                writer.sealing(event, evidence.file(organization, caller, opened));
            } else {
                writer.sealingOther(event, plan(opened));
            }
        }

        /** The entries that show where the period begins and ends. */
        private boolean isOutside(Recorded recorded) {
            boolean before = recorded.sequence() == stretch.begin()
                    && Instant.parse(recorded.event().string("at")).isBefore(selector.from());
            return before || recorded.sequence() == stretch.end() - 1;
        }
    }

    private static Json.Obj plan(Opened opened) {
        return opened.document().json().objects("records").stream()
                .map(written -> written.object("content"))
                .filter(content -> content.has("plan"))
                .findFirst()
                .orElseThrow()
                .object("plan");
    }

    Ready prepare(OrganizationId organization, Caller caller, EvidenceSelector selector) {
        return prepare(organization, caller, selector, MOST_ENTRIES);
    }

    /**
     * Finds the period in the log, and puts on record that its evidence is taken away.
     *
     * @throws ProblemException if the period is not over, or has more entries than these; that is on record too
     * @throws InvalidField if what is selected looks like a secret
     */
    Ready prepare(OrganizationId organization, Caller caller, EvidenceSelector selector, int most) {
        boolean over = !selector.to().isAfter(clock.instant());
        LogStretches.Sought before = stretches.find(organization, caller, selector.from(), selector.to(), most);
        boolean refused = !over || before instanceof TooLong;
        scope.run(organization, caller, () -> {
            mustBeWithoutSecrets(selector);
            audit.append(AuditEvent.of(EvidenceAction.EVIDENCE_COLLECT, new Target("log", organization.value()))
                    .outcome(refused ? Outcome.REFUSED : Outcome.SUCCEEDED)
                    .metadata(redactor.redact(Json.object("selector", selector.json()))));
        });
        if (!over) {
            throw notOver();
        }
        // That it was asked for is an entry after the period, if there was none.
        SignedNote checkpoint = trail.checkpoint(organization, caller);
        return switch (stretches.find(organization, caller, selector.from(), selector.to(), most)) {
            case Stretch stretch
            when stretch.end() <= size(checkpoint) -> new Ready(organization, caller, selector, checkpoint, stretch);
            case TooLong(Optional<Instant> fitting) -> throw tooLong(most, fitting);
            case Stretch _, NotOver _ -> throw notOver();
        };
    }

    /** The selector stands in the file. An account that is called by a secret is known under the mask only. */
    private void mustBeWithoutSecrets(EvidenceSelector selector) {
        if (!redactor.redact(selector.json()).json().equals(selector.json())) {
            throw new InvalidField("account", "is what looks like a secret, which no account here is called by");
        }
    }

    private static ProblemException notOver() {
        return new ProblemException(
                EvidenceProblem.PERIOD_NOT_OVER,
                "A collection is complete only when nothing can be added to its period any more. Let it end now or earlier.");
    }

    private static ProblemException tooLong(int most, Optional<Instant> fitting) {
        String detail = "The log has more than %d entries in this period. Ask for a shorter one".formatted(most);
        return new ProblemException(
                EvidenceProblem.PERIOD_TOO_LONG,
                fitting.map(to -> detail + ", for example up to " + to + ", and go on from there.")
                        .orElse(detail + "."));
    }

    private static long size(SignedNote checkpoint) {
        return Checkpoint.parse(checkpoint.text()).size();
    }
}
