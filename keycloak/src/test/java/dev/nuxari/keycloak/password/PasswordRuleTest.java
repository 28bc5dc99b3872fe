package dev.nuxari.keycloak.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {
    private static final List<String> ALICE = List.of("alice.weatherwax@initech.example", "Alice", "Weatherwax");

    private final PasswordRule rule = new PasswordRule(12, BreachedPasswords.shipped());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct-horse-battery",
                "four words in a row",
                "Tr0ub4dor&3xyz",
                "пароль из слов",
                "天地玄黄宇宙洪荒日月盈昃",
                "kq4z0mvb2x8w",
                "my sister's alice band",
                "              a b c d",
            })
    void aLongEnoughOneIsAcceptedWhateverItIsMadeOf(String password) {
        assertThat(rule.flaw(password, ALICE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "elevenchars, TOO_SHORT",
        "passwordpassword, BREACHED",
        "PassWord1234, BREACHED",
        "qwertyuiop123, BREACHED",
        "ｑｗｅｒｔｙｕｉｏｐ１２３, BREACHED",
        "administrator, BREACHED",
        "aaaaaaaaaaaaaaaaaa, MONOTONOUS",
        "abababababababab, MONOTONOUS",
        "abcdefghijklm, MONOTONOUS",
        "zyxwvutsrqponm, MONOTONOUS",
        "1234567890123456, MONOTONOUS",
        "aliceweatherwax, PERSONAL",
        "Weatherwax2026!, PERSONAL",
        "alice@initech.example, PERSONAL",
    })
    void aFlawHasAName(String password, Flaw flaw) {
        assertThat(rule.flaw(password, ALICE)).contains(flaw);
    }

    @Test
    void charactersAreCountedAsPeopleCountThemAndNotInUnitsOfUtf16() {
        String six = "🦊🐻🐼🐨🐯🦁";
        assertThat(six).hasSize(12);

        assertThat(rule.flaw(six, List.of())).contains(Flaw.TOO_SHORT);
        assertThat(rule.flaw(six + "🐸🐵🐔🐧🐦🐤", List.of())).isEmpty();
    }

    @Test
    void endlessOnesAreRefused() {
        String words = "correct horse battery staple ".repeat(8);

        assertThat(rule.flaw(words + "x".repeat(256 - words.length()), List.of()))
                .isEmpty();
        assertThat(rule.flaw(words + "x".repeat(257 - words.length()), List.of()))
                .contains(Flaw.TOO_LONG);
    }

    @Test
    void theListHasWhatItSays() {
        assertThat(List.of("iloveyou1234", "password1234", "123456789012"))
                .allMatch(BreachedPasswords.shipped()::contains);
    }
}
