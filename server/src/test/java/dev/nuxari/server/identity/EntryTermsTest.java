package dev.nuxari.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.Network;
import dev.nuxari.server.api.NetworkAddress;
import dev.nuxari.server.api.Networks;
import dev.nuxari.server.api.StepUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is let in on which terms: every case, beside a second, slower reading of the same rules. */
@Claim({"I2", "I6"})
class EntryTermsTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final Duration MAX_AGE = Duration.ofHours(8);
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration STEP_UP = Duration.ofMinutes(10);
    private static final NetworkAddress INSIDE = NetworkAddress.parse("192.0.2.7");
    private static final NetworkAddress OUTSIDE = NetworkAddress.parse("192.0.3.7");
    private static final Networks OFFICE = Networks.of(List.of(Network.parse("192.0.2.0/24")));
    private static final Set<LoginMethod> ALL = EnumSet.allOf(LoginMethod.class);
    private static final Assurance PASSWORD = new Assurance("pwd", LoginMethod.PASSWORD, NOW, null);

    @ParameterizedTest
    @CsvSource({
        "NOBODY,OWNER,false",
        "NOBODY,READONLY,false",
        "PRIVILEGED,OWNER,true",
        "PRIVILEGED,ADMIN,true",
        "PRIVILEGED,APPROVER,true",
        "PRIVILEGED,AUDITOR,true",
        "PRIVILEGED,REQUESTER,false",
        "PRIVILEGED,READONLY,false",
        "EVERYBODY,OWNER,true",
        "EVERYBODY,REQUESTER,true",
        "EVERYBODY,READONLY,true"
    })
    void secondFactorIsDemandedByRole(MfaRequired required, Role role, boolean demanded) {
        assertThat(required.of(role)).isEqualTo(demanded);
        assertThat(why(terms(required, ALL, Networks.NONE), role, INSIDE, PASSWORD))
                .isEqualTo(demanded ? List.of(EntryRefusal.MFA) : List.of());
        assertThat(why(terms(required, ALL, Networks.NONE), role, INSIDE, with("mfa", LoginMethod.PASSWORD)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"null", "pwd", "MFA", "' mfa'", "Mfa", "mfa2", "2", "''", "gold"})
    void onlyOneWordIsASecondFactor(@Nullable String acr) {
        assertThat(why(terms(MfaRequired.EVERYBODY, ALL, Networks.NONE), Role.OWNER, INSIDE, with(acr, null)))
                .containsExactly(EntryRefusal.MFA);
    }

    @ParameterizedTest
    @EnumSource(LoginMethod.class)
    void methodHasToBeOneOfThose(LoginMethod method) {
        EnumSet<LoginMethod> others = EnumSet.complementOf(EnumSet.of(method));

        assertThat(why(
                        terms(MfaRequired.NOBODY, EnumSet.of(method), Networks.NONE),
                        Role.OWNER,
                        INSIDE,
                        with("pwd", method)))
                .isEmpty();
        assertThat(why(terms(MfaRequired.NOBODY, others, Networks.NONE), Role.OWNER, INSIDE, with("pwd", method)))
                .containsExactly(EntryRefusal.METHOD);
        assertThat(why(terms(MfaRequired.NOBODY, others, Networks.NONE), Role.OWNER, INSIDE, with("pwd", null)))
                .as("what the broker did not sign is not permitted once something is forbidden")
                .containsExactly(EntryRefusal.METHOD);
        assertThat(why(terms(MfaRequired.NOBODY, ALL, Networks.NONE), Role.OWNER, INSIDE, with("pwd", null)))
                .isEmpty();
    }

    @Test
    void addressHasToLieInOneOfTheNetworks() {
        EntryTerms office = terms(MfaRequired.NOBODY, ALL, OFFICE);

        assertThat(why(office, Role.OWNER, INSIDE, PASSWORD)).isEmpty();
        assertThat(why(office, Role.OWNER, OUTSIDE, PASSWORD)).containsExactly(EntryRefusal.ADDRESS);
        assertThat(why(office, Role.OWNER, null, PASSWORD)).containsExactly(EntryRefusal.ADDRESS);
        assertThat(why(terms(MfaRequired.NOBODY, ALL, Networks.NONE), Role.OWNER, null, PASSWORD))
                .isEmpty();
    }

    @Test
    void signInIsOverAtItsAge() {
        EntryTerms terms = terms(MfaRequired.NOBODY, ALL, Networks.NONE);

        assertThat(why(terms, Role.OWNER, INSIDE, at(NOW.minus(MAX_AGE).plusMillis(1), null)))
                .isEmpty();
        assertThat(why(terms, Role.OWNER, INSIDE, at(NOW.minus(MAX_AGE), null)))
                .containsExactly(EntryRefusal.SIGN_IN_TOO_OLD);
        assertThat(why(terms, Role.OWNER, INSIDE, at(null, null)))
                .as("a token that does not say when")
                .containsExactly(EntryRefusal.SIGN_IN_TOO_OLD);
    }

    @Test
    void sessionIsOverWhenItIsIdle() {
        EntryTerms terms = terms(MfaRequired.NOBODY, ALL, Networks.NONE);

        assertThat(why(terms, Role.OWNER, INSIDE, at(NOW, NOW.minus(IDLE).plusMillis(1))))
                .isEmpty();
        assertThat(why(terms, Role.OWNER, INSIDE, at(NOW, NOW.minus(IDLE)))).containsExactly(EntryRefusal.IDLE);
    }

    @Test
    void whatIsOverIsSaidFirst() {
        EntryTerms strict = terms(MfaRequired.EVERYBODY, EnumSet.of(LoginMethod.SAML), OFFICE);
        Assurance bad = new Assurance("pwd", LoginMethod.PASSWORD, NOW.minus(MAX_AGE), NOW.minus(IDLE));

        assertThat(why(strict, Role.OWNER, OUTSIDE, bad)).containsExactly(EntryRefusal.values());
        assertThat(strict.judge(Role.OWNER, OUTSIDE, bad, NOW))
                .isEqualTo(new EntryRuling.Refused(EntryRefusal.SIGN_IN_TOO_OLD));
        assertThat(EntryRefusal.values())
                .extracting(EntryRefusal::endsTheSession)
                .containsExactly(true, true, false, false, false);
    }

    @ParameterizedTest
    @CsvSource({"mfa,0,false", "mfa,599,false", "mfa,600,true", "mfa,601,true", "pwd,0,true", "pwd,599,true"})
    void sensitiveActionsTakeAFactorThatWasJustShown(String acr, long secondsAgo, boolean needed) {
        Assurance assurance = new Assurance(acr, LoginMethod.PASSWORD, NOW.minusSeconds(secondsAgo), null);
        EntryRuling ruling = terms(MfaRequired.NOBODY, ALL, Networks.NONE).judge(Role.OWNER, INSIDE, assurance, NOW);

        assertThat(ruling)
                .isEqualTo(new EntryRuling.Admitted(
                        needed ? Optional.of(new StepUp(Optional.of(STEP_UP))) : Optional.empty()));
    }

    @Test
    void withoutAnAgeSensitiveActionsTakeNothing() {
        var terms = new EntryTerms(MfaRequired.NOBODY, ALL, Networks.NONE, MAX_AGE, IDLE, null);

        assertThat(terms.judge(Role.OWNER, INSIDE, PASSWORD, NOW))
                .isEqualTo(new EntryRuling.Admitted(Optional.empty()));
    }

    /** 3 demands × 16 lists of methods (one is empty) × 2 lists of networks × 6 roles × 5 methods × 3 levels × 3 addresses. */
    @Test
    void everyCaseIsJudgedAsTheRulesSay() {
        int cases = 0;
        for (EntryTerms terms : everyTerms()) {
            for (Role role : Role.values()) {
                for (LoginMethod method : methodsAndNone()) {
                    for (String acr : new String[] {"mfa", "pwd", null}) {
                        for (NetworkAddress address : new NetworkAddress[] {INSIDE, OUTSIDE, null}) {
                            boolean letIn =
                                    why(terms, role, address, with(acr, method)).isEmpty();
                            assertThat(letIn)
                                    .as("%s %s %s %s %s", terms, role, method, acr, address)
                                    .isEqualTo(mayEnter(terms, role, method, acr, address));
                            cases++;
                        }
                    }
                }
            }
        }
        assertThat(cases).isEqualTo(3 * 15 * 2 * 6 * 5 * 3 * 3);
    }

    /** The rules once more, as one reads them. */
    private static boolean mayEnter(
            EntryTerms terms,
            Role role,
            @Nullable LoginMethod method,
            @Nullable String acr,
            @Nullable NetworkAddress address) {
        boolean factor = "mfa".equals(acr) || !isDemanded(terms.mfaRequired(), role);
        boolean means = terms.loginMethods().size() == 4
                || (method != null && terms.loginMethods().contains(method));
        boolean place = terms.ipAllowlist().isEmpty() || INSIDE.equals(address);
        return factor && means && place;
    }

    private static boolean isDemanded(MfaRequired required, Role role) {
        return switch (required) {
            case NOBODY -> false;
            case EVERYBODY -> true;
            case PRIVILEGED -> role != Role.REQUESTER && role != Role.READONLY;
        };
    }

    private static List<EntryTerms> everyTerms() {
        List<EntryTerms> all = new ArrayList<>();
        for (MfaRequired required : MfaRequired.values()) {
            for (int bits = 1; bits < 16; bits++) {
                EnumSet<LoginMethod> methods = EnumSet.noneOf(LoginMethod.class);
                int rest = bits;
                for (LoginMethod method : LoginMethod.values()) {
                    if (rest % 2 == 1) {
                        methods.add(method);
                    }
                    rest /= 2;
                }
                all.add(terms(required, methods, Networks.NONE));
                all.add(terms(required, methods, OFFICE));
            }
        }
        return all;
    }

    private static List<@Nullable LoginMethod> methodsAndNone() {
        List<@Nullable LoginMethod> methods = new ArrayList<>(List.of(LoginMethod.values()));
        methods.add(null);
        return methods;
    }

    @Test
    void termsAreReadAsTheDatabaseTellsThem() {
        assertThat(EntryTerms.of(Json.parseObject("""
                {"mfaRequired":"privileged","loginMethods":["saml","oidc"],"ipAllowlist":["192.0.2.0/24"],
                 "sessionMaxAge":28800,"idleTimeout":1800,"stepUpAge":600}
                """)))
                .isEqualTo(terms(MfaRequired.PRIVILEGED, EnumSet.of(LoginMethod.OIDC, LoginMethod.SAML), OFFICE));
    }

    private static List<EntryRefusal> why(
            EntryTerms terms, Role role, @Nullable NetworkAddress address, Assurance assurance) {
        return terms.refusals(role, address, assurance, NOW).toList();
    }

    private static Assurance with(@Nullable String acr, @Nullable LoginMethod method) {
        return new Assurance(acr, method, NOW, null);
    }

    private static Assurance at(@Nullable Instant authenticated, @Nullable Instant lastSeen) {
        return new Assurance("pwd", LoginMethod.PASSWORD, authenticated, lastSeen);
    }

    private static EntryTerms terms(MfaRequired required, Set<LoginMethod> methods, Networks networks) {
        return new EntryTerms(required, methods, networks, MAX_AGE, IDLE, STEP_UP);
    }
}
