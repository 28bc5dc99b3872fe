package dev.nuxari.server.identity;

import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.Network;
import dev.nuxari.server.api.Networks;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An identity policy as it comes in: whole, because it replaces one. Durations are those of ISO 8601, such as {@code PT8H}. */
record NewPolicy(
        List<@Nullable String> emailDomainAllowlist,
        MfaRequired mfaRequired,
        List<@Nullable LoginMethod> loginMethods,
        List<@Nullable String> ipAllowlist,
        String inviteTtl,
        String sessionMaxAge,
        String idleTimeout,
        @Nullable String stepUpAge) {
    private static final int MOST_NETWORKS = 1000;
    private static final Pattern DURATION =
            Pattern.compile("P(?=.)(\\d{1,9}D)?(T(?=.)(\\d{1,9}H)?(\\d{1,9}M)?(\\d{1,9}S)?)?");

    NewPolicy {
        read(
                emailDomainAllowlist,
                mfaRequired,
                loginMethods,
                ipAllowlist,
                inviteTtl,
                sessionMaxAge,
                idleTimeout,
                stepUpAge);
    }

    IdentityPolicy policy() {
        return read(
                emailDomainAllowlist,
                mfaRequired,
                loginMethods,
                ipAllowlist,
                inviteTtl,
                sessionMaxAge,
                idleTimeout,
                stepUpAge);
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    private static IdentityPolicy read(
            List<@Nullable String> domains,
            MfaRequired mfaRequired,
            List<@Nullable LoginMethod> methods,
            List<@Nullable String> networks,
            String inviteTtl,
            String sessionMaxAge,
            String idleTimeout,
            @Nullable String stepUpAge) {
        return new IdentityPolicy(
                domains(domains),
                new EntryTerms(
                        InvalidField.required("mfaRequired", mfaRequired),
                        methods(methods),
                        Networks.of(each("ipAllowlist", networks, MOST_NETWORKS, Network::parse)),
                        duration("sessionMaxAge", sessionMaxAge, Duration.ofMinutes(15), Duration.ofDays(30)),
                        duration("idleTimeout", idleTimeout, Duration.ofMinutes(5), Duration.ofDays(30)),
                        stepUpAge == null
                                ? null
                                : duration("stepUpAge", stepUpAge, Duration.ofMinutes(1), Duration.ofHours(24))),
                duration("inviteTtl", inviteTtl, Duration.ofHours(1), Duration.ofDays(30)),
                0);
    }

    private static EmailDomains domains(List<@Nullable String> given) {
        String name = "emailDomainAllowlist";
        EmailDomains domains = EmailDomains.of(each(name, given, EmailDomains.MOST, EmailDomain::parse));
        if (domains.names().mapToInt(String::length).sum() > EmailDomains.MOST_CHARACTERS) {
            throw new InvalidField(
                    name, "has more than " + EmailDomains.MOST_CHARACTERS + " characters in all its domains");
        }
        return domains;
    }

    private static EnumSet<LoginMethod> methods(List<@Nullable LoginMethod> given) {
        String name = "loginMethods";
        List<LoginMethod> methods = each(name, given, LoginMethod.values().length, method -> method);
        if (methods.isEmpty()) {
            throw new InvalidField(name, "is empty: nobody could sign in");
        }
        return EnumSet.copyOf(methods);
    }

    private static <G, T> List<T> each(String name, List<@Nullable G> given, int most, Function<G, T> read) {
        if (InvalidField.required(name, given).size() > most) {
            throw new InvalidField(name, "has more than " + most + " items");
        }
        return IntStream.range(0, given.size())
                .mapToObj(place -> one(name + "/" + place, given.get(place), read))
                .toList();
    }

    private static <G, T> T one(String name, @Nullable G given, Function<G, T> read) {
        G there = InvalidField.required(name, given);
        try {
            return read.apply(there);
        } catch (IllegalArgumentException e) {
            throw new InvalidField(name, String.valueOf(e.getMessage()));
        }
    }

    private static Duration duration(String name, String text, Duration shortest, Duration longest) {
        if (!DURATION.matcher(InvalidField.required(name, text)).matches()) {
            throw new InvalidField(name, "is no duration such as PT8H or P7D");
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException _) {
            // Longer than anything.
        }
        throw new InvalidField(name, "is between %s and %s".formatted(shortest, longest));
    }
}
