package dev.nuxari.server.identity;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where browsers find this server. The Host header of a request is not asked: whoever sends a request chooses it. */
@Component
class PublicAddress {
    private final URI baseUrl;

    PublicAddress(@Value("${nuxari.base-url:http://localhost:8080}") URI baseUrl) {
        this.baseUrl = baseUrl.resolve("/");
    }

    URI baseUrl() {
        return baseUrl;
    }

    boolean isSecure() {
        return "https".equals(baseUrl.getScheme());
    }
}
