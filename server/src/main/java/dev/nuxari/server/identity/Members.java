package dev.nuxari.server.identity;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The people of an organization, what they may, and what the organization is called. */
@Component
public class Members {
    private final OrganizationScope scope;
    private final MemberStore store;
    private final Sessions sessions;
    private final AuditLog audit;
    private final Redactor redactor;

    Members(OrganizationScope scope, MemberStore store, Sessions sessions, AuditLog audit, Redactor redactor) {
        this.scope = scope;
        this.store = store;
        this.sessions = sessions;
        this.audit = audit;
        this.redactor = redactor;
    }

    /** The members that pass the filter; for a caller who may read only their own membership, at most that one. */
    public Page<Member> list(OrganizationId organization, Caller caller, MemberFilter filter, PageRequest page) {
        return scope.reading(organization, caller, () -> {
            MemberId only = caller.may(Permission.MEMBERS_READ) ? null : caller.memberId();
            List<Member> members = store.list(only, filter, page);
            return Page.cut(members, page.limit(), member -> member.id().toString());
        });
    }

    /** Empty for an unknown id, and for a member that the caller may not see. */
    public Optional<Member> find(OrganizationId organization, Caller caller, MemberId member) {
        return scope.reading(
                organization,
                caller,
                () -> caller.may(Permission.MEMBERS_READ) || caller.memberId().equals(member)
                        ? store.find(member)
                        : Optional.empty());
    }

    /**
     * Changes role or state. Whoever has another role or is suspended is signed out, also an owner who steps down: what they
     * began as somebody else they do not go on with, and what was stopped stays so when they come back. A refusal is audited
     * too.
     */
    public MemberRuling change(OrganizationId organization, Caller caller, MemberId id, MemberChange change) {
        return scope.within(organization, caller, () -> {
            store.lock(caller.memberId(), id);
            Optional<Member> found = store.find(id);
            MemberRuling ruling = found.map(member -> judge(caller, member, change))
                    .orElseGet(() -> new MemberRuling.Refused(MemberRefusal.NO_SUCH_MEMBER));
            AuditEvent event = AuditEvent.of(IdentityAction.MEMBER_CHANGE, new Target("member", id.value()));
            audit.append(
                    switch (ruling) {
                        case MemberRuling.Accepted(Member after) -> {
                            Member before = found.orElseThrow();
                            yield event.change(redactor.redact(before.forEvent()), redactor.redact(after.forEvent()))
                                    .metadata(redactor.redact(
                                            sessions.endUnlessSame(organization, caller, before, after)));
                        }
                        case MemberRuling.Stale _ -> refused(event, change, "stale-version");
                        case MemberRuling.Refused(MemberRefusal refusal) -> refused(event, change, refusal.slug());
                    });
            if (ruling instanceof MemberRuling.Accepted(Member after)) {
                store.save(after);
            }
            return ruling;
        });
    }

    /** The caller is judged by what they are now: they may have been demoted since they were admitted. */
    private MemberRuling judge(Caller caller, Member member, MemberChange change) {
        Member actor = store.find(caller.memberId()).orElseThrow();
        return change.applyTo(member, actor, store.hasOwnerBesides(member.id()));
    }

    private AuditEvent refused(AuditEvent event, MemberChange change, String refusal) {
        Json.Obj particulars = Json.object("refusal", refusal);
        if (change.role() != null) {
            particulars = particulars.with("role", Spelling.of(change.role()));
        }
        if (change.state() != null) {
            particulars = particulars.with("state", Spelling.of(change.state()));
        }
        return event.outcome(Outcome.REFUSED).metadata(redactor.redact(particulars));
    }

    /** The caller's own organization. */
    public Organization organization(OrganizationId organization, Caller caller) {
        return scope.reading(organization, caller, store::organization);
    }
}
