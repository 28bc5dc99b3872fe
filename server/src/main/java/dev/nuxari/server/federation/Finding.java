package dev.nuxari.server.federation;

/** What can be wrong with a provider. Some only have to be known. */
public enum Finding {
    /** The address does not begin with https. */
    NOT_HTTPS(true),
    /** The host has an address that is nobody's on the Internet. */
    PRIVATE_ADDRESS(true),
    NO_SUCH_HOST(true),
    /** Nobody answers there, or not with TLS that can be trusted. */
    UNREACHABLE(true),
    TOO_SLOW(true),
    TOO_LARGE(true),
    /** It sends us elsewhere. An address that is asked for has to be the right one. */
    REDIRECTED(true),
    /** It answers, and not with 200. */
    WRONG_STATUS(true),
    /** It is no discovery document, or no metadata. */
    NOT_READABLE(true),
    /** The document is another issuer's. */
    ISSUER_MISMATCH(true),
    /** The document lacks an address that is needed, or has one that is no possible address. */
    MISSING_ENDPOINT(true),
    /** The authorization code flow is not among what it supports. */
    NO_CODE_FLOW(true),
    /** No key that can verify a signature is published. */
    NO_SIGNING_KEY(true),
    /** The metadata has no certificate to verify signatures with. */
    NO_SIGNING_CERTIFICATE(true),
    /** The metadata names another provider or another address than when it was enabled. Whoever may has to enable it again. */
    METADATA_CHANGED(true),
    /** All certificates are too old, or not valid yet. */
    CERTIFICATE_EXPIRED(true),
    /** A key is shorter than is safe. */
    WEAK_KEY(true),
    /** One ends within thirty days; add the next one while both count. */
    CERTIFICATE_EXPIRES_SOON(false),
    /** The provider does not accept the client's name and secret. */
    CLIENT_REFUSED(true),
    /** The provider did not say whether it accepts them. */
    CLIENT_UNKNOWN(false),
    NO_SECRET(true),
    /** No domain of the organization is verified, so that nobody could come in. */
    NO_VERIFIED_DOMAIN(true);

    private final boolean inTheWay;

    Finding(boolean inTheWay) {
        this.inTheWay = inTheWay;
    }

    boolean isInTheWay() {
        return inTheWay;
    }
}
