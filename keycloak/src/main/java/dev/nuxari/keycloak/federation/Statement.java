package dev.nuxari.keycloak.federation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.dom.saml.v2.assertion.AssertionType;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType.ASTChoiceType;
import org.keycloak.representations.JsonWebToken;

/** What a provider says about a person, whatever it is written in. */
sealed interface Statement {
    /** Keycloak's names of what it has verified (in this request only). */
    String ID_TOKEN = "VALIDATED_ID_TOKEN";

    String ASSERTION = "SAML_ASSERTION";

    /** All values of that name. */
    List<String> values(String name);

    /** An OpenID Connect ID token. */
    record IdToken(Map<String, Object> claims) implements Statement {
        @Override
        public List<String> values(String name) {
            return switch (claims.get(name)) {
                case String one -> List.of(one);
                case Collection<?> many ->
                    many.stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .toList();
                case null, default -> List.of();
            };
        }

        /** OpenID Connect Core, section 5.1. Some providers do not say it, Entra ID among them. */
        boolean deniesAddress() {
            Object verified = claims.get("email_verified");
            return verified != null && !String.valueOf(verified).equals("true");
        }
    }

    /** The attributes of a SAML assertion. */
    record Assertion(AssertionType assertion) implements Statement {
        @Override
        public List<String> values(String name) {
            return assertion.getAttributeStatements().stream()
                    .map(AttributeStatementType::getAttributes)
                    .flatMap(Collection::stream)
                    .map(ASTChoiceType::getAttribute)
                    .filter(attribute -> attribute != null
                            && (name.equals(attribute.getName()) || name.equals(attribute.getFriendlyName())))
                    .flatMap(attribute -> attribute.getAttributeValue().stream())
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
    }

    static Optional<Statement> in(BrokeredIdentityContext identity) {
        return Stream.of(ID_TOKEN, ASSERTION)
                .map(identity.getContextData()::get)
                .flatMap(said -> switch (said) {
                    case JsonWebToken token -> Stream.<Statement>of(new IdToken(token.getOtherClaims()));
                    case AssertionType assertion -> Stream.<Statement>of(new Assertion(assertion));
                    case null, default -> Stream.empty();
                })
                .findFirst();
    }
}
