package dev.nuxari.server.audit;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.protocol.AuditExportWriter;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.SignedNote;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.springframework.stereotype.Service;

/** Hands out what a search finds, each event with the proof that it is in the log. */
@Service
public class AuditExports {
    static final int MOST_EVENTS = 10_000;
    static final long MOST_BYTES = 40L * 1024 * 1024;

    /** So many are in memory at once. */
    private static final int AT_ONCE = 100;

    private final OrganizationScope scope;
    private final AuditSearch search;
    private final AuditTrail trail;
    private final LogKeys keys;
    private final TileStore tiles;
    private final AuditLog log;
    private final Redactor redactor;

    AuditExports(
            OrganizationScope scope,
            AuditSearch search,
            AuditTrail trail,
            LogKeys keys,
            TileStore tiles,
            AuditLog log,
            Redactor redactor) {
        this.scope = scope;
        this.search = search;
        this.trail = trail;
        this.keys = keys;
        this.tiles = tiles;
        this.log = log;
        this.redactor = redactor;
    }

    private enum Action implements AuditAction {
        LOG_EXPORT
    }

    /** An export that is on record and not written yet. */
    public final class Ready {
        private final OrganizationId organization;
        private final Caller caller;
        private final AuditSearch.Found found;
        private final SignedNote checkpoint;

        /** Kept to the end of the file, which names it at its beginning, even if it is replaced meanwhile. */
        private final LogKeys.Held signer;

        private Ready(OrganizationId organization, Caller caller, AuditSearch.Found found) {
            this.organization = organization;
            this.caller = caller;
            this.found = found;
            this.signer = keys.hold(organization, caller);
            this.checkpoint = trail.checkpoint(organization, caller);
        }

        public long treeSize() {
            return Checkpoint.parse(checkpoint.text()).size();
        }

        /** Writes it in pieces. No transaction is open while somebody reads slowly. */
        public void writeTo(OutputStream out) throws IOException {
            var writer = new AuditExportWriter(out, signer.manifest(), checkpoint, shown(found.filter()));
            var nodes = new TreeNodes(tiles);
            long before = treeSize();
            List<Proven> piece = piece(before, nodes);
            while (!piece.isEmpty()) {
                for (Proven proven : piece) {
                    writer.event(proven.recorded().event(), proven.proof());
                }
                piece = piece(piece.getLast().recorded().sequence(), nodes);
            }
            writer.finish(signer.log());
        }

        /** What is looked for may be a secret; whoever gets the file need not know it. */
        private Json.Obj shown(AuditFilter filter) {
            return Json.parseObject(scope.reading(
                    organization,
                    caller,
                    () -> redactor.redact(filter.json()).json().canonical()));
        }

        private List<Proven> piece(long before, TreeNodes nodes) {
            return scope.reading(
                    organization,
                    caller,
                    () -> found.page(before, AT_ONCE).stream()
                            .map(recorded ->
                                    new Proven(recorded, InclusionProof.of(recorded.sequence(), treeSize(), nodes)))
                            .toList());
        }
    }

    private record Proven(Recorded recorded, InclusionProof proof) {}

    /**
     * Measures what is found, and puts on record that it is taken away.
     *
     * @throws ProblemException if it is more than a file holds; that is on record too
     */
    public Ready prepare(OrganizationId organization, Caller caller, AuditFilter filter) {
        AuditSearch.Found found = search.find(organization, caller, filter);
        int events = count(organization, caller, found);
        boolean fits = events <= MOST_EVENTS;
        var metadata = Json.object("filter", filter.json());
        scope.run(
                organization,
                caller,
                () -> log.append(AuditEvent.of(Action.LOG_EXPORT, new Target("log", organization.value()))
                        .outcome(fits ? Outcome.SUCCEEDED : Outcome.REFUSED)
                        .metadata(redactor.redact(fits ? metadata.with("events", events) : metadata))));
        if (!fits) {
            throw new ProblemException(
                    AuditProblem.EXPORT_TOO_LARGE,
                    "One export holds %d events and %d MiB of them. Narrow the filters, for example to a month at a time."
                            .formatted(MOST_EVENTS, MOST_BYTES / 1024 / 1024));
        }
        return scope.within(organization, caller, () -> new Ready(organization, caller, found));
    }

    /** How many events there are; more than the most, if they do not fit. */
    private int count(OrganizationId organization, Caller caller, AuditSearch.Found found) {
        int events = 0;
        long bytes = 0;
        long before = Long.MAX_VALUE;
        while (true) {
            long from = before;
            List<Recorded> piece = scope.reading(organization, caller, () -> found.page(from, AT_ONCE));
            if (piece.isEmpty()) {
                return events;
            }
            for (Recorded recorded : piece) {
                bytes += recorded.event().canonicalBytes().length;
            }
            events += piece.size();
            if (events > MOST_EVENTS || bytes > MOST_BYTES) {
                return MOST_EVENTS + 1;
            }
            before = piece.getLast().sequence();
        }
    }
}
