package dev.nuxari.server.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a SAML provider publishes about itself, written well and badly. */
@Claim("I3")
class SamlMetadataTest {
    private static final SigningKey key = SigningKey.of("good", "-validity", "400");
    private static final SigningKey old = SigningKey.of("old", "-startdate", "-400d", "-validity", "30");
    private static final SigningKey ending = SigningKey.of("ending", "-validity", "20");
    private static final SigningKey weak = SigningKey.of("weak", "-validity", "400", "-keysize", "1024");

    private static final String POST =
            "<SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"https://idp.example/post\"/>";
    private static final String REDIRECT =
            "<SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"https://idp.example/go\"/>";

    private static Diagnosis read(String xml) {
        var documents = new ForeignDocuments(
                new FederationConfig(URI.create("https://broker.example"), List.of(), Duration.ofSeconds(1)));
        return SamlMetadata.read(xml, "", documents, Instant.now());
    }

    private static String metadata(String services, String... keys) {
        return """
                <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/id">\
                <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">%s%s\
                </IDPSSODescriptor></EntityDescriptor>""".formatted(String.join("", keys), services);
    }

    private static String key(SigningKey certificate, String use) {
        return """
                <KeyDescriptor%s><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>
                %s
                </X509Certificate></X509Data></KeyInfo></KeyDescriptor>""".formatted(use, certificate.base64());
    }

    private static Connection.Saml saml(Diagnosis diagnosis) {
        assertThat(diagnosis.isGood()).as(diagnosis.toString()).isTrue();
        return (Connection.Saml) java.util.Objects.requireNonNull(diagnosis.connection());
    }

    @Test
    void postIsPreferred() {
        Connection.Saml both = saml(read(metadata(REDIRECT + POST, key(key, " use=\"signing\""))));
        assertThat(both.post()).isTrue();
        assertThat(both.signOn()).hasToString("https://idp.example/post");
        assertThat(both.entityId()).isEqualTo("https://idp.example/id");
        assertThat(saml(read(metadata(REDIRECT, key(key, "")))).post()).isFalse();
    }

    @Test
    void bothCertificatesOfARolloverAreTakenAndTheOldOneIsNot() {
        Connection.Saml rolling =
                saml(read(metadata(POST, key(key, ""), key(ending, " use=\"signing\""), key(old, ""))));
        assertThat(rolling.certificates()).extracting(Certificate::der).containsExactly(key.base64(), ending.base64());
    }

    @Test
    void certificatesThatCannotBeUsedAreSaid() {
        assertThat(read(metadata(POST)).findings()).containsExactly(Finding.NO_SIGNING_CERTIFICATE);
        assertThat(read(metadata(POST, key(key, " use=\"encryption\""))).findings())
                .containsExactly(Finding.NO_SIGNING_CERTIFICATE);
        assertThat(read(metadata(POST, key(old, ""))).findings()).containsExactly(Finding.CERTIFICATE_EXPIRED);
        assertThat(read(metadata(POST, key(weak, ""))).findings()).containsExactly(Finding.WEAK_KEY);
        assertThat(read(metadata(POST, key(ending, ""))).findings()).containsExactly(Finding.CERTIFICATE_EXPIRES_SOON);
        assertThat(read(metadata(POST, key(ending, ""))).isGood()).isTrue();
    }

    @Test
    void placeToSignInIsHttps() {
        assertThat(read(metadata("", key(key, ""))).findings()).containsExactly(Finding.MISSING_ENDPOINT);
        for (String address : List.of("http://idp.example/post", "javascript:alert(1)", "file:///etc/passwd")) {
            assertThat(read(metadata(POST.replace("https://idp.example/post", address), key(key, "")))
                            .isGood())
                    .isFalse();
        }
    }

    @Test
    void whatIsNoMetadataIsNotRead() {
        String good = metadata(POST, key(key, ""));
        for (String xml : List.of(
                "",
                "{}",
                "<html/>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + good,
                "<!DOCTYPE x SYSTEM \"https://evil.example/x.dtd\">" + good,
                good.replace("entityID=\"https://idp.example/id\"", "entityID=\"\""),
                good.replace("IDPSSODescriptor", "SPSSODescriptor"),
                good.replace(key.base64(), "bm8gY2VydGlmaWNhdGU="),
                good.replace(key.base64(), "%%%"))) {
            assertThat(read(xml).findings()).containsExactly(Finding.NOT_READABLE);
        }
    }
}
