package dev.nuxari.server.approvals;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.audit.AuditTrail;
import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How approvals that were granted stand in the log. */
@Component
public class Grants {
    private final AuditTrail trail;
    private final ApprovalStore store;
    private final OrganizationScope scope;

    Grants(AuditTrail trail, ApprovalStore store, OrganizationScope scope) {
        this.trail = trail;
        this.store = store;
        this.scope = scope;
    }

    /**
     * What was granted, and by which event.
     *
     * @param plan to the letter
     */
    public record Grant(Json.Obj plan, Recorded event) {}

    /** Empty if it was not granted, or before events said so. */
    public Optional<Grant> find(OrganizationId organization, Caller caller, ApprovalId id) {
        return scope.reading(
                organization,
                caller,
                () -> store.find(id)
                        .flatMap(approval -> event(organization, caller, id)
                                .map(event -> new Grant(
                                        Json.parseObject(approval.question().plan()), event))));
    }

    private Optional<Recorded> event(OrganizationId organization, Caller caller, ApprovalId id) {
        return trail.newestUnder(organization, caller, ApprovalAction.APPROVAL_DECIDE, id.value())
                .filter(decided -> decided.event().string("outcome").equals("succeeded"))
                .filter(decided -> decided.event()
                        .optionalObject("metadata")
                        .flatMap(said -> said.optionalString("state"))
                        .filter("granted"::equals)
                        .isPresent());
    }
}
