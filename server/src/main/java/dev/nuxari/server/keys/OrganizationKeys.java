package dev.nuxari.server.keys;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.keys.SigningKeyStore.Stored;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Instant;
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

    private record Name(OrganizationId organization, KeyName key, int version) {}

    /**
     * The key that signs for this purpose now. Joins an open scope, or opens one. Which one it is is looked up each time: another
     * server may have replaced the one that is remembered here.
     *
     * <p>The first call for an organization writes rows and waits for others that do. Call it before the organization's audit
     * head is locked, or both may wait for each other.
     */
    public SigningKey key(OrganizationId organization, Caller caller, KeyName name) {
        return scope.within(organization, caller, () -> own(jdbc.organization(), name));
    }

    /**
     * Makes another key for this purpose, and deletes the private half of the one before it. Joins the open scope, whose owner
     * sees to it that nobody else uses or replaces the key meanwhile.
     *
     * @return the new key
     */
    public SigningKey replace(OrganizationId organization, Caller caller, KeyName name, Instant notBefore) {
        return scope.within(organization, caller, () -> {
            int version = store.newestVersion(name).orElseThrow() + 1;
            create(name, version, notBefore);
            store.forgetReplaced(name);
            return open(jdbc.organization(), store.newest(name).orElseThrow());
        });
    }

    private SigningKey own(OrganizationId organization, KeyName name) {
        int version = store.newestVersion(name).orElseGet(() -> {
            create(name, FIRST_VERSION, clock.instant());
            return FIRST_VERSION;
        });
        return opened.get(new Name(organization, name, version)).orElseGet(() -> load(organization, name));
    }

    private SigningKey load(OrganizationId organization, KeyName name) {
        Stored stored = store.newest(name).orElseThrow();
        SigningKey key = open(organization, stored);
        // The row may be this transaction's own, and vanish with it.
        scope.afterCommit(() -> opened.put(new Name(organization, name, stored.version()), key));
        return key;
    }

    private void create(KeyName name, int version, Instant notBefore) {
        KeyPairs.Encoded pair = KeyPairs.generate(name.algorithm());
        var sealed = new Bytes(envelope.seal(pair.privateKey().toArray(), context(name, version)));
        store.add(new Stored(name, version, pair.publicKey(), sealed, notBefore));
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
