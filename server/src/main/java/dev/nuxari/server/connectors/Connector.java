package dev.nuxari.server.connectors;

import dev.nuxari.server.vault.Secret;
import dev.nuxari.server.workflow.ExecutionPermit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reaches one kind of governed system. Has no state of its own beyond what makes calls cheaper; every call is given the
 * settings and a credential.
 *
 * <p>Every implementation passes {@code ConnectorContract}. Calls take seconds at most: two to connect, ten to answer. What
 * goes wrong is a {@link ConnectorFailure}.
 */
public interface Connector {
    ConnectorKind kind();

    /** Checks settings without reaching anything; throws a {@link ConnectorFailure} that names what is wrong. */
    void check(Settings settings);

    /** The fields a credential of this kind has. */
    Set<String> credentialFields();

    /** One field of a credential. */
    default String field(Secret credential, String name) {
        return credential
                .reveal(name)
                .orElseThrow(() -> ConnectorFailure.misconfigured("the credential has no field " + name));
    }

    /** Reaches the system and asks for next to nothing. */
    void probe(Settings settings, Secret observeCredential);

    /** Sees the whole system: accounts, entitlements, and who holds what. */
    Observed observe(Settings settings, Secret observeCredential);

    /**
     * Sees one account, and whether it holds one entitlement.
     *
     * <p>An account that does not exist is an answer; an entitlement that does not exist is a failure of configuration.
     */
    Sight look(Settings settings, Secret observeCredential, String account, @Nullable EntitlementRef entitlement);

    /** Carries out an order. Carrying it out again changes nothing and says so. */
    Outcome execute(ExecutionPermit permit, Settings settings, Secret executeCredential, Order order);
}
