package dev.nuxari.server.keys;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.keys.DataKeyStore.Wrapped;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes the data keys on first use and keeps some of them unwrapped. */
@Component
class DataKeys {
    private static final int FIRST_VERSION = 1;
    private static final int CACHED = 1_000;

    private final DataKeyStore store;
    private final OrganizationScope scope;
    private final OrganizationJdbc jdbc;
    private final InstantSource clock;
    private final MasterKey master;
    private final SecureRandom random = new SecureRandom();
    private final KeyCache<Name, AuthenticatedKey> unwrapped = new KeyCache<>(CACHED);
    private final KeyCache<OrganizationId, Integer> newest = new KeyCache<>(CACHED);

    DataKeys(
            DataKeyStore store,
            OrganizationScope scope,
            OrganizationJdbc jdbc,
            InstantSource clock,
            KeysConfig config) {
        this.store = store;
        this.scope = scope;
        this.jdbc = jdbc;
        this.clock = clock;
        this.master = config.masterKey();
    }

    /** A data key that can be used. */
    record Versioned(int version, AuthenticatedKey key) {}

    private record Name(OrganizationId organization, int version) {}

    /** The key that the organization of the open scope seals with now. */
    Versioned newest() {
        OrganizationId organization = jdbc.organization();
        Optional<Versioned> cached = newest.get(organization)
                .flatMap(version ->
                        unwrapped.get(new Name(organization, version)).map(key -> new Versioned(version, key)));
        return cached.orElseGet(() -> {
            Wrapped stored = store.newest().orElseGet(() -> create(organization));
            scope.afterCommit(() -> newest.put(organization, stored.version()));
            return new Versioned(stored.version(), unwrap(organization, stored));
        });
    }

    /** A key that the organization of the open scope has sealed with. */
    AuthenticatedKey version(int version) {
        OrganizationId organization = jdbc.organization();
        return unwrapped
                .get(new Name(organization, version))
                .orElseGet(() -> unwrap(
                        organization,
                        store.find(version)
                                .orElseThrow(() -> new SealBroken("the organization has no data key " + version))));
    }

    private Wrapped create(OrganizationId organization) {
        byte[] key = new byte[AuthenticatedKey.LENGTH];
        random.nextBytes(key);
        store.add(
                new Wrapped(FIRST_VERSION, new Bytes(master.wrap(key, organization, FIRST_VERSION)), master.id()),
                clock.instant());
        return store.newest().orElseThrow();
    }

    /** Cached after commit only: the row may be this transaction's own, and vanish with it. */
    private AuthenticatedKey unwrap(OrganizationId organization, Wrapped stored) {
        if (!stored.masterKeyId().equals(master.id())) {
            throw new SealBroken("the data key was wrapped by master key %s, and nuxari.keys.master-key-file holds %s"
                    .formatted(stored.masterKeyId(), master.id()));
        }
        var key = new AuthenticatedKey(master.unwrap(stored.key().toArray(), organization, stored.version()));
        scope.afterCommit(() -> unwrapped.put(new Name(organization, stored.version()), key));
        return key;
    }
}
