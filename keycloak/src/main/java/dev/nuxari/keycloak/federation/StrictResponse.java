package dev.nuxari.keycloak.federation;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.xml.datatype.XMLGregorianCalendar;
import org.jspecify.annotations.Nullable;
import org.keycloak.dom.saml.v2.assertion.AssertionType;
import org.keycloak.dom.saml.v2.assertion.AudienceRestrictionType;
import org.keycloak.dom.saml.v2.assertion.AuthnStatementType;
import org.keycloak.dom.saml.v2.assertion.ConditionsType;
import org.keycloak.dom.saml.v2.assertion.SubjectConfirmationDataType;
import org.keycloak.dom.saml.v2.assertion.SubjectConfirmationType;
import org.keycloak.dom.saml.v2.protocol.ResponseType;

/**
 * The web browser profile of SAML (saml-profiles-2.0-os, section 4.1.4.3), with nothing left out. Keycloak checks what is there
 * and accepts what is missing: an assertion without conditions, without audience or without a confirmation of its subject. Here
 * each of these has to be there.
 *
 * @param audience our name, and the only one that the assertion may be for
 * @param endpoint where it had to be sent
 * @param request the question that it has to answer; null if none was asked
 */
record StrictResponse(
        String audience, String endpoint, @Nullable String request) {
    private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

    /** What it lacks, for the log. Keycloak has compared times and signatures before. */
    Optional<String> lack(ResponseType response) {
        if (request == null || !request.equals(response.getInResponseTo())) {
            return Optional.of("it answers no question of this sign-in");
        }
        if (!endpoint.equals(response.getDestination())) {
            return Optional.of("it was sent elsewhere");
        }
        if (response.getAssertions().size() != 1) {
            return Optional.of("it has not one assertion");
        }
        return lack(response.getAssertions().getFirst().getAssertion());
    }

    private Optional<String> lack(AssertionType assertion) {
        if (assertion.getID() == null || assertion.getID().isBlank()) {
            return Optional.of("the assertion has no name");
        }
        if (assertion.getStatements().stream().noneMatch(AuthnStatementType.class::isInstance)) {
            return Optional.of("nobody signed in");
        }
        if (!isForUs(assertion.getConditions())) {
            return Optional.of("the assertion is not for us alone, or does not end");
        }
        return isConfirmed(assertion) ? Optional.empty() : Optional.of("the subject is not confirmed for this sign-in");
    }

    private boolean isForUs(@Nullable ConditionsType conditions) {
        if (conditions == null || conditions.getNotOnOrAfter() == null) {
            return false;
        }
        List<AudienceRestrictionType> audiences = conditions.getConditions().stream()
                .filter(AudienceRestrictionType.class::isInstance)
                .map(AudienceRestrictionType.class::cast)
                .toList();
        return !audiences.isEmpty()
                && audiences.stream().allMatch(one -> one.getAudience().equals(List.of(URI.create(audience))));
    }

    private boolean isConfirmed(AssertionType assertion) {
        List<SubjectConfirmationType> confirmations = assertion.getSubject() == null
                ? List.of()
                : assertion.getSubject().getConfirmation();
        return confirmations.size() == 1
                && BEARER.equals(confirmations.getFirst().getMethod())
                && isConfirmed(confirmations.getFirst().getSubjectConfirmationData());
    }

    private boolean isConfirmed(@Nullable SubjectConfirmationDataType data) {
        return data != null
                && data.getNotOnOrAfter() != null
                && data.getNotBefore() == null
                && endpoint.equals(data.getRecipient())
                && Objects.equals(request, data.getInResponseTo());
    }

    /** Until when the assertion could be shown again; after that Keycloak refuses it by its time. */
    static XMLGregorianCalendar end(AssertionType assertion) {
        return assertion.getConditions().getNotOnOrAfter();
    }
}
