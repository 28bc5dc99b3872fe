package dev.nuxari.keycloak.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker's judge, by the cases of the server's. */
class EntryRuleTest {
    private static final Instant NOW = Instant.parse("2026-05-05T10:00:00Z");

    /** Every pair of what is wanted and what was shown, one organization. Empty cells: not known, or everything permitted. */
    @ParameterizedTest
    @CsvSource({
        // methods, networks, mfa of everybody | method, address, factors, age in minutes | ruling
        "'','',false,password,192.0.2.7,1,0,Admitted[]",
        "'','',false,,,1,0,Admitted[]",
        "'','',false,oidc,2001:db8::7,1,479,Admitted[]",
        "'','',false,password,192.0.2.7,1,480,SignInMissing[why=SIGN_IN_TOO_OLD]",
        "'','',false,password,192.0.2.7,1,100000,SignInMissing[why=SIGN_IN_TOO_OLD]",
        "password,'',false,password,192.0.2.7,1,0,Admitted[]",
        "password,'',false,passkey,192.0.2.7,2,0,SignInMissing[why=METHOD]",
        "passkey saml,'',false,saml,192.0.2.7,1,0,Admitted[]",
        "passkey saml,'',false,oidc,192.0.2.7,1,0,SignInMissing[why=METHOD]",
        "password passkey oidc,'',false,,192.0.2.7,1,0,SignInMissing[why=METHOD]",
        "'',192.0.2.0/24,false,password,192.0.2.7,1,0,Admitted[]",
        "'',192.0.2.0/24,false,password,198.51.100.7,1,0,Refused[why=ADDRESS]",
        "'',192.0.2.0/24,false,password,2001:db8::7,1,0,Refused[why=ADDRESS]",
        "'',192.0.2.0/24,false,password,,1,0,Refused[why=ADDRESS]",
        "'',192.0.2.0/24 2001:db8::/32,false,password,2001:db8::7,1,0,Admitted[]",
        "'','',true,password,192.0.2.7,2,0,Admitted[]",
        "'','',true,password,192.0.2.7,1,0,SecondFactorMissing[]",
        "'','',true,,,1,0,SecondFactorMissing[]",
        "password,'',true,password,192.0.2.7,1,0,SecondFactorMissing[]",
        "passkey,'',true,password,192.0.2.7,1,0,SignInMissing[why=METHOD]",
        "'','',true,password,192.0.2.7,1,480,SignInMissing[why=SIGN_IN_TOO_OLD]",
        "'',192.0.2.0/24,true,password,198.51.100.7,1,0,Refused[why=ADDRESS]",
        "passkey,192.0.2.0/24,true,password,198.51.100.7,1,480,Refused[why=SIGN_IN_TOO_OLD]",
        "passkey,192.0.2.0/24,false,password,198.51.100.7,2,0,Refused[why=ADDRESS]",
    })
    @SuppressWarnings("checkstyle:ParameterNumber")
    void oneOrganization(
            String methods,
            String networks,
            boolean mfa,
            String method,
            String address,
            int factors,
            long minutes,
            String ruling) {
        var attempt = new Attempt(
                LoginMethod.ofSpelling(String.valueOf(method)),
                Optional.ofNullable(address).flatMap(Address::ofPeer),
                factors == 2,
                NOW.minus(Duration.ofMinutes(minutes)));

        assertThat(judge(attempt, terms(methods, networks, mfa))).hasToString(ruling);
    }

    @Test
    void oneOfSeveralThatLetsThemInIsEnough() {
        EntryTerms office = terms("", "192.0.2.0/24", false);
        EntryTerms passkeys = terms("passkey", "", false);
        EntryTerms factors = terms("", "", true);
        Attempt elsewhere = attempt("198.51.100.7");

        assertThat(judge(elsewhere, office, new EntryTerms.None())).isEqualTo(new Ruling.Admitted());
        assertThat(judge(elsewhere, new EntryTerms.Unreadable(""), new EntryTerms.None()))
                .isEqualTo(new Ruling.Admitted());
        assertThat(judge(elsewhere, office, factors)).isEqualTo(new Ruling.SecondFactorMissing());
        assertThat(judge(elsewhere, office, passkeys)).isEqualTo(new Ruling.SignInMissing(Refusal.METHOD));
        assertThat(judge(elsewhere, office, office)).isEqualTo(new Ruling.Refused(Refusal.ADDRESS));
        assertThat(judge(elsewhere, office, terms("passkey", "192.0.2.0/24", true)))
                .isEqualTo(new Ruling.Refused(Refusal.ADDRESS));
    }

    @Test
    void whatCannotBeReadLetsNobodyIn() {
        assertThat(judge(attempt("192.0.2.7"), new EntryTerms.Unreadable("")))
                .isEqualTo(new Ruling.Refused(Refusal.UNREADABLE));
        assertThat(judge(attempt("192.0.2.7"), new EntryTerms.Unreadable(""), terms("passkey", "10.0.0.0/8", true)))
                .isEqualTo(new Ruling.Refused(Refusal.UNREADABLE));
    }

    @Test
    void whoeverIsInNoOrganizationIsLeftToTheServer() {
        assertThat(judge(attempt("192.0.2.7"))).isEqualTo(new Ruling.Admitted());
    }

    @ParameterizedTest
    @CsvSource({"pwd,PASSWORD", "pwd otp,PASSWORD", "pwd pop,PASSWORD", "pop,PASSKEY", "otp,", "'',"})
    void methodIsKnownByWhatWasShown(String shown, LoginMethod method) {
        assertThat(LoginMethod.ofShown(List.of(shown.split(" ", -1)))).isEqualTo(Optional.ofNullable(method));
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalHasItsWords(Refusal refusal) throws Exception {
        var words = new java.util.Properties();
        try (var file = Refusal.class.getResourceAsStream("/theme/nuxari/login/messages/messages_en.properties")) {
            words.load(file);
        }
        assertThat(words)
                .containsKeys(
                        "nuxariRefused." + refusal.spelled() + ".title",
                        "nuxariRefused." + refusal.spelled() + ".text",
                        "nuxariRefused." + refusal.spelled() + ".advice");
    }

    private static Ruling judge(Attempt attempt, EntryTerms... organizations) {
        return EntryRule.judge(List.of(organizations), attempt, NOW);
    }

    private static Attempt attempt(String address) {
        return new Attempt(Optional.of(LoginMethod.PASSWORD), Address.ofPeer(address), false, NOW);
    }

    private static EntryTerms terms(String methods, String networks, boolean mfaOfEverybody) {
        Set<LoginMethod> permitted = methods.isEmpty()
                ? EnumSet.allOf(LoginMethod.class)
                : EnumSet.copyOf(words(methods).stream()
                        .map(word -> LoginMethod.ofSpelling(word).orElseThrow())
                        .toList());
        return new EntryTerms.Known(
                permitted, words(networks).stream().map(Network::parse).toList(), mfaOfEverybody, Duration.ofHours(8));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
