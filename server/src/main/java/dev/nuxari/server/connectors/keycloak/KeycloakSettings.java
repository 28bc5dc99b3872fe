package dev.nuxari.server.connectors.keycloak;

import dev.nuxari.server.connectors.ConnectorFailure;
import dev.nuxari.server.connectors.Settings;
import java.net.URI;
import java.util.Set;

/**
 * Which realm is governed, and where.
 *
 * @param url the address of Keycloak, without a slash at its end
 * @param excludedRoles realm roles that are neither shown nor changed, beside those that Keycloak makes itself
 */
record KeycloakSettings(String url, String realm, Set<String> excludedRoles) {
    private static final Set<String> NAMES = Set.of("url", "realm", "excludedRoles");
    private static final Set<String> BUILT_IN = Set.of("offline_access", "uma_authorization");

    static KeycloakSettings of(Settings settings) {
        settings.allowOnly(NAMES);
        return new KeycloakSettings(
                url(settings.text("url")), settings.text("realm"), Set.copyOf(settings.texts("excludedRoles")));
    }

    boolean isGoverned(String role) {
        return !BUILT_IN.contains(role) && !role.equals("default-roles-" + realm) && !excludedRoles.contains(role);
    }

    private static String url(String text) {
        String url = text.replaceFirst("/+$", "");
        try {
            URI uri = URI.create(url);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw ConnectorFailure.misconfigured("the setting url is malformed");
        }
        throw ConnectorFailure.misconfigured("the setting url is no address of a web server");
    }
}
