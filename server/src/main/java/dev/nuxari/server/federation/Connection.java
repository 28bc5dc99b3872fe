package dev.nuxari.server.federation;

import java.net.URI;
import java.util.List;

/** How the broker speaks with a provider. Nothing in here is secret. */
sealed interface Connection {
    Protocol protocol();

    /**
     * OpenID Connect with the authorization code flow.
     *
     * @param issuer the one that its tokens must name, to the letter
     */
    record Oidc(URI issuer, Endpoints endpoints, String clientId) implements Connection {
        @Override
        public Protocol protocol() {
            return Protocol.OIDC;
        }
    }

    /** What the discovery document says. */
    record Endpoints(URI authorization, URI token, URI keys) {}

    /**
     * SAML 2.0 with the web browser profile.
     *
     * @param entityId the issuer that its assertions must name
     * @param signOn where people are sent
     * @param post whether they are sent there with a form; else by a redirection
     * @param certificates those of the keys it signs with; two while it changes from one to the other
     * @param emailAttribute the attribute with the address, empty if it is the subject's name
     */
    record Saml(String entityId, URI signOn, boolean post, List<Certificate> certificates, String emailAttribute)
            implements Connection {
        public Saml {
            certificates = List.copyOf(certificates);
        }

        @Override
        public Protocol protocol() {
            return Protocol.SAML;
        }
    }
}
