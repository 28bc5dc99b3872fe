package dev.nuxari.server.domains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.server.identity.EmailDomain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicSuffixTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "co.uk",
                "github.io",
                "com.au",
                "pvt.k12.ma.us",
                "s3.amazonaws.com",
                "anything.ck",
                // In letters and in the form that DNS has.
                "\u516c\u53f8.cn",
                "xn--55qx5d.cn"
            })
    void suffixesBelongToNobody(String name) {
        assertThat(PublicSuffix.is(EmailDomain.parse(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme.co.uk",
                "acme.github.io",
                "example.org",
                "sub.example.org",
                "acme.example",
                "corp.internal",
                "www.ck",
                "b\u00fccher.de"
            })
    void whatIsBelowOneMayBeSomebodys(String name) {
        assertThat(PublicSuffix.is(EmailDomain.parse(name))).isFalse();
    }
}
