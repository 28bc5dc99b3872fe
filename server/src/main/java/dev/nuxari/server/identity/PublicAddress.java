package dev.nuxari.server.identity;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where browsers find this server. The Host header of a request is not asked: whoever sends a request chooses it.
 *
 * @param baseUrl the server's address as browsers see it; over https, cookies are for https only
 */
@ConfigurationProperties(value = "nuxari.public", ignoreUnknownFields = false)
public record PublicAddress(
        @DefaultValue("http://localhost:8080") URI baseUrl) {
    public PublicAddress {
        if (!baseUrl.isAbsolute() || baseUrl.getHost() == null) {
            throw new IllegalArgumentException("nuxari.public.base-url is an absolute address, not '" + baseUrl + "'");
        }
        baseUrl = baseUrl.resolve("/");
    }

    boolean isSecure() {
        return "https".equals(baseUrl.getScheme());
    }
}
