package dev.nuxari.server.invites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.identity.EmailAddress;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which address is the one that was invited. */
@Claim("I4")
class AcceptanceRuleTest {
    private static final EmailAddress INVITED =
            EmailAddress.parse("Kim.Ivy@B\u00fccher.example").orElseThrow();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kim.ivy@xn--bcher-kva.example",
                "KIM.IVY@XN--BCHER-KVA.EXAMPLE",
                "Kim.Ivy@b\u00fccher.example",
                "kim.ivy@xn--bcher-kva.example.",
            })
    void caseAndSpellingOfTheDomainMakeNoDifference(String signedIn) {
        assertThat(AcceptanceRule.isSame(INVITED, signedIn)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u212aim.ivy@xn--bcher-kva.example", // the sign of Kelvin
                "k\u0131m.ivy@xn--bcher-kva.example", // without its dot
                "k\u0456m.ivy@xn--bcher-kva.example", // Ukrainian i
                "kim.\u0456vy@b\u00fccher.example",
                "kim.ivy@bucher.example",
                "kim.ivy@bu\u00a8cher.example",
                "kim.ivy@sub.xn--bcher-kva.example",
                "kim.ivy+x@xn--bcher-kva.example",
                "kimivy@xn--bcher-kva.example",
                "\"kim.ivy\"@xn--bcher-kva.example",
                "kim.ivy@evil.example@xn--bcher-kva.example",
                "kim.ivy@xn--bcher-kva.example\u0000",
                " kim.ivy@xn--bcher-kva.example",
                "",
            })
    void whatOnlyLooksAlikeIsAnother(String signedIn) {
        assertThat(AcceptanceRule.isSame(INVITED, signedIn)).isFalse();
    }

    @Test
    void localeOfTheMachineMakesNoDifference() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.of("tr"));
        try {
            assertThat(AcceptanceRule.isSame(INVITED, "KIM.IVY@XN--BCHER-KVA.EXAMPLE"))
                    .isTrue();
        } finally {
            Locale.setDefault(before);
        }
    }
}
