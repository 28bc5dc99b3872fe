package dev.nuxari.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Risk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiskRuleTest {
    @ParameterizedTest
    @CsvSource({
        "group, cn=breakglass,                    Break glass,         CRITICAL",
        "role,  realm-admin,                      realm-admin,         CRITICAL",
        "role,  prodDba,                          Production DBA,      CRITICAL",
        "role,  pg_superuser,                     Superuser,           CRITICAL",
        "role,  billing-readers,                  Billing readers,     HIGH",
        "group, cn=wiki-admins,                   Wiki admins,         HIGH",
        "group, cn=prod-readers,                  Production readers,  HIGH",
        "role,  app_rw,                           App read and write,  MEDIUM",
        "role,  wiki-writer,                      Wiki writer,         MEDIUM",
        "role,  lunch-menu,                       Lunch menu,          LOW",
        "role,  badminton,                        Badminton club,      LOW"
    })
    void wordsOfTheNamesDecide(String kind, String nativeId, String name, Risk risk) {
        assertThat(RiskRule.of(kind, nativeId, name)).isEqualTo(risk);
    }
}
