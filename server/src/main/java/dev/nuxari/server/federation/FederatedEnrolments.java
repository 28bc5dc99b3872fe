package dev.nuxari.server.federation;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.identity.EmailAddress;
import dev.nuxari.server.identity.EnrolmentRuling;
import dev.nuxari.server.identity.Enrolments;
import dev.nuxari.server.identity.FederatedPerson;
import dev.nuxari.server.identity.FederatedSignIns;
import dev.nuxari.server.identity.Member;
import dev.nuxari.server.identity.NewMember;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Who becomes a member by an organization's provider, and in which role. The database judges again, on the member's row. */
@Component
class FederatedEnrolments implements FederatedSignIns {
    private final OrganizationScope scope;
    private final ProviderStore store;
    private final Enrolments enrolments;
    private final Redactor redactor;

    FederatedEnrolments(OrganizationScope scope, ProviderStore store, Enrolments enrolments, Redactor redactor) {
        this.scope = scope;
        this.store = store;
        this.enrolments = enrolments;
        this.redactor = redactor;
    }

    @Override
    public boolean arrived(OrganizationId organization, Caller door, FederatedPerson person) {
        return scope.within(
                organization,
                door,
                () -> store.find(new ProviderId(person.provider()))
                        .filter(IdentityProvider::isEnabled)
                        .filter(_ -> isOurs(person.email()))
                        .filter(provider -> settle(organization, door, provider, person))
                        .isPresent());
    }

    @Override
    public boolean isOpen(OrganizationId organization, Caller caller, UUID provider) {
        return scope.reading(organization, caller, () -> store.isEnabled(new ProviderId(provider)));
    }

    /** A domain may have lapsed since the broker was told. */
    private boolean isOurs(String email) {
        return EmailAddress.parse(email)
                .filter(address ->
                        store.verifiedDomains().contains(address.domain().name()))
                .isPresent();
    }

    private boolean settle(
            OrganizationId organization, Caller door, IdentityProvider provider, FederatedPerson person) {
        Optional<Member> known = enrolments.find(organization, door, person.subject());
        if (known.isPresent()) {
            adjust(organization, door, provider, person, known.get());
            return true;
        }
        String name = person.name().isBlank() ? person.email() : person.name();
        var newcomer = new NewMember(
                person.subject(),
                person.email(),
                redactor.redact(name),
                provider.enrolment().roleFor(person.groups()));
        return !(enrolments.enrol(organization, door, newcomer) instanceof EnrolmentRuling.DomainRefused);
    }

    /** Whoever is suspended or was removed stays so; whether they are let in is asked elsewhere. */
    private void adjust(
            OrganizationId organization,
            Caller door,
            IdentityProvider provider,
            FederatedPerson person,
            Member member) {
        Role role = provider.enrolment().adjusted(member.role(), person.groups());
        if (role != member.role() && member.state() == Member.State.ACTIVE && isOurs(member.email())) {
            enrolments.change(
                    organization,
                    door,
                    member,
                    new Member(
                            member.id(),
                            member.displayName(),
                            member.email(),
                            role,
                            member.state(),
                            member.version() + 1));
        }
    }
}
