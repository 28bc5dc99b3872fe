package dev.nuxari.server.scim;

import dev.nuxari.server.broker.BrokerAccounts;
import dev.nuxari.server.broker.NewAccount;
import dev.nuxari.server.broker.Taking;
import dev.nuxari.server.domains.Domains;
import dev.nuxari.server.identity.EmailAddress;
import dev.nuxari.server.identity.EmailDomain;
import dev.nuxari.server.identity.EnrolmentRuling;
import dev.nuxari.server.identity.Enrolments;
import dev.nuxari.server.identity.Member;
import dev.nuxari.server.identity.NewMember;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Gatherers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes members of users that a directory has sent: an account at the broker first, which is let into the organization. */
@Component
class DirectoryArrivals {
    private static final Logger log = LoggerFactory.getLogger(DirectoryArrivals.class);

    private static final int PARTY = 25;

    /** One whose accounts are being made, and one that is waited for. */
    private static final int PARTIES = 2;

    private final DirectoryUserStore users;
    private final DirectoryMembers members;
    private final UserDocument document;
    private final Enrolments enrolments;
    private final Domains domains;
    private final BrokerAccounts broker;
    private final OrganizationScope scope;

    DirectoryArrivals(
            DirectoryUserStore users,
            DirectoryMembers members,
            UserDocument document,
            Enrolments enrolments,
            Domains domains,
            BrokerAccounts broker,
            OrganizationScope scope) {
        this.users = users;
        this.members = members;
        this.document = document;
        this.enrolments = enrolments;
        this.domains = domains;
        this.broker = broker;
        this.scope = scope;
    }

    /** What became of a user whose account is in the organization. */
    private sealed interface Arrival {
        record Arrived() implements Arrival {}

        /** Something was sent of them in the meantime, and they are due again. */
        record Changed() implements Arrival {}

        record Refused(AccountProblem why) implements Arrival {}
    }

    /** Users with the accounts that they have at the broker now, by address. */
    private record Party(List<DirectoryUser> users, Map<String, String> subjects) {}

    /**
     * Lets many new users in, a party with each call to the broker and each transaction, as a first sync needs it. While one party
     * becomes members the broker makes the accounts of the next. It is a shortcut: for whomever it does not do, for whatever reason,
     * {@link #letIn} says why not.
     *
     * @return the users with whom all is done
     */
    Set<UUID> letInTogether(DirectoryClient client, Directory directory, List<DirectoryUser> newcomers) {
        Set<UUID> arrived = new HashSet<>();
        if (newcomers.size() < 2) {
            return arrived;
        }
        try {
            ofOurDomains(client, newcomers).stream()
                    .gather(Gatherers.windowFixed(PARTY))
                    .gather(Gatherers.mapConcurrent(PARTIES, users -> atBroker(client, users)))
                    .forEach(party -> arrived.addAll(arrivedTogether(client, directory, party)));
        } catch (RuntimeException e) {
            log.warn("users of a directory could not be let in together, and are one by one: {}", e.getMessage());
        }
        return arrived;
    }

    private Party atBroker(DirectoryClient client, List<DirectoryUser> users) {
        return new Party(
                users,
                broker.takeTogether(
                        client.organization(),
                        users.stream().map(DirectoryArrivals::account).toList()));
    }

    private List<DirectoryUser> ofOurDomains(DirectoryClient client, List<DirectoryUser> newcomers) {
        Map<EmailDomain, Boolean> known = new HashMap<>();
        return newcomers.stream()
                .filter(user -> EmailAddress.parse(user.email())
                        .filter(address -> known.computeIfAbsent(
                                address.domain(),
                                domain -> domains.isVerified(client.organization(), client.caller(), domain)))
                        .isPresent())
                // Whoever locks several users does it in this order.
                .sorted(Comparator.comparing(DirectoryUser::id))
                .toList();
    }

    private Set<UUID> arrivedTogether(DirectoryClient client, Directory directory, Party party) {
        return scope.within(client.organization(), client.caller(), () -> {
            Set<UUID> arrived = new HashSet<>();
            for (DirectoryUser user : party.users()) {
                String subject = party.subjects().get(user.email());
                if (subject != null && arrival(client, directory, user, subject) instanceof Arrival.Arrived) {
                    arrived.add(user.id());
                }
            }
            return arrived;
        });
    }

    /** Lets one user in; answers why not. */
    Optional<AccountProblem> letIn(DirectoryClient client, Directory directory, DirectoryUser user) {
        if (user.subject() != null) {
            return switch (broker.takeAgain(client.organization(), user.subject())) {
                case Taking.Taken _ -> {
                    scope.run(client.organization(), client.caller(), () -> settle(client, directory, user));
                    yield Optional.empty();
                }
                case Taking.Refused(Taking.Obstacle why) -> Optional.of(AccountProblem.of(why));
            };
        }
        if (ofOurDomains(client, List.of(user)).isEmpty()) {
            return Optional.of(AccountProblem.DOMAIN_NOT_VERIFIED);
        }
        return switch (broker.take(client.organization(), account(user))) {
            case Taking.Taken(String subject) -> taken(client, directory, user, subject);
            case Taking.Refused(Taking.Obstacle why) -> Optional.of(AccountProblem.of(why));
        };
    }

    private Optional<AccountProblem> taken(
            DirectoryClient client, Directory directory, DirectoryUser user, String subject) {
        Arrival arrival =
                scope.within(client.organization(), client.caller(), () -> arrival(client, directory, user, subject));
        if (!isNeeded(client, subject)) {
            broker.leave(client.organization(), subject);
        }
        return arrival instanceof Arrival.Refused(AccountProblem why) ? Optional.of(why) : Optional.empty();
    }

    private static NewAccount account(DirectoryUser user) {
        return new NewAccount(user.email(), UserDocument.givenName(user), UserDocument.familyName(user), true);
    }

    /** By another user of a directory, or by a membership that is not the directory's to end: an owner's, for one. */
    boolean isNeeded(DirectoryClient client, String subject) {
        return scope.reading(client.organization(), client.caller(), () -> users.isActive(subject))
                || enrolments
                        .find(client.organization(), client.caller(), subject)
                        .filter(member -> member.state() == Member.State.ACTIVE)
                        .isPresent();
    }

    private Arrival arrival(DirectoryClient client, Directory directory, DirectoryUser user, String subject) {
        if (users.lockUnchanged(user).isEmpty()) {
            return new Arrival.Changed();
        }
        // Whoever gets a role by settings that are no longer so is behind them, and is looked at again.
        NewMember person = new NewMember(
                subject, user.email(), document.displayName(user), members.role(client, user, directory.settings()));
        EnrolmentRuling ruling = enrolments.enrol(client.organization(), client.caller(), person);
        return switch (ruling) {
            case EnrolmentRuling.Enrolled(Member member) -> {
                users.arrived(user.id(), subject, member.id(), directory.version());
                yield new Arrival.Arrived();
            }
            case EnrolmentRuling.Known(Member member) -> {
                adopt(client, directory, user, subject, member);
                yield new Arrival.Arrived();
            }
            case EnrolmentRuling.DomainRefused _ -> new Arrival.Refused(AccountProblem.DOMAIN_NOT_ENROLLED);
        };
    }

    /** They were a member before; from now on the directory says what they are, as far as it may. */
    private void adopt(DirectoryClient client, Directory directory, DirectoryUser user, String subject, Member member) {
        users.link(user.id(), subject, member.id());
        DirectoryUser linked = scope.within(
                        client.organization(), client.caller(), () -> users.lock(client.directory(), user.id()))
                .orElseThrow();
        members.restore(client, linked);
        members.applyRole(client, linked);
        users.done(user.id(), directory.version());
    }

    private void settle(DirectoryClient client, Directory directory, DirectoryUser user) {
        users.lockUnchanged(user).ifPresent(same -> {
            members.applyRole(client, same);
            users.done(same.id(), directory.version());
        });
    }
}
