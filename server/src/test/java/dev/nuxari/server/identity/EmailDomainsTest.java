package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which domain an address is of. Every address is put to the database too, which has to say the same. */
@Claim("T3")
class EmailDomainsTest {
    private static final EmailDomains ACME =
            EmailDomains.of(List.of(EmailDomain.parse("acme.example"), EmailDomain.parse("b\u00fccher.example")));

    static final List<String> INSIDE = List.of(
            "ann@acme.example",
            "Ann.Example@ACME.Example",
            "ann@acme.example.",
            "ann+nuxari@acme.example",
            "ann+evil.example@acme.example",
            "o'brien@acme.example",
            "a@acme.example",
            "ann@xn--bcher-kva.example",
            "ann@XN--BCHER-KVA.EXAMPLE");

    /** They are of the domain, and stored in its ASCII form; the database knows no other. */
    static final List<String> INSIDE_WHEN_CANONICAL = List.of(
            "ann@b\u00fccher.example",
            "ann@B\u00dcCHER.example",
            "ann@bu\u0308cher.example",
            "ann@b\u00fccher.example.");

    static final List<String> OUTSIDE = List.of(
            // Other domains.
            "ann@evil.example",
            "ann@sub.acme.example",
            "ann@acme.example.evil.example",
            "ann@notacme.example",
            "ann@acme.exampl",
            "ann@example",
            "ann@acme.example-evil.example",
            "ann@xn--acme.example",
            // Letters that look alike: Cyrillic a and e, a dotless i, wide letters, an l for an I, a long s.
            "ann@\u0430cme.example",
            "ann@acm\u0435.example",
            "ann@acme.\u0435xample",
            "ann@\uff41\uff43\uff4d\uff45.example",
            "ann@acme\u3002example",
            "ann@acme\uff0eexample",
            "ann@acme.exampl\u0435",
            "ann@buecher.example",
            "ann@bucher.example",
            // Several at signs, and what looks like one.
            "ann@acme.example@evil.example",
            "ann@evil.example@acme.example",
            "ann\uff20acme.example",
            "ann\ufe6bacme.example",
            "@acme.example",
            "ann@",
            "ann",
            "",
            "acme.example",
            // Local parts that some mail systems send elsewhere.
            "\"ann@evil.example\"@acme.example",
            "\"ann\"@acme.example",
            "ann@evil.example>@acme.example",
            "<ann@acme.example>",
            "Ann <ann@acme.example>",
            "ann@evil.example,ann@acme.example",
            "ann@evil.example;ann@acme.example",
            "ann%evil.example@acme.example",
            "evil.example!ann@acme.example",
            "@evil.example:ann@acme.example",
            "=?utf-8?q?ann=40evil.example=3e?=@acme.example",
            "ann(@evil.example)@acme.example",
            "ann\\@evil.example@acme.example",
            ".ann@acme.example",
            "ann.@acme.example",
            "an..n@acme.example",
            // Blanks, line ends, what cannot be seen.
            " ann@acme.example",
            "ann@acme.example ",
            "ann @acme.example",
            "ann@ acme.example",
            "ann@acme.example\n",
            "ann@acme.example\r\nBcc: ann@evil.example",
            "ann@evil.example\nann@acme.example",
            "ann\t@acme.example",
            "ann@acme.example\u00a0",
            "ann@acme\u00ad.example",
            "ann@acme\u200b.example",
            "ann@\u202eacme.example",
            "ann\u0001@acme.example",
            "ann@acme.example\u007f",
            // No domains.
            "ann@acme..example",
            "ann@.acme.example",
            "ann@acme.example..",
            "ann@-acme.example",
            "ann@acme.example-",
            "ann@[127.0.0.1]",
            "ann@127.0.0.1",
            "ann@acme_.example",
            "ann@*.example",
            "ann@%",
            "ann@acme.example/",
            "ann@acme.example?",
            "ann@acme.example#evil.example",
            "j\u00f6rg@acme.example",
            "a".repeat(65) + "@acme.example",
            "ann@" + "a".repeat(64) + ".example",
            "ann@" + "a.".repeat(127) + "example");

    @ParameterizedTest
    @MethodSource
    void inside(String address) {
        assertThat(ACME.enrols(address)).isTrue();
        assertThat(EmailAddress.parse(address).map(EmailAddress::domain).map(EmailDomain::name))
                .isEqualTo(inTheDatabase(address));
    }

    static List<String> inside() {
        return INSIDE;
    }

    @ParameterizedTest
    @MethodSource
    void insideInTheFormThatIsStored(String address) {
        EmailAddress parsed = EmailAddress.parse(address).orElseThrow();

        assertThat(ACME.enrols(address)).isTrue();
        assertThat(inTheDatabase(address)).isEmpty();
        assertThat(inTheDatabase(parsed.canonical())).contains(parsed.domain().name());
    }

    static List<String> insideInTheFormThatIsStored() {
        return INSIDE_WHEN_CANONICAL;
    }

    @ParameterizedTest
    @MethodSource
    void outside(String address) {
        Optional<EmailAddress> parsed = EmailAddress.parse(address);

        assertThat(ACME.enrols(address)).isFalse();
        assertThat(inTheDatabase(address)).isNotIn(Optional.of("acme.example"), Optional.of("xn--bcher-kva.example"));
        if (address.chars().allMatch(letter -> letter < 0x80)) {
            assertThat(inTheDatabase(address))
                    .isEqualTo(parsed.map(one -> one.domain().name()));
        } else {
            assertThat(inTheDatabase(address)).isEmpty();
        }
    }

    static List<String> outside() {
        return OUTSIDE;
    }

    @Test
    void emptyListEnrolsFromEverywhere() {
        assertThat(EmailDomains.of(List.of()).enrols("anybody at all")).isTrue();
    }

    @Test
    void domainAndSubDomainAreTwo() {
        EmailDomains sub = EmailDomains.of(List.of(EmailDomain.parse("eu.acme.example")));

        assertThat(sub.enrols("ann@eu.acme.example")).isTrue();
        assertThat(sub.enrols("ann@acme.example")).isFalse();
        assertThat(sub.enrols("ann@x.eu.acme.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme.example", "ACME.example", "acme.example."})
    void oneDomainIsWrittenInSeveralWays(String text) {
        assertThat(EmailDomain.parse(text).name()).isEqualTo("acme.example");
    }

    /** The older standard maps these to other letters, under which somebody else may own the domain. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "stra\u00dfe.example",
                "STRA\u1e9eE.example",
                "\u03c3\u03bf\u03c6\u03bf\u03c2.example",
                "a\u200db.example",
                "a\u200cb.example",
                "\u212aelvin.example",
                "\u017fecret.example",
                "\ufb01nance.example",
                "\u2460.example",
                "\ud83d\ude00\u0301\u20e3.example.\uff21"
            })
    void domainThatIsNotReadAlikeEverywhereIsRefused(String text) {
        assertThatThrownBy(() -> EmailDomain.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "acme",
                "*.acme.example",
                "@acme.example",
                "acme.example,evil.example",
                "acme .example",
                "acme.example\n",
                "http://acme.example",
                "1.2.3.4",
                "acme..example",
                "-acme.example",
                "acme.-example"
            })
    void whatIsNoDomainIsRefused(String text) {
        assertThatThrownBy(() -> EmailDomain.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(beyondTheWalls()
                        .sql("SELECT is_domain(?)")
                        .param(text)
                        .query((row, _) -> row.getBoolean(1))
                        .single())
                .isFalse();
    }

    /** Each ASCII character at each place of an address: both read it as of the same domain, or as of none. */
    @Test
    void databaseReadsEveryCharacterAsTheServerDoes() {
        String address = "ab@cd.ef";
        List<String> changed = IntStream.rangeClosed(1, 0x7f)
                .boxed()
                .flatMap(letter -> IntStream.rangeClosed(0, address.length())
                        .mapToObj(place ->
                                address.substring(0, place) + (char) letter.intValue() + address.substring(place)))
                .toList();

        List<String> inTheDatabase = beyondTheWalls()
                .sql(
                        "SELECT coalesce(email_domain(address), '') FROM unnest(?::text[]) WITH ORDINALITY AS a (address, n)"
                                + " ORDER BY n")
                .param(changed.toArray(String[]::new))
                .query((row, _) -> row.getString(1))
                .list();

        assertThat(inTheDatabase)
                .isEqualTo(changed.stream()
                        .map(one -> EmailAddress.parse(one)
                                .map(parsed -> parsed.domain().name())
                                .orElse(""))
                        .toList());
    }

    private static Optional<String> inTheDatabase(String address) {
        return beyondTheWalls()
                .sql("SELECT email_domain(?)")
                .param(address)
                .query((row, _) -> Optional.ofNullable(row.getString(1)))
                .single();
    }
}
