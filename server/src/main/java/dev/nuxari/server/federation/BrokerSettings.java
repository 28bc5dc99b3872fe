package dev.nuxari.server.federation;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.identity.EmailDomain;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A provider as Keycloak is told about it. Everything that makes it strict is here and nowhere else; that it is enough, the
 * tests of attacks show.
 *
 * @param domains those for which it may speak
 */
record BrokerSettings(
        OrganizationId organization,
        ProviderId id,
        String name,
        boolean enabled,
        Preset preset,
        Connection connection,
        Enrolment enrolment,
        Collection<EmailDomain> domains) {
    /** The flow that Keycloak runs when a provider's word is heard the first time. */
    static final String FIRST_FLOW = "nuxari-first-broker";

    /** The flow that it runs every time. */
    static final String EVERY_FLOW = "nuxari-after-broker";

    /** The mapper that judges what was said. */
    static final String MAPPER = "nuxari-federation";

    /** The setting with the domains for which it may speak. */
    static final String DOMAINS = "nuxari.domains";

    private static final String TRUE = "true";
    private static final String FALSE = "false";
    private static final String SKEW_SECONDS = "60";

    /** As Keycloak's representation of an identity provider. The client's secret is the only thing that is missing. */
    Json.Obj provider() {
        Json.Obj special = switch (connection) {
            case Connection.Oidc oidc -> oidc(oidc);
            case Connection.Saml saml -> saml(saml);
        };
        return Json.object(
                "alias",
                alias(),
                "displayName",
                name,
                "providerId",
                Spelling.of(connection.protocol()),
                "enabled",
                enabled,
                "trustEmail",
                true,
                "storeToken",
                false,
                "addReadTokenRoleOnCreate",
                false,
                "linkOnly",
                false,
                "hideOnLogin",
                true,
                "firstBrokerLoginFlowAlias",
                FIRST_FLOW,
                "postBrokerLoginFlowAlias",
                EVERY_FLOW,
                "config",
                common(special));
    }

    String alias() {
        return id.alias(organization);
    }

    /** The mapper that belongs to every provider. */
    Json.Obj mapper() {
        return Json.object(
                "name",
                MAPPER,
                "identityProviderAlias",
                alias(),
                "identityProviderMapper",
                MAPPER,
                "config",
                Json.object("syncMode", "FORCE"));
    }

    /** People are sent to it by the domain of their address. Who has an account keeps the address and name it has. */
    private Json.Obj common(Json.Obj special) {
        return special.with("syncMode", "IMPORT")
                .with("validateSignature", TRUE)
                .with("allowedClockSkew", SKEW_SECONDS)
                .with("kc.org.domain", "ANY")
                .with("kc.org.broker.redirect.mode.email-matches", TRUE)
                .with(DOMAINS, domains.stream().map(EmailDomain::name).sorted().collect(Collectors.joining(" ")))
                .with("nuxari.method", Spelling.of(connection.protocol()))
                .with("nuxari.groups", enrolment.groupsClaim())
                .with(
                        "nuxari.group-names",
                        enrolment.rules().stream()
                                .map(GroupRule::group)
                                .distinct()
                                .collect(Collectors.joining("\n")));
    }

    private Json.Obj oidc(Connection.Oidc oidc) {
        return Json.object(
                "issuer",
                oidc.issuer().toString(),
                "authorizationUrl",
                oidc.endpoints().authorization().toString(),
                "tokenUrl",
                oidc.endpoints().token().toString(),
                "jwksUrl",
                oidc.endpoints().keys().toString(),
                "useJwksUrl",
                TRUE,
                "clientId",
                oidc.clientId(),
                "clientAuthMethod",
                "client_secret_post",
                "defaultScope",
                "openid profile email",
                "pkceEnabled",
                TRUE,
                "pkceMethod",
                "S256",
                "disableNonce",
                FALSE,
                // What counts is signed. The answer of the user info endpoint is not.
                "disableUserInfo",
                TRUE,
                "isAccessTokenJWT",
                FALSE,
                "backchannelSupported",
                FALSE,
                "filteredByClaim",
                String.valueOf(preset == Preset.GOOGLE),
                "claimFilterName",
                "hd",
                "claimFilterValue",
                domains.stream().map(domain -> Pattern.quote(domain.name())).collect(Collectors.joining("|")));
    }

    private Json.Obj saml(Connection.Saml saml) {
        return Json.object(
                "idpEntityId",
                saml.entityId(),
                "singleSignOnServiceUrl",
                saml.signOn().toString(),
                "postBindingResponse",
                TRUE,
                "postBindingAuthnRequest",
                String.valueOf(saml.post()),
                "wantAuthnRequestsSigned",
                TRUE,
                "signatureAlgorithm",
                "RSA_SHA256",
                "wantAssertionsSigned",
                TRUE,
                "wantAssertionsEncrypted",
                FALSE,
                "useMetadataDescriptorUrl",
                FALSE,
                "signingCertificate",
                saml.certificates().stream().map(Certificate::der).collect(Collectors.joining(",")),
                "nameIDPolicyFormat",
                saml.emailAttribute().isEmpty()
                        ? "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
                        : "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
                "principalType",
                "SUBJECT",
                "allowCreate",
                TRUE,
                "forceAuthn",
                FALSE,
                "backchannelSupported",
                FALSE,
                "nuxari.email",
                saml.emailAttribute());
    }

    @Override
    public String toString() {
        return "BrokerSettings[" + alias() + "]";
    }
}
