package dev.nuxari.server.keys;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.keys.SigningKeyStore.Stored;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** The keys that sign in the name of an organization, made when they are first asked for. */
@Component
public class OrganizationKeys {
    private static final int FIRST_VERSION = 1;
    private static final int CACHED = 1_000;

    private final SigningKeyStore store;
    private final Envelope envelope;
    private final OrganizationScope scope;
    private final OrganizationJdbc jdbc;
    private final InstantSource clock;
    private final KeyCache<Name, SigningKey> opened = new KeyCache<>(CACHED);

    OrganizationKeys(
            SigningKeyStore store,
            Envelope envelope,
            OrganizationScope scope,
            OrganizationJdbc jdbc,
            InstantSource clock) {
        this.store = store;
        this.envelope = envelope;
        this.scope = scope;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Name(OrganizationId organization, KeyName key) {}

    /**
     * The key that signs for this purpose now. Joins an open scope, or opens one.
     *
     * <p>The first call for an organization writes rows and waits for others that do. Call it before the organization's audit
     * head is locked, or both may wait for each other.
     */
    public SigningKey key(OrganizationId organization, Caller caller, KeyName name) {
        return scope.within(organization, caller, () -> own(jdbc.organization(), name));
    }

    private SigningKey own(OrganizationId organization, KeyName name) {
        return opened.get(new Name(organization, name)).orElseGet(() -> load(organization, name));
    }

    private SigningKey load(OrganizationId organization, KeyName name) {
        Stored stored = store.newest(name).orElseGet(() -> create(name));
        SigningKey key = open(organization, stored);
        // The row may be this transaction's own, and vanish with it.
        scope.afterCommit(() -> opened.put(new Name(organization, name), key));
        return key;
    }

    private Stored create(KeyName name) {
        KeyPairs.Encoded pair = KeyPairs.generate(name.algorithm());
        var sealed = new Bytes(envelope.seal(pair.privateKey().toArray(), context(name, FIRST_VERSION)));
        store.add(new Stored(name, FIRST_VERSION, pair.publicKey(), sealed, clock.instant()));
        return store.newest(name).orElseThrow();
    }

    private SigningKey open(OrganizationId organization, Stored stored) {
        byte[] privateKey =
                envelope.open(stored.sealedPrivateKey().toArray(), context(stored.name(), stored.version()));
        return new SigningKey(
                organization,
                stored.name(),
                stored.publicKey(),
                stored.notBefore(),
                KeyPairs.signer(stored.name().algorithm(), privateKey));
    }

    private static String context(KeyName name, int version) {
        return "signing-key/%s/%d".formatted(Spelling.of(name), version);
    }
}
