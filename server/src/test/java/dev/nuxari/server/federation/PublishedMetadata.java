package dev.nuxari.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a SAML provider publishes what it is, and changes it. */
final class PublishedMetadata implements AutoCloseable {
    private final HttpServer server;
    private final AtomicReference<String> document = new AtomicReference<>("");

    PublishedMetadata() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            byte[] bytes = document.get().getBytes(UTF_8);
            exchange.sendResponseHeaders(bytes.length == 0 ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/metadata";
    }

    void says(SigningKey... keys) {
        saysOf("https://idp.example/id", keys);
    }

    void saysOf(String entityId, SigningKey... keys) {
        document.set("""
                <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">\
                <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">%s\
                <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"\
                 Location="https://idp.example/post"/></IDPSSODescriptor></EntityDescriptor>""".formatted(
                        entityId, Stream.of(keys).map(PublishedMetadata::key).collect(Collectors.joining())));
    }

    private static String key(SigningKey key) {
        return """
                <KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>\
                <X509Certificate>%s</X509Certificate></X509Data></KeyInfo></KeyDescriptor>""".formatted(key.base64());
    }

    void isAway() {
        document.set("");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
