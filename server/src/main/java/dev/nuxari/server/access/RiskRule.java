package dev.nuxari.server.access;

import dev.nuxari.kernel.Risk;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One reason to think that an entitlement is dangerous: its names contain one of these words. The first rule of
 * {@link #ALL} that applies gives the risk an entitlement has when it is first seen; people change it afterwards.
 */
record RiskRule(Risk risk, Set<String> words) {
    /** From the most to the least dangerous. What no rule knows is {@link Risk#LOW}. */
    static final List<RiskRule> ALL = List.of(
            // Whoever holds it can give himself everything else.
            of(Risk.CRITICAL, "superuser", "superadmin", "root", "sudo", "breakglass", "emergency"),
            // Rights over people, money, secrets, or what customers depend on.
            of(Risk.HIGH, "admin", "admins", "administrator", "administrators", "owner", "owners", "dba", "prod"),
            of(Risk.HIGH, "production", "finance", "payroll", "treasury", "billing", "secrets", "vault", "security"),
            // Rights to change something.
            of(Risk.MEDIUM, "write", "writer", "writers", "editor", "editors", "rw", "deploy", "deployer", "operator"),
            of(
                    Risk.MEDIUM,
                    "operators",
                    "developer",
                    "developers",
                    "maintainer",
                    "release",
                    "hr",
                    "legal",
                    "customer"));

    private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");

    /** An administrator in production is more than either. */
    private static final Set<String> PRODUCTION = Set.of("prod", "production", "domain", "realm");

    private static final Set<String> ADMINISTRATION =
            Set.of("admin", "admins", "administrator", "administrators", "owner", "owners", "dba");

    static Risk of(String kind, String nativeId, String name) {
        Set<String> words = Stream.of(kind, nativeId, name)
                .flatMap(SEPARATOR::splitAsStream)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        if (overlap(words, PRODUCTION) && overlap(words, ADMINISTRATION)) {
            return Risk.CRITICAL;
        }
        return ALL.stream()
                .filter(rule -> overlap(words, rule.words))
                .map(RiskRule::risk)
                .findFirst()
                .orElse(Risk.LOW);
    }

    private static RiskRule of(Risk risk, String... words) {
        return new RiskRule(risk, Arrays.stream(words).collect(Collectors.toUnmodifiableSet()));
    }

    private static boolean overlap(Set<String> some, Set<String> others) {
        return some.stream().anyMatch(others::contains);
    }
}
