package dev.nuxari.server.scim;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.broker.BrokerAccounts;
import dev.nuxari.server.broker.NewAccount;
import dev.nuxari.server.broker.Taking;
import dev.nuxari.server.domains.Domains;
import dev.nuxari.server.identity.EmailAddress;
import dev.nuxari.server.identity.EnrolmentRuling;
import dev.nuxari.server.identity.Enrolments;
import dev.nuxari.server.identity.Member;
import dev.nuxari.server.identity.NewMember;
import dev.nuxari.server.scim.Directory.Settings;
import dev.nuxari.server.scim.DirectoryUserStore.Pending;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import dev.nuxari.server.workflow.TimerTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells the broker what a directory has said, after the directory has its answer: accounts are made and let into the
 * organization, or let out and signed out. What is left to do stands in the users' rows, in the transaction of what it is for, so
 * nothing is forgotten when a server dies; every call can be repeated.
 *
 * <p>One timer per directory, which comes back every minute: two requests may ask for it at a moment when it is just ending.
 */
@Component
class DirectoryAccounts implements TimerTask {
    static final String TIMER = "directory-accounts";

    private static final Logger log = LoggerFactory.getLogger(DirectoryAccounts.class);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int AT_ONCE = 50;
    private static final int MOST_DOUBLINGS = 7;

    private final DirectoryDoor door;
    private final DirectoryStore directories;
    private final DirectoryUserStore users;
    private final DirectoryMembers members;
    private final UserDocument document;
    private final Enrolments enrolments;
    private final Domains domains;
    private final BrokerAccounts broker;
    private final OrganizationScope scope;
    private final InstantSource clock;

    // Everything that an account hangs on comes together here.
    @SuppressWarnings("checkstyle:ParameterNumber")
    DirectoryAccounts(
            DirectoryDoor door,
            DirectoryStore directories,
            DirectoryUserStore users,
            DirectoryMembers members,
            UserDocument document,
            Enrolments enrolments,
            Domains domains,
            BrokerAccounts broker,
            OrganizationScope scope,
            InstantSource clock) {
        this.door = door;
        this.directories = directories;
        this.users = users;
        this.members = members;
        this.document = document;
        this.enrolments = enrolments;
        this.domains = domains;
        this.broker = broker;
        this.scope = scope;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return TIMER;
    }

    @Override
    public Optional<Instant> run(Caller server, String id) {
        OrganizationId organization = server.organization();
        DirectoryClient client = door.client(organization, new DirectoryId(UUID.fromString(id)), Origin.SERVER);
        Optional<Directory> directory =
                scope.reading(organization, client.caller(), () -> directories.find(client.directory()));
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (!directory.get().isActive()) {
            return Optional.of(now.plus(AGAIN));
        }
        List<Pending> pending = scope.reading(
                organization,
                client.caller(),
                () -> users.pending(client.directory(), directory.get().version(), now, AT_ONCE));
        pending.forEach(one -> attempt(client, directory.get(), one));
        return Optional.of(pending.size() < AT_ONCE ? now.plus(AGAIN) : now);
    }

    private void attempt(DirectoryClient client, Directory directory, Pending pending) {
        try {
            Optional<AccountProblem> problem = pending.user().active()
                    ? letIn(client, directory, pending.user())
                    : letOut(client, directory, pending);
            problem.ifPresent(why -> retry(client, pending, why));
        } catch (DependencyDown e) {
            log.warn("the broker does not know of a directory's user yet: {}", e.getMessage());
            retry(client, pending, AccountProblem.BROKER_UNAVAILABLE);
        } catch (RuntimeException e) {
            // One of them is not to hold up the others.
            log.error(
                    "a directory's user {} could not be let in or out",
                    pending.user().id(),
                    e);
            retry(client, pending, AccountProblem.FAILED);
        }
    }

    private void retry(DirectoryClient client, Pending pending, AccountProblem problem) {
        Duration wait = Duration.ofMinutes(1L << Math.min(pending.attempts(), MOST_DOUBLINGS));
        Instant next = clock.instant().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        scope.run(client.organization(), client.caller(), () -> users.failed(pending.user(), problem, next));
    }

    private Optional<AccountProblem> letIn(DirectoryClient client, Directory directory, DirectoryUser user) {
        if (user.subject() != null) {
            return switch (broker.takeAgain(client.organization(), user.subject())) {
                case Taking.Taken _ -> {
                    scope.run(client.organization(), client.caller(), () -> settle(client, directory, user));
                    yield Optional.empty();
                }
                case Taking.Refused(Taking.Obstacle why) -> Optional.of(AccountProblem.of(why));
            };
        }
        if (!isOurs(client, user.email())) {
            return Optional.of(AccountProblem.DOMAIN_NOT_VERIFIED);
        }
        var wanted = new NewAccount(user.email(), UserDocument.givenName(user), UserDocument.familyName(user), true);
        return switch (broker.take(client.organization(), wanted)) {
            case Taking.Taken(String subject) -> enrolled(client, directory, user, subject);
            case Taking.Refused(Taking.Obstacle why) -> Optional.of(AccountProblem.of(why));
        };
    }

    private boolean isOurs(DirectoryClient client, String email) {
        return EmailAddress.parse(email)
                .filter(address -> domains.isVerified(client.organization(), client.caller(), address.domain()))
                .isPresent();
    }

    private Optional<AccountProblem> enrolled(
            DirectoryClient client, Directory directory, DirectoryUser user, String subject) {
        Optional<AccountProblem> problem = scope.within(
                client.organization(), client.caller(), () -> enrolledWithin(client, directory, user, subject));
        if (!isNeeded(client, subject)) {
            broker.leave(client.organization(), subject);
        }
        return problem;
    }

    /** By another user of a directory, or by a membership that is not the directory's to end: an owner's, for one. */
    private boolean isNeeded(DirectoryClient client, String subject) {
        return scope.reading(client.organization(), client.caller(), () -> users.isActive(subject))
                || enrolments
                        .find(client.organization(), client.caller(), subject)
                        .filter(member -> member.state() == Member.State.ACTIVE)
                        .isPresent();
    }

    private Optional<AccountProblem> enrolledWithin(
            DirectoryClient client, Directory directory, DirectoryUser user, String subject) {
        if (users.lockUnchanged(user).isEmpty()) {
            // It was changed in the meantime, and is due again.
            return Optional.empty();
        }
        Settings settings = directories.find(client.directory()).orElseThrow().settings();
        NewMember person =
                new NewMember(subject, user.email(), document.displayName(user), members.role(client, user, settings));
        EnrolmentRuling ruling = enrolments.enrol(client.organization(), client.caller(), person);
        return switch (ruling) {
            case EnrolmentRuling.Enrolled(Member member) -> {
                users.link(user.id(), subject, member.id());
                users.done(user.id(), directory.version());
                yield Optional.empty();
            }
            case EnrolmentRuling.Known(Member member) -> {
                adopt(client, directory, user, subject, member);
                yield Optional.empty();
            }
            case EnrolmentRuling.DomainRefused _ -> Optional.of(AccountProblem.DOMAIN_NOT_ENROLLED);
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

    /** What stops here has stopped before. The broker is told, and ends its own session if no other organization has the person. */
    private Optional<AccountProblem> letOut(DirectoryClient client, Directory directory, Pending pending) {
        DirectoryUser user = pending.user();
        String subject = user.subject();
        if (subject != null && !isNeeded(client, subject)) {
            broker.leave(client.organization(), subject);
        }
        scope.run(client.organization(), client.caller(), () -> {
            if (pending.deleted()) {
                users.forget(user.id());
            } else {
                users.lockUnchanged(user).ifPresent(same -> users.done(same.id(), directory.version()));
            }
        });
        return Optional.empty();
    }
}
