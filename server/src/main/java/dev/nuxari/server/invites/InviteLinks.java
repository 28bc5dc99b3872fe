package dev.nuxari.server.invites;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.StepUp;
import dev.nuxari.server.api.Strangers;
import dev.nuxari.server.api.Strangers.Guest;
import dev.nuxari.server.api.Turns;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.broker.BrokerAccount;
import dev.nuxari.server.broker.BrokerAccounts;
import dev.nuxari.server.broker.NewAccount;
import dev.nuxari.server.broker.Taking;
import dev.nuxari.server.identity.Arrival;
import dev.nuxari.server.identity.ArrivalRuling;
import dev.nuxari.server.identity.EmailAddress;
import dev.nuxari.server.identity.EnrolmentDoor;
import dev.nuxari.server.identity.EnrolmentRuling;
import dev.nuxari.server.identity.Enrolments;
import dev.nuxari.server.identity.IdentityPolicies;
import dev.nuxari.server.identity.IdentityPolicy;
import dev.nuxari.server.identity.LoginMethod;
import dev.nuxari.server.identity.Member;
import dev.nuxari.server.identity.Members;
import dev.nuxari.server.identity.NewMember;
import dev.nuxari.server.identity.Ranks;
import dev.nuxari.server.invites.AcceptanceRule.Attempt;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.MemberNames;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * For whoever holds the link of a mail. It alone makes nobody a member: it only begins a sign-in, and who has signed in with the
 * address that was invited, verified, is let in. Whatever fails on the way can be done again with the same link, until somebody
 * has become a member by it.
 */
@Component
class InviteLinks {
    /** Reads; nothing is done under this name. */
    private static final String READER = "invite-link";

    /** SQLSTATE insufficient_privilege: there is no such organization, or it is not active. */
    private static final String NO_ENTRY = "42501";

    /** A sign-in that was shown a moment ago: whoever else is signed in at the broker in this browser gets to choose. */
    private static final URI SIGN_IN = URI.create(StepUp.START + "?returnTo=/&maxAge=0");

    private final OrganizationScope scope;
    private final InviteStore store;
    private final Doorkeeper doorkeeper;
    private final Strangers strangers;
    private final Turns turns;
    private final Enrolments enrolments;
    private final Members members;
    private final MemberNames names;
    private final IdentityPolicies policies;
    private final BrokerAccounts accounts;
    private final SetupEnds ends;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    // Where everything that makes a member comes together.
    @SuppressWarnings("checkstyle:ParameterNumber")
    InviteLinks(
            OrganizationScope scope,
            InviteStore store,
            Doorkeeper doorkeeper,
            Strangers strangers,
            Turns turns,
            Enrolments enrolments,
            Members members,
            MemberNames names,
            IdentityPolicies policies,
            BrokerAccounts accounts,
            SetupEnds ends,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.doorkeeper = doorkeeper;
        this.strangers = strangers;
        this.turns = turns;
        this.enrolments = enrolments;
        this.members = members;
        this.names = names;
        this.policies = policies;
        this.accounts = accounts;
        this.ends = ends;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** What the link shows. */
    record Shown(Invite invite, String organizationName, String inviterName) {}

    /** Empty if the token opens nothing, and why is nobody's business but the organization's. */
    Optional<Shown> show(InviteToken token, Origin origin) {
        return guest(token, origin).map(guest -> {
            try (Turns.Turn _ = guest.turn()) {
                return shown(guest.who(), token.organization(), reader(token.organization(), origin));
            }
        });
    }

    private Shown shown(Invite invite, OrganizationId organization, Caller reader) {
        return scope.reading(
                organization,
                reader,
                () -> new Shown(
                        invite,
                        members.organization(organization, reader).name(),
                        names.of(Set.of(invite.invitedBy())).getOrDefault(invite.invitedBy(), "An administrator")));
    }

    /** Whoever holds the link, in the organization's turn. */
    private Optional<Guest<Invite>> guest(InviteToken token, Origin origin) {
        return strangers.admit(
                "invite/" + token.hash(), () -> opened(token, origin), () -> turns.take(token.organization()));
    }

    /**
     * Makes the account at the broker if there is none, and answers where the person goes on. An account is no membership: that
     * comes when they have signed in.
     *
     * @return empty if the token opens nothing
     */
    Optional<URI> begin(InviteToken token, Origin origin) {
        return guest(token, origin).flatMap(guest -> {
            try (Turns.Turn _ = guest.turn()) {
                return begin(token, guest.who(), origin);
            }
        });
    }

    private Optional<URI> begin(InviteToken token, Invite invite, Origin origin) {
        OrganizationId organization = token.organization();
        Caller reader = reader(organization, origin);
        List<String> actions = actions(policies.find(organization, reader), invite);
        if (actions.isEmpty()) {
            // Who comes by another identity provider is made known to the broker by that.
            return Optional.of(SIGN_IN);
        }
        BrokerAccount account = accounts.ensure(new NewAccount(invite.email().canonical(), "", "", true));
        Caller door = door(organization, invite, origin);
        if (!scope.within(organization, door, () -> bind(token, invite, account.subject()))) {
            return Optional.empty();
        }
        // Who can sign in already joins when they have: until then it is not known that they want to.
        Optional<URI> link = accounts.setUp(
                organization, account.subject(), actions, Duration.between(clock.instant(), invite.expiresAt()));
        if (opened(token, origin).isEmpty()) {
            // Revoked while the link was made, so that nobody has taken it back.
            ends.end(organization, door, invite.id());
            return Optional.empty();
        }
        return Optional.of(link.orElse(SIGN_IN));
    }

    private boolean bind(InviteToken token, Invite invite, String subject) {
        boolean bound = store.bind(invite.id(), token.hash(), subject);
        if (bound) {
            ends.at(invite.id(), invite.expiresAt());
        }
        return bound;
    }

    /** What somebody has to set up to get in by the rules of the organization; nothing if those take no account of the broker's. */
    private static List<String> actions(IdentityPolicy policy, Invite invite) {
        Set<LoginMethod> methods = policy.terms().loginMethods();
        List<String> actions = new ArrayList<>();
        if (methods.contains(LoginMethod.PASSWORD)) {
            actions.add("UPDATE_PASSWORD");
            if (policy.terms().mfaRequired().of(invite.role())) {
                actions.add("CONFIGURE_TOTP");
            }
        } else if (methods.contains(LoginMethod.PASSKEY)) {
            actions.add("webauthn-register-passwordless");
        }
        return actions;
    }

    /** Somebody has signed in who carries the token: makes them a member, if they are who was invited. */
    ArrivalRuling complete(InviteToken token, Arrival arrival) {
        Optional<Invite> found = find(token, arrival.origin());
        if (found.isEmpty()) {
            return keptOut(AcceptanceRefusal.NOT_OPEN);
        }
        OrganizationId organization = token.organization();
        Invite seen = found.get();
        Caller door = door(organization, seen, arrival.origin());
        if (arrival.spokenForBy().filter(other -> !other.equals(organization)).isPresent()) {
            return scope.within(organization, door, () -> refused(seen, AcceptanceRefusal.OTHER_PROVIDER));
        }
        Caller reader = reader(organization, arrival.origin());
        // Before the membership: an account that is in the organization and no member of it opens nothing.
        if (AcceptanceRule.firstViolated(attempt(organization, reader, seen, Optional.of(arrival)))
                        .isEmpty()
                && accounts.join(organization, arrival.subject()) instanceof Taking.Refused) {
            return scope.within(organization, door, () -> refused(seen, AcceptanceRefusal.OTHER_ORGANIZATION));
        }
        return scope.within(organization, door, () -> {
            Optional<Invite> locked = store.lock(seen.id(), token.hash());
            if (locked.isEmpty()) {
                return keptOut(AcceptanceRefusal.NOT_OPEN);
            }
            Invite invite = locked.get();
            return AcceptanceRule.firstViolated(attempt(organization, door, invite, Optional.of(arrival)))
                    .map(refusal -> refused(invite, refusal))
                    .orElseGet(() -> enrol(organization, door, invite, arrival));
        });
    }

    private ArrivalRuling enrol(OrganizationId organization, Caller door, Invite invite, Arrival arrival) {
        String email = arrival.profile()
                .verifiedEmail()
                .flatMap(EmailAddress::parse)
                .orElseThrow()
                .canonical();
        String name = arrival.profile().name();
        var person =
                new NewMember(arrival.subject(), email, redactor.redact(name.isBlank() ? email : name), invite.role());
        return switch (enrolments.enrol(organization, door, person)) {
            case EnrolmentRuling.Enrolled(Member member) -> accepted(organization, invite, member);
            case EnrolmentRuling.Known(Member member) -> {
                if (!isRaisedBy(invite, member)) {
                    // Whether they are let in now is not for this to say.
                    yield refused(invite, AcceptanceRefusal.MEMBER_ALREADY);
                }
                var raised = new Member(
                        member.id(),
                        member.displayName(),
                        member.email(),
                        invite.role(),
                        member.state(),
                        member.version() + 1);
                enrolments.change(organization, door, member, raised);
                yield accepted(organization, invite, member);
            }
            case EnrolmentRuling.DomainRefused _ -> refused(invite, AcceptanceRefusal.DOMAIN_NOT_ALLOWED);
        };
    }

    /**
     * Their provider or directory let them in before they came by the invitation, with the role that it gives everybody. Who was
     * given another role since has it from people, who knew better than the invitation.
     */
    private static boolean isRaisedBy(Invite invite, Member member) {
        return member.state() == Member.State.ACTIVE
                && member.version() == 1
                && Ranks.isAbove(invite.role(), member.role());
    }

    private ArrivalRuling accepted(OrganizationId organization, Invite invite, Member member) {
        store.accept(invite.id(), member.id(), clock.instant());
        audit.append(AuditEvent.of(InviteAction.INVITE_ACCEPT, Invites.target(invite.id()))
                .change(
                        redactor.redact(invite.forEvent()),
                        redactor.redact(invite.forEvent().with("state", "accepted")))
                .metadata(redactor.redact(Json.object("member", member.id()))));
        return new ArrivalRuling.Joined(organization);
    }

    private ArrivalRuling refused(Invite invite, AcceptanceRefusal refusal) {
        audit.append(AuditEvent.of(InviteAction.INVITE_ACCEPT, Invites.target(invite.id()))
                .outcome(Outcome.REFUSED)
                .change(Redacted.EMPTY, Redacted.EMPTY)
                .metadata(redactor.redact(Json.object("refusal", Spelling.of(refusal)))));
        return refusal == AcceptanceRefusal.MEMBER_ALREADY ? new ArrivalRuling.Unchanged() : keptOut(refusal);
    }

    private static ArrivalRuling keptOut(AcceptanceRefusal refusal) {
        return new ArrivalRuling.KeptOut(refusal.title(), refusal.text());
    }

    /** The invitation of the token, if it would let in whoever it is for. */
    private Optional<Invite> opened(InviteToken token, Origin origin) {
        Caller reader = reader(token.organization(), origin);
        return find(token, origin)
                .filter(invite -> AcceptanceRule.firstViolated(
                                attempt(token.organization(), reader, invite, Optional.empty()))
                        .isEmpty());
    }

    private Optional<Invite> find(InviteToken token, Origin origin) {
        try {
            return scope.reading(
                    token.organization(), reader(token.organization(), origin), () -> store.findByHash(token.hash()));
        } catch (DataAccessException e) {
            boolean noEntry =
                    e.getMostSpecificCause() instanceof SQLException refused && NO_ENTRY.equals(refused.getSQLState());
            if (!noEntry) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Attempt attempt(OrganizationId organization, Caller caller, Invite invite, Optional<Arrival> arrival) {
        return new Attempt(
                invite,
                clock.instant(),
                enrolments
                        .find(organization, caller, invite.invitedBy())
                        .filter(inviter -> inviter.may(Permission.MEMBERS_MANAGE))
                        .isPresent(),
                policies.find(organization, caller)
                        .emailDomainAllowlist()
                        .enrols(invite.email().canonical()),
                arrival);
    }

    private Caller reader(OrganizationId organization, Origin origin) {
        return doorkeeper.admitSystem(organization, READER, origin);
    }

    private Caller door(OrganizationId organization, Invite invite, Origin origin) {
        return EnrolmentDoor.INVITE.open(doorkeeper, organization, invite.id().value(), origin);
    }
}
