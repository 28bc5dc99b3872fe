package dev.nuxari.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.server.federation.ForeignDocuments.Fetched;
import java.net.URI;
import java.net.URLEncoder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks whether a provider is there, is the one that was meant, and accepts us. Nobody has to sign in for it. */
@Component
class ProviderChecks {
    private final ForeignDocuments documents;
    private final InstantSource clock;

    ProviderChecks(ForeignDocuments documents, InstantSource clock) {
        this.documents = documents;
        this.clock = clock;
    }

    /** Reads metadata that was pasted. */
    Diagnosis metadata(String xml, String emailAttribute) {
        return SamlMetadata.read(xml, emailAttribute, documents, clock.instant());
    }

    /**
     * Looks.
     *
     * @param known what is known of a provider whose metadata was pasted
     * @param secret the client's, if there is one
     */
    Diagnosis look(Source source, @Nullable Connection known, @Nullable String secret) {
        return switch (source) {
            case Source.Discovery discovery -> discover(discovery, secret);
            case Source.MetadataAddress(URI address, String emailAttribute) ->
                switch (documents.document(address)) {
                    case Fetched.Document(int _, String text) -> metadata(text, emailAttribute);
                    case Fetched.Failed(Finding why) -> Diagnosis.failed(why);
                };
            case Source.MetadataText _ -> known == null ? Diagnosis.failed(Finding.NOT_READABLE) : aged(known);
        };
    }

    private Diagnosis aged(Connection known) {
        boolean old = known instanceof Connection.Saml saml
                && saml.certificates().stream().noneMatch(one -> one.isValid(clock.instant()));
        return new Diagnosis(old ? List.of(Finding.CERTIFICATE_EXPIRED) : List.of(), known);
    }

    private Diagnosis discover(Source.Discovery source, @Nullable String secret) {
        URI address =
                URI.create(source.issuer().toString().replaceFirst("/$", "") + "/.well-known/openid-configuration");
        return switch (documents.document(address)) {
            case Fetched.Failed(Finding why) -> Diagnosis.failed(why);
            case Fetched.Document(int _, String text) -> {
                try {
                    yield discovered(source, Json.parseObject(text), secret);
                } catch (JsonException _) {
                    yield Diagnosis.failed(Finding.NOT_READABLE);
                }
            }
        };
    }

    private Diagnosis discovered(Source.Discovery source, Json.Obj document, @Nullable String secret) {
        if (!document.optionalString("issuer")
                .equals(Optional.of(source.issuer().toString()))) {
            return Diagnosis.failed(Finding.ISSUER_MISMATCH);
        }
        Optional<URI> authorization =
                endpoint(document, "authorization_endpoint").filter(documents::isPossible);
        Optional<URI> token = endpoint(document, "token_endpoint").filter(documents::isAskable);
        Optional<URI> keys = endpoint(document, "jwks_uri").filter(documents::isAskable);
        if (authorization.isEmpty() || token.isEmpty() || keys.isEmpty()) {
            return Diagnosis.failed(Finding.MISSING_ENDPOINT);
        }
        List<Finding> findings = new ArrayList<>();
        if (document.has("response_types_supported")
                && !document.strings("response_types_supported").contains("code")) {
            findings.add(Finding.NO_CODE_FLOW);
        }
        if (!hasKey(keys.get())) {
            findings.add(Finding.NO_SIGNING_KEY);
        }
        credentials(token.get(), source.clientId(), secret).ifPresent(findings::add);
        var endpoints = new Connection.Endpoints(authorization.get(), token.get(), keys.get());
        return new Diagnosis(findings, new Connection.Oidc(source.issuer(), endpoints, source.clientId()));
    }

    private boolean hasKey(URI address) {
        if (!(documents.document(address) instanceof Fetched.Document(int _, String text))) {
            return false;
        }
        try {
            return Json.parseObject(text).objects("keys").stream()
                    .anyMatch(key -> key.optionalString("use").orElse("sig").equals("sig"));
        } catch (JsonException _) {
            return false;
        }
    }

    /**
     * A code that nobody was given is refused by everybody; how, says whether they knew the client (RFC 6749, section 5.2).
     */
    private Optional<Finding> credentials(URI token, String clientId, @Nullable String secret) {
        if (secret == null) {
            return Optional.of(Finding.NO_SECRET);
        }
        String form = "grant_type=authorization_code&code=nuxari-test-connection&redirect_uri=https%3A%2F%2Flocalhost"
                + "&client_id=" + URLEncoder.encode(clientId, UTF_8)
                + "&client_secret=" + URLEncoder.encode(secret, UTF_8);
        if (!(documents.post(token, form) instanceof Fetched.Document(int status, String text))) {
            return Optional.of(Finding.CLIENT_UNKNOWN);
        }
        String error = parsed(text)
                .map(answer -> answer.members().get("error"))
                .map(said -> said instanceof Json.Str(String word) ? word : "")
                .orElse("");
        return switch (error) {
            case "invalid_client", "unauthorized_client" -> Optional.of(Finding.CLIENT_REFUSED);
            case "invalid_grant", "invalid_request", "redirect_uri_mismatch" -> Optional.empty();
            default -> Optional.of(status == 401 ? Finding.CLIENT_REFUSED : Finding.CLIENT_UNKNOWN);
        };
    }

    private static Optional<URI> endpoint(Json.Obj document, String name) {
        try {
            return document.optionalString(name).map(URI::create);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<Json.Obj> parsed(String text) {
        try {
            return Optional.of(Json.parseObject(text));
        } catch (JsonException _) {
            return Optional.empty();
        }
    }
}
