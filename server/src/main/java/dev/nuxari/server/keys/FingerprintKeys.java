package dev.nuxari.server.keys;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.redaction.FingerprintKey;
import dev.nuxari.server.tenancy.OrganizationScope;
import org.springframework.stereotype.Component;

/**
 * Derives the key of each organization from the master key, so that a refusal outside any transaction can be redacted without
 * asking the database. Where no scope is open, the installation has a key of its own.
 */
@Component
class FingerprintKeys implements FingerprintKey {
    private static final int CACHED = 1_000;

    private final OrganizationScope scope;
    private final MasterKey master;
    private final byte[] installation;
    private final KeyCache<OrganizationId, byte[]> derived = new KeyCache<>(CACHED);

    FingerprintKeys(OrganizationScope scope, KeysConfig config) {
        this.scope = scope;
        this.master = config.masterKey();
        this.installation = master.derive("redaction/installation");
    }

    @Override
    public byte[] current() {
        return scope.openOrganization().map(this::of).orElse(installation).clone();
    }

    private byte[] of(OrganizationId organization) {
        return derived.get(organization).orElseGet(() -> {
            byte[] key = master.derive("redaction/organization/" + organization);
            derived.put(organization, key);
            return key;
        });
    }
}
