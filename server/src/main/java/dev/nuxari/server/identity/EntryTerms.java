package dev.nuxari.server.identity;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.Network;
import dev.nuxari.server.api.NetworkAddress;
import dev.nuxari.server.api.Networks;
import dev.nuxari.server.api.StepUp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * On what terms an organization lets its members in: judged with every request, and before a session begins (claims I2, I6).
 *
 * @param loginMethods the means of signing in that count; with all of them, those that the broker does not name count as well
 * @param ipAllowlist from where; none means from everywhere
 * @param sessionMaxAge after this time a person signs in again, whatever they do
 * @param idleTimeout after this time without a request a browser's session is over
 * @param stepUpAge how long ago the second factor may have been shown that sensitive actions take; null if they take none
 */
public record EntryTerms(
        MfaRequired mfaRequired,
        Set<LoginMethod> loginMethods,
        Networks ipAllowlist,
        Duration sessionMaxAge,
        Duration idleTimeout,
        @Nullable Duration stepUpAge) {
    public EntryTerms {
        loginMethods = Collections.unmodifiableSet(EnumSet.copyOf(loginMethods));
    }

    /** Reads what {@code admit_member} tells. */
    static EntryTerms of(Json.Obj terms) {
        return new EntryTerms(
                Spelling.parse(MfaRequired.class, terms.string("mfaRequired")),
                EnumSet.copyOf(terms.strings("loginMethods").stream()
                        .map(method -> Spelling.parse(LoginMethod.class, method))
                        .toList()),
                Networks.of(terms.strings("ipAllowlist").stream()
                        .map(Network::parse)
                        .toList()),
                Duration.ofSeconds(terms.integer("sessionMaxAge")),
                Duration.ofSeconds(terms.integer("idleTimeout")),
                terms.has("stepUpAge") ? Duration.ofSeconds(terms.integer("stepUpAge")) : null);
    }

    EntryRuling judge(Role role, @Nullable NetworkAddress address, Assurance assurance, Instant now) {
        return refusals(role, address, assurance, now)
                .findFirst()
                .<EntryRuling>map(EntryRuling.Refused::new)
                .orElseGet(() -> new EntryRuling.Admitted(stepUp(assurance, now)));
    }

    /** Everything that speaks against letting somebody in. What is not known speaks against it. */
    Stream<EntryRefusal> refusals(Role role, @Nullable NetworkAddress address, Assurance assurance, Instant now) {
        return Stream.of(EntryRefusal.values()).filter(refusal -> switch (refusal) {
            case SIGN_IN_TOO_OLD -> !assurance.isYounger(sessionMaxAge, now);
            case IDLE ->
                assurance.lastSeenAt() != null && !Assurance.isYounger(assurance.lastSeenAt(), idleTimeout, now);
            case ADDRESS -> !ipAllowlist.isEmpty() && (address == null || !ipAllowlist.contain(address));
            case METHOD -> !accepts(assurance.method());
            case MFA -> mfaRequired.of(role) && !assurance.isMfa();
        });
    }

    private boolean accepts(@Nullable LoginMethod method) {
        return method == null ? loginMethods.size() == LoginMethod.values().length : loginMethods.contains(method);
    }

    private Optional<StepUp> stepUp(Assurance assurance, Instant now) {
        return stepUpAge == null || (assurance.isMfa() && assurance.isYounger(stepUpAge, now))
                ? Optional.empty()
                : Optional.of(new StepUp(Optional.of(stepUpAge)));
    }

    /** As the wire spells them. */
    public List<String> methodNames() {
        return loginMethods.stream().map(Spelling::of).toList();
    }
}
