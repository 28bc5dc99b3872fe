package dev.nuxari.server.api;

import dev.nuxari.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Before anything asks for it: the address that a request came from, behind the proxies. Everybody else reads it from the request. */
@Component
@Order(ClientAddress.BEFORE_ADDRESSES_COUNT)
class ClientAddress extends ProblemFilter {
    static final int BEFORE_ADDRESSES_COUNT = AddressLimit.BEFORE_AUTHENTICATION - 100;

    private final Proxies proxies;

    ClientAddress(ProxiesConfig config, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        super(problems);
        this.proxies = config.proxies();
    }

    @Override
    Optional<HttpServletRequest> admit(HttpServletRequest request, HttpServletResponse response) {
        List<String> lines =
                Collections.list(request.getHeaders(proxies.header().field()));
        try {
            NetworkAddress client = proxies.client(NetworkAddress.ofPeer(request.getRemoteAddr()), lines);
            return Optional.of(new From(request, client.toString()));
        } catch (IllegalArgumentException _) {
            // A proxy of ours wrote it. To guess would be to let somebody in, or to shut them out, by a guess.
            throw new ProblemException(
                    ApiProblem.INVALID_HEADER,
                    proxies.header().field() + " does not say which address the request came from.");
        }
    }

    private static final class From extends HttpServletRequestWrapper {
        private final String address;

        private From(HttpServletRequest request, String address) {
            super(request);
            this.address = address;
        }

        @Override
        public String getRemoteAddr() {
            return address;
        }

        @Override
        public String getRemoteHost() {
            return address;
        }
    }
}
