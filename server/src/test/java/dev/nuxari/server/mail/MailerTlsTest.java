package dev.nuxari.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.mail.Letter.Address;
import dev.nuxari.server.mail.Letter.Subject;
import dev.nuxari.server.mail.MailConfig.Protection;
import dev.nuxari.server.mail.TlsMailServer.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** To whom mails are handed over: to the mail server that was meant, over a line on which nobody reads along, or to nobody. */
@Claim("I4")
class MailerTlsTest {
    private static final String RECIPIENT = "pia@people.example";
    private static final Certificate LOOPBACK = Certificate.of("dns:localhost,ip:127.0.0.1");
    private static final Certificate ELSEWHERE = Certificate.of("dns:mail.elsewhere.example");

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "TLS"})
    void serverWithACertificateThatIsTrustedTakesTheMail(Protection protection) {
        try (TlsMailServer server = server(protection, LOOPBACK)) {
            assertThat(sent(server, protection, LOOPBACK.trusted())).isEqualTo(Posting.SENT);
            assertThat(server.recipients()).containsExactly(RECIPIENT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "TLS"})
    void serverWithACertificateThatNobodyVouchesForGetsNothing(Protection protection) {
        try (TlsMailServer server = server(protection, LOOPBACK)) {
            assertThat(sent(server, protection, (SSLSocketFactory) SSLSocketFactory.getDefault()))
                    .isEqualTo(Posting.NO_CONNECTION);
            assertThat(server.recipients()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "TLS"})
    void serverWithTheTrustedCertificateOfAnotherNameGetsNothing(Protection protection) {
        try (TlsMailServer server = server(protection, ELSEWHERE)) {
            assertThat(sent(server, protection, ELSEWHERE.trusted())).isEqualTo(Posting.NO_CONNECTION);
            assertThat(server.recipients()).isEmpty();
        }
    }

    /** Somebody in between may have taken the offer of TLS out of the conversation. */
    @Test
    void serverThatOffersNoTlsGetsNothing() {
        try (TlsMailServer server = TlsMailServer.plain()) {
            assertThat(sent(server, Protection.STARTTLS, LOOPBACK.trusted())).isEqualTo(Posting.NO_CONNECTION);
            assertThat(sent(server, Protection.TLS, LOOPBACK.trusted())).isEqualTo(Posting.NO_CONNECTION);
            assertThat(server.recipients()).isEmpty();
        }
    }

    private static TlsMailServer server(Protection protection, Certificate certificate) {
        return protection == Protection.TLS
                ? TlsMailServer.implicitTls(certificate)
                : TlsMailServer.startTls(certificate);
    }

    private static Posting sent(TlsMailServer server, Protection protection, SSLSocketFactory trusting) {
        var config = new MailConfig(
                "localhost", server.port(), null, null, "nuxari@acme.example", protection, Duration.ofSeconds(5));
        return new Mailer(config, InstantSource.system(), trusting)
                .send(new Letter(new Address(RECIPIENT), Subject.INVITATION, "Hello", "<p>Hello</p>"));
    }
}
