package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Memberships that are made and changed by a door of enrolment. The caller has entered by {@link EnrolmentDoor}; what the door
 * permits is its module's to judge, and the database judges again.
 */
@Component
public class Enrolments {
    private final OrganizationScope scope;
    private final MemberStore store;
    private final IdentityPolicies policies;
    private final Sessions sessions;
    private final AuditLog audit;
    private final Redactor redactor;

    Enrolments(
            OrganizationScope scope,
            MemberStore store,
            IdentityPolicies policies,
            Sessions sessions,
            AuditLog audit,
            Redactor redactor) {
        this.scope = scope;
        this.store = store;
        this.policies = policies;
        this.sessions = sessions;
        this.audit = audit;
        this.redactor = redactor;
    }

    /** Makes the person an active member. Joins the caller's scope, so that it stands or falls with what else is done there. */
    public EnrolmentRuling enrol(OrganizationId organization, Caller door, NewMember person) {
        return scope.within(organization, door, () -> {
            Optional<Member> known = store.findBySubject(person.subject());
            if (known.isPresent()) {
                return new EnrolmentRuling.Known(known.get());
            }
            if (!policies.find(organization, door).emailDomainAllowlist().enrols(person.email())) {
                return new EnrolmentRuling.DomainRefused();
            }
            return store.insert(person)
                    .<EnrolmentRuling>map(member -> {
                        audit.append(AuditEvent.of(IdentityAction.MEMBER_ENROL, target(member))
                                .change(Redacted.EMPTY, redactor.redact(member.forEvent())));
                        return new EnrolmentRuling.Enrolled(member);
                    })
                    // Somebody was quicker, in another transaction.
                    .orElseGet(() -> new EnrolmentRuling.Known(
                            store.findBySubject(person.subject()).orElseThrow()));
        });
    }

    /** The member with that name at the broker, active or not. */
    public Optional<Member> find(OrganizationId organization, Caller door, String subject) {
        return scope.reading(organization, door, () -> store.findBySubject(subject));
    }

    /**
     * Replaces what a member is, and signs them out if they are no longer what they were.
     *
     * @param before as read in the scope that is open
     * @param after the same member, of the next version
     */
    public void change(OrganizationId organization, Caller door, Member before, Member after) {
        scope.run(organization, door, () -> {
            store.replace(after);
            audit.append(AuditEvent.of(IdentityAction.MEMBER_CHANGE, target(after))
                    .change(redactor.redact(before.forEvent()), redactor.redact(after.forEvent()))
                    .metadata(redactor.redact(sessions.endUnlessSame(organization, door, before, after))));
        });
    }

    private static Target target(Member member) {
        return new Target("member", member.id().value());
    }
}
