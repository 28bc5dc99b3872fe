package dev.nuxari.server.federation;

import dev.nuxari.server.api.InvalidField;
import java.net.URI;
import java.util.regex.Pattern;

/** The kinds of providers that we know more about than their protocol. */
public enum Preset {
    /** One tenant: the issuer of all tenants would let everybody's administrators name our people. */
    ENTRA_ID(Protocol.OIDC, "https://login\\.microsoftonline\\.com/[0-9a-f-]{36}/v2\\.0"),
    OKTA(Protocol.OIDC, "https://[a-z0-9.-]+(/oauth2/[A-Za-z0-9]+)?"),
    /** One issuer for everybody, so that the organization is known by a claim ({@code hd}). */
    GOOGLE(Protocol.OIDC, "https://accounts\\.google\\.com"),
    OIDC(Protocol.OIDC, "https?://.+"),
    SAML(Protocol.SAML, "");

    private final Protocol protocol;
    private final Pattern issuer;

    Preset(Protocol protocol, String issuer) {
        this.protocol = protocol;
        this.issuer = Pattern.compile(issuer);
    }

    Protocol protocol() {
        return protocol;
    }

    void require(URI address) {
        if (!issuer.matcher(address.toString()).matches()) {
            throw new InvalidField("issuer", "is no issuer of this kind of provider: " + issuer);
        }
    }
}
