package dev.nuxari.server.federation;

import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.redaction.Redactor;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what somebody has written about a provider. */
@Component
class ProviderReader {
    private static final int LONGEST_SECRET = 4096;
    private static final int LONGEST_METADATA = 200_000;

    private final ForeignDocuments documents;
    private final ProviderChecks checks;
    private final Redactor redactor;

    ProviderReader(ForeignDocuments documents, ProviderChecks checks, Redactor redactor) {
        this.documents = documents;
        this.checks = checks;
        this.redactor = redactor;
    }

    /** @throws InvalidField if it cannot be what it says */
    ProviderDraft read(NewProvider wanted) {
        Source source = switch (wanted.preset().protocol()) {
            case OIDC -> discovery(wanted);
            case SAML -> metadata(wanted);
        };
        return new ProviderDraft(
                redactor.redact(wanted.name()),
                Objects.requireNonNull(wanted.state()),
                wanted.preset(),
                source,
                pasted(wanted, source),
                secret(wanted),
                enrolment(wanted));
    }

    private Source discovery(NewProvider wanted) {
        URI issuer = address("issuer", InvalidField.text("issuer", wanted.issuer(), NewProvider.LONGEST));
        wanted.preset().require(issuer);
        String clientId = plain("clientId", InvalidField.text("clientId", wanted.clientId(), NewProvider.LONGEST));
        return new Source.Discovery(issuer, clientId);
    }

    private Source metadata(NewProvider wanted) {
        String attribute = plain("emailAttribute", Objects.requireNonNull(wanted.emailAttribute()));
        return wanted.metadataUrl() == null || wanted.metadataUrl().isBlank()
                ? new Source.MetadataText(attribute)
                : new Source.MetadataAddress(
                        address("metadataUrl", InvalidField.text("metadataUrl", wanted.metadataUrl(), 1000)),
                        attribute);
    }

    private @Nullable Connection pasted(NewProvider wanted, Source source) {
        String xml = wanted.metadataXml();
        if (xml == null || xml.isBlank() || !(source instanceof Source.MetadataText(String emailAttribute))) {
            return null;
        }
        Diagnosis diagnosis = checks.metadata(InvalidField.text("metadataXml", xml, LONGEST_METADATA), emailAttribute);
        if (!diagnosis.isGood()) {
            throw new InvalidField(
                    "metadataXml",
                    "cannot be used: "
                            + diagnosis.findings().stream().map(Spelling::of).collect(Collectors.joining(", ")));
        }
        return diagnosis.connection();
    }

    private static @Nullable String secret(NewProvider wanted) {
        String secret = wanted.clientSecret();
        return secret == null || secret.isEmpty() ? null : InvalidField.text("clientSecret", secret, LONGEST_SECRET);
    }

    private Enrolment enrolment(NewProvider wanted) {
        List<GroupRule> rules = Objects.requireNonNull(wanted.groups()).stream()
                .map(rule -> new GroupRule(plain("groups", rule.group()), rule.role()))
                .toList();
        try {
            return new Enrolment(
                    Objects.requireNonNullElse(wanted.defaultRole(), Role.READONLY),
                    Objects.requireNonNullElse(wanted.ceiling(), Role.REQUESTER),
                    plain("groupsClaim", Objects.requireNonNull(wanted.groupsClaim())),
                    rules);
        } catch (InvalidField e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidField("ceiling", String.valueOf(e.getMessage()));
        }
    }

    private URI address(String field, String text) {
        try {
            URI address = URI.create(plain(field, text));
            if (documents.isPossible(address)) {
                return address;
            }
        } catch (InvalidField e) {
            throw e;
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new InvalidField(field, "is no https address");
    }

    /** What would be masked in the log would not work at the provider either. */
    private String plain(String field, String text) {
        RedactedText redacted = redactor.redact(text);
        if (redacted.isMasked() || text.chars().anyMatch(letter -> letter < ' ')) {
            throw new InvalidField(field, "looks like a secret, or has characters that cannot be seen");
        }
        return text;
    }
}
