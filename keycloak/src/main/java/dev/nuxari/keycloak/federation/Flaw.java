package dev.nuxari.keycloak.federation;

/** Why a sign-in by an organization's identity provider is not taken, as the page says it. */
enum Flaw {
    /** No address, or one that is none of the organization's. */
    FOREIGN_ADDRESS("nuxariForeignAddress"),
    /** The provider says itself that it has not verified the address. */
    UNVERIFIED_ADDRESS("nuxariUnverifiedAddress"),
    /** A SAML response that is not strictly for this sign-in. */
    LOOSE_RESPONSE("nuxariLooseResponse"),
    /** The same SAML assertion a second time. */
    REPLAYED("nuxariLooseResponse"),
    /** The account is none that this provider may speak for. */
    FOREIGN_ACCOUNT("nuxariForeignAccount"),
    /** The provider does not say where it belongs, or its organization is not there. */
    NO_ORGANIZATION("nuxariForeignAccount");

    private final String message;

    Flaw(String message) {
        this.message = message;
    }

    /** The key of what the page says. */
    String message() {
        return message;
    }
}
