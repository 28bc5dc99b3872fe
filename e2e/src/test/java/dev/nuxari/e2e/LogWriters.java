package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.ScriptedBrowser;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;

/**
 * People who change one organization through every server at once, one event at a time and several in a transaction, and
 * remember what they were answered.
 */
final class LogWriters {
    private static final int ASKERS_FOR_EACH_SERVER = 2;
    private static final int UNAUTHENTICATED = 401;
    private static final int CREATED = 201;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Composed stack;
    private final String slug;
    private final String wish;
    private final Set<Long> versions = ConcurrentHashMap.newKeySet();
    private final Set<String> requests = ConcurrentHashMap.newKeySet();
    private final Set<String> cancellations = ConcurrentHashMap.newKeySet();
    private final Map<String, Wire> people = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    LogWriters(Composed stack, String slug) {
        this.stack = stack;
        this.slug = slug;
        this.wish = Deeds.wish("grant", somethingToAskFor()).canonical();
    }

    private String somethingToAskFor() {
        String directory = stack.people(slug).as("admin").api().list("/connectors", 200).stream()
                .filter(connector -> connector.string("kind").equals("ldap"))
                .findFirst()
                .orElseThrow()
                .string("id");
        Api requester = stack.people(slug).as("requester").api();
        return requester.list("/entitlements?risk=low&connectorId=" + directory, 1000).stream()
                .filter(entitlement -> !Fields.truth(entitlement, "held"))
                .findFirst()
                .orElseThrow()
                .string("id");
    }

    /** Everybody has signed in before anything is killed: the broker has its data in the same database. */
    void begin(List<ServerUnderTest> nodes) {
        signedIn("owner");
        signedIn("requester");
        for (ServerUnderTest node : nodes) {
            begin(node, "owner", this::change);
            for (int i = 0; i < ASKERS_FOR_EACH_SERVER; i++) {
                begin(node, "requester", this::askAndTakeBack);
            }
        }
    }

    private void begin(ServerUnderTest node, String role, ToIntFunction<Wire> deed) {
        threads.add(Thread.ofVirtual().start(() -> repeat(node.url(), role, deed)));
    }

    private void repeat(URI node, String role, ToIntFunction<Wire> deed) {
        while (!stopped) {
            try {
                Wire person = signedIn(role);
                int status = deed.applyAsInt(new Wire(node, person.organization(), person.token()));
                if (status == UNAUTHENTICATED) {
                    forget(role, person);
                }
                if (status >= 400) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            } catch (IllegalStateException | ScriptedBrowser.SignInRefused _) {
                // The server, or the database behind it and behind the broker, is gone for the moment.
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** One sign-in for all who act as this person: the broker takes several at once for an attack. */
    private synchronized Wire signedIn(String role) {
        return people.computeIfAbsent(role, missing -> stack.wire(slug, missing));
    }

    private synchronized void forget(String role, Wire expired) {
        people.remove(role, expired);
    }

    /** Whether all of them have ended by themselves. */
    boolean end(Duration patience) throws InterruptedException {
        stopped = true;
        boolean ended = true;
        for (Thread thread : threads) {
            ended &= thread.join(patience);
        }
        return ended;
    }

    /** One event in a transaction. */
    private int change(Wire wire) {
        Wire.Answer read = wire.get("/identity-policy");
        if (read.status() != 200) {
            return read.status();
        }
        long version = Long.parseLong(read.text("version"));
        List<String> domains = version % 2 == 0 ? List.of() : List.of("globex.example");
        Json.Obj policy = Json.parseObject(read.body()).without("version").with("emailDomainAllowlist", domains);
        Wire.Answer changed = wire.send(
                "PUT",
                "/identity-policy",
                policy.canonical().getBytes(UTF_8),
                "Content-Type",
                "application/json",
                "If-Match",
                "\"" + version + "\"");
        if (changed.status() == 200) {
            versions.add(version + 1);
        }
        return changed.status();
    }

    /** Twice several events in a transaction. */
    private int askAndTakeBack(Wire wire) {
        Wire.Answer asked = wire.postText(
                "/requests", wish, "Idempotency-Key", UUID.randomUUID().toString());
        if (asked.status() != CREATED) {
            return asked.status();
        }
        String id = asked.text("id");
        requests.add(id);
        Wire.Answer taken = wire.post(
                "/requests/" + id + "/cancellations",
                Json.object(),
                "Idempotency-Key",
                UUID.randomUUID().toString());
        if (taken.status() == CREATED) {
            cancellations.add(id);
        }
        return taken.status();
    }

    /** The versions of the policy that were answered to be made. */
    Set<Long> versions() {
        return Set.copyOf(versions);
    }

    /** The requests that were answered to be there. */
    Set<String> requests() {
        return Set.copyOf(requests);
    }

    /** Those that were answered to be cancelled. */
    Set<String> cancellations() {
        return Set.copyOf(cancellations);
    }

    int answered() {
        return versions.size() + requests.size() + cancellations.size();
    }
}
