package dev.nuxari.server.identity;

/** By what means a person signed in, as the broker signed it. */
public enum LoginMethod {
    PASSWORD,
    PASSKEY,
    OIDC,
    SAML
}
