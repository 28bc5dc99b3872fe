package dev.nuxari.server.scim;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.broker.BrokerAccounts;
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
import java.util.Set;
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
    private static final int AT_ONCE = 200;
    private static final int MOST_DOUBLINGS = 7;

    private final DirectoryDoor door;
    private final DirectoryStore directories;
    private final DirectoryUserStore users;
    private final DirectoryArrivals arrivals;
    private final BrokerAccounts broker;
    private final OrganizationScope scope;
    private final InstantSource clock;

    DirectoryAccounts(
            DirectoryDoor door,
            DirectoryStore directories,
            DirectoryUserStore users,
            DirectoryArrivals arrivals,
            BrokerAccounts broker,
            OrganizationScope scope,
            InstantSource clock) {
        this.door = door;
        this.directories = directories;
        this.users = users;
        this.arrivals = arrivals;
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
        List<Pending> pending = due(client, directory.get(), now);
        Set<UUID> arrived = arrivals.letInTogether(client, directory.get(), newcomers(pending));
        pending.stream()
                .filter(one -> !arrived.contains(one.user().id()))
                .forEach(one -> attempt(client, directory.get(), one));
        // Whoever was sent while this ran could not bring the timer forward.
        return Optional.of(pending.isEmpty() ? now.plus(AGAIN) : now);
    }

    private List<Pending> due(DirectoryClient client, Directory directory, Instant now) {
        return scope.reading(client.organization(), client.caller(), () -> {
            List<Pending> pending = users.pending(client.directory(), now, AT_ONCE);
            return pending.isEmpty() ? users.behind(client.directory(), directory.version(), AT_ONCE) : pending;
        });
    }

    private static List<DirectoryUser> newcomers(List<Pending> pending) {
        return pending.stream()
                .map(Pending::user)
                .filter(user -> user.active() && user.subject() == null)
                .toList();
    }

    private void attempt(DirectoryClient client, Directory directory, Pending pending) {
        try {
            Optional<AccountProblem> problem = pending.user().active()
                    ? arrivals.letIn(client, directory, pending.user())
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

    /** What stops here has stopped before. The broker is told, and ends its own session if no other organization has the person. */
    private Optional<AccountProblem> letOut(DirectoryClient client, Directory directory, Pending pending) {
        DirectoryUser user = pending.user();
        String subject = user.subject();
        if (subject != null && !arrivals.isNeeded(client, subject)) {
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
