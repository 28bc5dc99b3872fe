package dev.nuxari.server.findings;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.findings.Finding.Kind;
import dev.nuxari.server.findings.Finding.Severity;
import dev.nuxari.server.findings.Finding.State;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** What deviates in an organization. */
@Service
public class Findings {
    private final OrganizationScope scope;
    private final FindingStore store;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    Findings(OrganizationScope scope, FindingStore store, AuditLog audit, Redactor redactor, InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** The newest first. */
    public Page<Finding> list(OrganizationId organization, Caller caller, PageRequest page) {
        UUID before = page.afterId();
        return scope.reading(
                organization,
                caller,
                () -> Page.cut(
                        store.list(before, page.rows()),
                        page.limit(),
                        one -> one.id().toString()));
    }

    /** All that was found about some subjects, the newest first. Each has one finding of a rule at most. */
    public List<Finding> about(OrganizationId organization, Caller caller, List<String> subjects) {
        return scope.reading(organization, caller, () -> store.about(subjects));
    }

    /**
     * Opens a finding, with an event in the log; one that is there already was seen again, and that is all.
     *
     * @return whether it is new
     */
    public boolean open(OrganizationId organization, Caller caller, Severity severity, String rule, String subject) {
        return scope.within(organization, caller, () -> {
            Instant now = clock.instant();
            if (store.seenAgain(rule, subject, now)) {
                return false;
            }
            var finding =
                    new Finding(UuidV7.at(now), Kind.CONTROL_FAILURE, severity, State.OPEN, rule, subject, now, now);
            store.add(finding);
            audit.append(AuditEvent.of(FindingAction.FINDING_OPEN, new Target("finding", finding.id()))
                    .metadata(redactor.redact(Json.object("severity", severity, "rule", rule, "subject", subject))));
            return true;
        });
    }
}
