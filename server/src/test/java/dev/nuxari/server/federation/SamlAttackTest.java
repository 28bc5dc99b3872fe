package dev.nuxari.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.federation.BrokeredGround.Begun;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A SAML provider that lies, against the real broker with the settings that every organization's provider gets. None of it may
 * end in a session.
 */
@Claim("I3")
class SamlAttackTest {
    private static final String DOMAIN = "attacked.example";
    private static final String VICTIM = "victim@" + DOMAIN;
    private static final String ENTITY = "https://idp.attacked.example/metadata";

    private static final SigningKey key = SigningKey.of("the provider");
    private static final SigningKey next = SigningKey.of("the provider's next key");
    private static final SigningKey stranger = SigningKey.of("the provider");
    private static final BrokeredGround ground = BrokeredGround.of("attacked", BrokeredGround.saml(ENTITY, key, next));

    private static SamlDraft draft(Begun begun, String subject) {
        return SamlDraft.of(ENTITY, BrokeredGround.issuer(), ground.endpoint(), begun.request(), subject);
    }

    private static Map<String, String> form(Begun begun, String xml) {
        return Map.of(
                "SAMLResponse",
                Base64.getEncoder().encodeToString(xml.getBytes(UTF_8)),
                "RelayState",
                begun.parameter("RelayState"));
    }

    private static boolean isLetIn(Begun begun, Document response) {
        return isLetIn(begun, SamlDraft.written(response));
    }

    private static boolean isLetIn(Begun begun, String xml) {
        return begun.isLetIn(form(begun, xml), ground.endpoint());
    }

    /** Signs as a provider does, after the draft was changed. */
    private static boolean isLetIn(UnaryOperator<SamlDraft> change) {
        Begun begun = ground.begin();
        Document response = change.apply(draft(begun, VICTIM)).document();
        Xml.sign(Xml.assertion(response), key);
        return isLetIn(begun, response);
    }

    /** Changes what was signed. */
    private static boolean isLetInAfter(Consumer<Document> forgery) {
        Begun begun = ground.begin();
        Document response = draft(begun, "mallory@" + DOMAIN).document();
        Xml.sign(Xml.assertion(response), key);
        forgery.accept(response);
        return isLetIn(begun, response);
    }

    @Test
    void honestResponseIsTaken() {
        assertThat(isLetIn(draft -> draft.subject("honest@" + DOMAIN))).isTrue();
        assertThat(isLetIn(draft -> draft.subject("honest@" + DOMAIN))).isTrue();
    }

    @Test
    void requestIsSigned() {
        assertThat(ground.begin().parameter("Signature")).isNotEmpty();
    }

    @Test
    void bothKeysCountWhileTheyChange() {
        Begun begun = ground.begin();
        Document response = draft(begun, "rollover@" + DOMAIN).document();
        Xml.sign(Xml.assertion(response), next);

        assertThat(isLetIn(begun, response)).isTrue();
    }

    @Test
    void responseAndAssertionSignedIsTaken() {
        Begun begun = ground.begin();
        assertThat(isLetIn(begun, twiceSigned(begun, "twice@" + DOMAIN))).isTrue();
    }

    private static Document twiceSigned(Begun begun, String subject) {
        Document response = draft(begun, subject).document();
        Xml.sign(Xml.assertion(response), key);
        Xml.sign(response.getDocumentElement(), key);
        return response;
    }

    @ParameterizedTest
    @EnumSource
    void wrappedSignatureIsRefused(Wrapping wrapping) {
        Begun begun = ground.begin();
        Document twice = twiceSigned(begun, "mallory@" + DOMAIN);
        wrapping.wrap(twice, VICTIM);
        assertThat(isLetIn(begun, twice)).isFalse();
    }

    /** Of the eight, those that need no signature of the response. */
    @ParameterizedTest
    @EnumSource(names = {"XSW3", "XSW4", "XSW5", "XSW6", "XSW7", "XSW8"})
    void wrappedAssertionIsRefused(Wrapping wrapping) {
        assertThat(isLetInAfter(document -> wrapping.wrap(document, VICTIM))).isFalse();
    }

    @Test
    void strippedSignatureIsRefused() {
        assertThat(isLetInAfter(document -> {
                    Element assertion = Xml.assertion(document);
                    assertion.removeChild(Xml.child(assertion, Xml.SIGNATURE, "Signature"));
                }))
                .isFalse();
    }

    @Test
    void neverSignedIsRefused() {
        Begun begun = ground.begin();
        assertThat(isLetIn(begun, draft(begun, VICTIM).document())).isFalse();
    }

    @Test
    void changedAfterSigningIsRefused() {
        assertThat(isLetInAfter(document -> document.getElementsByTagNameNS(Xml.ASSERTION, "NameID")
                        .item(0)
                        .setTextContent(VICTIM)))
                .isFalse();
    }

    @Test
    void unsignedAssertionInSignedResponseIsRefused() {
        Begun begun = ground.begin();
        Document response = draft(begun, VICTIM).document();
        Xml.sign(response.getDocumentElement(), key);
        assertThat(isLetIn(begun, response)).isFalse();
    }

    @Test
    void keyThatTheResponseBringsItselfIsRefused() {
        Begun begun = ground.begin();
        Document response = draft(begun, VICTIM).document();
        Xml.sign(Xml.assertion(response), stranger);
        assertThat(isLetIn(begun, response)).isFalse();
    }

    /** Whichever of two readers cuts the text at the comment, the address is not the one before it. */
    @Test
    void commentInTheNameDoesNotCutIt() {
        assertThat(isLetInAfter(document -> {
                    Element name = (Element) document.getElementsByTagNameNS(Xml.ASSERTION, "NameID")
                            .item(0);
                    name.setTextContent("");
                    name.appendChild(document.createTextNode(VICTIM));
                    name.appendChild(document.createComment(""));
                    name.appendChild(document.createTextNode(".evil.example"));
                }))
                .isFalse();
        assertThat(isLetIn(draft -> draft.subject(VICTIM + "<!---->.evil.example")))
                .isFalse();
        assertThat(isLetIn(draft -> draft.subject("evil@evil.example<!---->" + VICTIM)))
                .isFalse();
        assertThat(isLetIn(draft -> draft.subject(VICTIM + "<?x?>.evil.example")))
                .isFalse();
        assertThat(BrokeredGround.admin().userId("nuxari", VICTIM)).isEmpty();
    }

    @Test
    void replayIsRefused() {
        Begun begun = ground.begin();
        Document response = draft(begun, "replayed@" + DOMAIN).document();
        Xml.sign(Xml.assertion(response), key);
        String written = SamlDraft.written(response);
        assertThat(isLetIn(begun, written)).isTrue();

        assertThat(isLetIn(ground.begin(), written)).isFalse();
        assertThat(new Begun(BrokeredGround.browser(), begun.asked()).isLetIn(form(begun, written), ground.endpoint()))
                .isFalse();
    }

    /** The broker forgets the question with the sign-in; the assertion is remembered for as long as it is good. */
    @Test
    void assertionIsTakenOnceAlsoInAnAnswerToAnotherQuestion() {
        Begun first = ground.begin();
        Document response = draft(first, "once@" + DOMAIN).document();
        Xml.sign(Xml.assertion(response), key);
        assertThat(isLetIn(first, response)).isTrue();

        Begun second = ground.begin();
        response.getDocumentElement().setAttribute("InResponseTo", second.request());
        assertThat(isLetIn(second, response)).isFalse();
    }

    @Test
    void audienceIsUsAndNobodyElse() {
        assertThat(isLetIn(draft -> draft.audience("https://other.example"))).isFalse();
        assertThat(isLetIn(draft -> draft.audience(ground.endpoint()))).isFalse();
        assertThat(isLetIn(draft -> draft.audience(""))).isFalse();
        assertThat(isLetIn(draft -> draft.audience(
                        BrokeredGround.issuer() + "</saml:Audience><saml:Audience>https://other.example")))
                .isFalse();
    }

    @Test
    void recipientAndDestinationAreThisEndpoint() {
        String other = BrokeredGround.issuer() + "/broker/other/endpoint";
        assertThat(isLetIn(draft -> draft.recipient(other))).isFalse();
        assertThat(isLetIn(draft -> draft.recipient(""))).isFalse();
        assertThat(isLetIn(draft -> draft.destination(other))).isFalse();
        assertThat(isLetIn(draft -> draft.destination(""))).isFalse();
    }

    @Test
    void issuerIsTheProvider() {
        assertThat(isLetIn(draft -> draft.issuer("https://idp.other.example/metadata")))
                .isFalse();
    }

    @Test
    void answerToAnotherQuestionIsRefused() {
        assertThat(isLetIn(draft -> draft.inResponseTo("_other", "_other"))).isFalse();
        assertThat(isLetIn(draft -> draft.inResponseTo(draft.inResponseTo(), "_other")))
                .isFalse();
        assertThat(isLetIn(draft -> draft.inResponseTo(draft.inResponseTo(), "")))
                .isFalse();
        assertThat(isLetIn(draft -> draft.inResponseTo("", ""))).isFalse();
    }

    @Test
    void expiredAndNotYetValidAreRefused() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        assertThat(isLetIn(draft -> draft.between(now.minus(Duration.ofHours(2)), now.minus(Duration.ofMinutes(5)))))
                .isFalse();
        assertThat(isLetIn(draft -> draft.between(now.plus(Duration.ofMinutes(5)), now.plus(Duration.ofMinutes(9)))))
                .isFalse();
    }

    /** As providers send it whose portal people begin from: nobody asked. */
    @Test
    void unsolicitedResponseIsRefused() {
        Begun begun = ground.begin();
        Document response = draft(begun, VICTIM).inResponseTo("", "").document();
        Xml.sign(Xml.assertion(response), key);
        String encoded =
                Base64.getEncoder().encodeToString(SamlDraft.written(response).getBytes(UTF_8));
        var elsewhere = new Begun(BrokeredGround.browser(), begun.asked());

        assertThat(elsewhere.isLetIn(Map.of("SAMLResponse", encoded), ground.endpoint()))
                .isFalse();
        assertThat(elsewhere.isLetIn(
                        Map.of("SAMLResponse", encoded, "RelayState", "https://nuxari.example"), ground.endpoint()))
                .isFalse();
        assertThat(elsewhere.isLetIn(Map.of("SAMLResponse", encoded), ground.endpoint() + "/clients/nuxari-console"))
                .isFalse();
    }

    @Test
    void secondAssertionIsRefused() {
        Begun begun = ground.begin();
        Document response = draft(begun, "mallory@" + DOMAIN).document();
        Document other = draft(begun, VICTIM).document();
        Element second = (Element) response.importNode(Xml.assertion(other), true);
        response.getDocumentElement().appendChild(second);
        second.setIdAttribute("ID", true);
        Xml.sign(Xml.assertion(response), key);
        Xml.sign(second, key);
        assertThat(isLetIn(begun, response)).isFalse();
    }

    @Test
    void entitiesAreNotRead() {
        Begun begun = ground.begin();
        Document response = draft(begun, "xxe@" + DOMAIN).document();
        Xml.sign(Xml.assertion(response), key);
        String written = SamlDraft.written(response);
        for (String type : new String[] {
            "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/evil.dtd\">",
            "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
        }) {
            assertThat(isLetIn(ground.begin(), type + written)).isFalse();
            assertThat(begun.isLetIn(form(begun, type + written), ground.endpoint()))
                    .isFalse();
        }
    }

    /** A transformation could make the digest one of anything. */
    @Test
    void transformationByStyleSheetIsRefused() {
        assertThat(isLetInAfter(document -> {
                    Element transforms = (Element) document.getElementsByTagNameNS(Xml.SIGNATURE, "Transforms")
                            .item(0);
                    Element transform = document.createElementNS(Xml.SIGNATURE, "ds:Transform");
                    transform.setAttribute("Algorithm", "http://www.w3.org/TR/1999/REC-xslt-19991116");
                    transform.appendChild(
                            document.importNode(SamlDraft.parse("""
                                    <xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0">
                                    <xsl:template match="/"><x/></xsl:template></xsl:stylesheet>""").getDocumentElement(), true));
                    transforms.appendChild(transform);
                }))
                .isFalse();
    }

    @Test
    void addressOfAnotherDomainIsRefused() {
        assertThat(isLetIn(draft -> draft.subject("victim@elsewhere.example"))).isFalse();
        assertThat(isLetIn(draft -> draft.subject("victim@sub." + DOMAIN))).isFalse();
        assertThat(isLetIn(draft -> draft.subject("victim@elsewhere.example@" + DOMAIN)))
                .isFalse();
        assertThat(isLetIn(draft -> draft.subject("&quot;victim@elsewhere.example&quot;@" + DOMAIN)))
                .isFalse();
        assertThat(isLetIn(draft -> draft.subject("victim@elsewhere.example&#10;@" + DOMAIN)))
                .isFalse();
        assertThat(isLetIn(draft -> draft.format("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified")))
                .isFalse();
    }

    /** An attribute that Keycloak reads as the address, beside an honest name. */
    @Test
    void addressInAnAttributeIsJudgedToo() {
        assertThat(isLetIn(draft -> draft.subject("beside@" + DOMAIN)
                        .attribute("urn:oid:1.2.840.113549.1.9.1", "victim@elsewhere.example")))
                .isFalse();
        assertThat(BrokeredGround.admin().userId("nuxari", "victim@elsewhere.example"))
                .isEmpty();
    }
}
