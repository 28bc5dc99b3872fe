package dev.nuxari.keycloak.federation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.IdentityProviderModel;

/**
 * What the server has written into the settings of an organization's provider.
 *
 * @param organization the organization that the broker has the provider linked with
 * @param domains the organization's verified domains, in small letters; an address of another one counts for nothing
 * @param emailAttribute the SAML attribute with the address, empty if it is the subject's name
 * @param groupsClaim the claim or attribute with the groups, empty if there is none
 * @param groups the groups that mean something to the server; no other one goes into the token
 * @param method what the server calls this kind of sign-in
 */
record FederationTerms(
        String organization,
        List<String> domains,
        String emailAttribute,
        String groupsClaim,
        List<String> groups,
        String method) {
    static final String DOMAINS = "nuxari.domains";
    static final String EMAIL = "nuxari.email";
    static final String GROUPS = "nuxari.groups";
    static final String GROUP_NAMES = "nuxari.group-names";
    static final String METHOD = "nuxari.method";

    FederationTerms {
        domains = List.copyOf(domains);
        groups = List.copyOf(groups);
    }

    /** Empty for a provider of no organization: that one is the operator's. */
    static Optional<FederationTerms> of(IdentityProviderModel provider) {
        return Optional.ofNullable(provider.getOrganizationId())
                .map(organization -> of(organization, provider.getConfig()));
    }

    private static FederationTerms of(String organization, Map<String, String> settings) {
        return new FederationTerms(
                organization,
                Stream.of(settings.getOrDefault(DOMAINS, "").split("[ ,]+"))
                        .filter(domain -> !domain.isEmpty())
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .toList(),
                settings.getOrDefault(EMAIL, ""),
                settings.getOrDefault(GROUPS, ""),
                settings.getOrDefault(GROUP_NAMES, "").lines().toList(),
                settings.getOrDefault(METHOD, ""));
    }

    /** Whether the organization has shown that the address is its own. Domains are compared whole. */
    boolean covers(@Nullable String email) {
        return email != null
                && MailAddress.domain(email).filter(domains::contains).isPresent();
    }
}
