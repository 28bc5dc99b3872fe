package dev.nuxari.server.identity;

import dev.nuxari.kernel.Role;
import org.jspecify.annotations.Nullable;

/**
 * Which members are listed. What is absent does not restrict.
 *
 * @param query looked for in names and e-mail addresses, without regard to case
 */
public record MemberFilter(@Nullable String query, @Nullable Role role, Member.@Nullable State state) {
    public MemberFilter {
        query = query == null || query.isBlank() ? null : query.strip();
    }
}
