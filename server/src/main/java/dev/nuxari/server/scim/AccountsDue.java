package dev.nuxari.server.scim;

import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.Timers;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings {@link DirectoryAccounts} forward when a directory has said something, a moment later and once for all that was said until
 * then. What is due stands in the users' rows, and the timer comes back every minute by itself: so this may be forgotten with a
 * server that dies. To bring it forward in each user's own transaction made all of them wait for the timer's row, and for each
 * other.
 */
@Component
class AccountsDue {
    private static final Logger log = LoggerFactory.getLogger(AccountsDue.class);
    private static final Executor IN_A_MOMENT =
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS, Thread::startVirtualThread);

    private final OrganizationScope scope;
    private final Timers timers;
    private final InstantSource clock;
    private final Set<DirectoryId> coming = ConcurrentHashMap.newKeySet();

    AccountsDue(OrganizationScope scope, Timers timers, InstantSource clock) {
        this.scope = scope;
        this.timers = timers;
        this.clock = clock;
    }

    /** Once the open scope has committed. */
    void soon(DirectoryClient client) {
        scope.afterCommit(() -> {
            if (coming.add(client.directory())) {
                IN_A_MOMENT.execute(() -> now(client));
            }
        });
    }

    private void now(DirectoryClient client) {
        // First, so that whoever commits from here on asks again.
        coming.remove(client.directory());
        try {
            scope.run(
                    client.organization(),
                    client.caller(),
                    () -> timers.schedule(
                            DirectoryAccounts.TIMER, client.directory().toString(), clock.instant()));
        } catch (RuntimeException e) {
            log.warn("accounts of a directory are a minute late: {}", e.getMessage());
        }
    }
}
