package dev.nuxari.server.identity;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.OrganizationId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Behind whose provider's word a sign-in stands. Only the server makes providers with such a name, and the broker signs it.
 * Other names are those of the operator's own providers, which are of no organization.
 *
 * @param organization the one organization for which the sign-in counts
 * @param verified whether the broker has seen that the address is theirs
 */
record Federated(
        OrganizationId organization, UUID provider, String email, boolean verified, String name, List<String> groups) {
    private static final String UUID_FORM = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final Pattern ALIAS =
            Pattern.compile("org-(?<organization>" + UUID_FORM + ")-(?<provider>" + UUID_FORM + ")");

    Federated {
        groups = List.copyOf(groups);
    }

    static Optional<Federated> of(Jwt token) {
        Matcher alias = ALIAS.matcher(String.valueOf(token.getClaims().get("identity_provider")));
        return alias.matches()
                ? Optional.of(new Federated(
                        OrganizationId.parse(alias.group("organization")),
                        UUID.fromString(alias.group("provider")),
                        text(token, "email"),
                        Boolean.TRUE.equals(token.getClaims().get("email_verified")),
                        text(token, "name"),
                        groups(token.getClaims().get("idp_groups"))))
                : Optional.empty();
    }

    private static String text(Jwt token, String claim) {
        return token.getClaims().get(claim) instanceof String text ? text : "";
    }

    /** The broker writes a list, or the text of one. */
    private static List<String> groups(@Nullable Object claim) {
        return switch (claim) {
            case Collection<?> many -> many.stream().map(String::valueOf).toList();
            case String text -> parsed(text);
            case null, default -> List.of();
        };
    }

    private static List<String> parsed(String text) {
        try {
            return Json.object("groups", Json.parse(text)).strings("groups");
        } catch (JsonException _) {
            return List.of();
        }
    }
}
