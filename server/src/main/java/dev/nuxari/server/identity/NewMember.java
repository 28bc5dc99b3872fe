package dev.nuxari.server.identity;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.redaction.RedactedText;

/**
 * Somebody who is to become a member.
 *
 * @param subject what the broker calls them ({@code sub})
 * @param email canonical, see {@link EmailAddress#canonical}
 */
public record NewMember(String subject, String email, RedactedText displayName, Role role) {}
