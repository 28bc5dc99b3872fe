package dev.nuxari.server.federation;

/** The languages that providers speak. */
public enum Protocol {
    OIDC,
    SAML
}
