package dev.nuxari.server.connectors;

import dev.nuxari.server.vault.Secret;

/** A real governed system that a test may do anything with, and its own word on what is so. */
public interface GovernedSystem {
    Connector connector();

    Settings settings();

    /** The same settings, but nothing listens there. */
    Settings settingsOfASystemThatIsDown();

    Secret observe();

    Secret execute();

    /** The observing credential with another password. */
    Secret wrong();

    /** Makes an account that may sign in, and answers its native id. */
    String account(String name);

    EntitlementRef entitlement(String name);

    /** Both well formed, and neither there. */
    String unknownAccount();

    EntitlementRef unknownEntitlement();

    /** What the system says when somebody else asks it. */
    boolean holds(String account, EntitlementRef entitlement);

    /** Whether the account's owner gets in with the right password. */
    boolean letsIn(String account);
}
