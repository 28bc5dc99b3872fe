package dev.nuxari.server.domains;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Asks name servers for TXT records. Nothing is remembered between two questions, and nothing but the name servers is talked
 * to: an alias is another question to them.
 */
@Component
class DnsLookups {
    private static final Logger log = LoggerFactory.getLogger(DnsLookups.class);

    /** A datagram may get lost. */
    private static final int ATTEMPTS = 2;

    private static final int MOST_ALIASES = 8;

    private final LookupSession session;
    private final Duration timeout;

    DnsLookups(DomainsConfig config) {
        this.timeout = config.timeout();
        this.session = LookupSession.builder()
                .resolver(resolver(config))
                .maxRedirects(MOST_ALIASES)
                .executor(work -> Thread.ofVirtual().name("dns").start(work))
                .build();
    }

    private static Resolver resolver(DomainsConfig config) {
        List<InetSocketAddress> named = config.servers();
        List<InetSocketAddress> servers =
                named.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : named;
        List<Resolver> each =
                servers.stream().<Resolver>map(SimpleResolver::new).toList();
        ExtendedResolver all = new ExtendedResolver(each);
        all.setRetries(ATTEMPTS);
        all.setTimeout(config.timeout());
        each.forEach(one -> one.setTimeout(config.timeout().dividedBy((long) ATTEMPTS * each.size())));
        return all;
    }

    Lookup txt(String name) {
        try {
            LookupResult found = session.lookupAsync(Name.fromString(name, Name.root), Type.TXT)
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Lookup.Answered(
                    found.getRecords().stream()
                            .map(TXTRecord.class::cast)
                            .map(DnsLookups::value)
                            .toList(),
                    found.getAliases().stream()
                            .map(alias -> alias.toString(true))
                            .toList());
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        } catch (TimeoutException _) {
            return new Lookup.NoAnswer();
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Lookup.NoAnswer();
        }
    }

    private static Lookup failed(@Nullable Throwable why) {
        log.debug("a look for TXT records failed", why);
        return switch (why) {
            case NoSuchRRSetException _ -> new Lookup.Answered(List.of(), List.of());
            case NoSuchDomainException _ -> new Lookup.NoSuchName();
            case WireParseException _ -> new Lookup.ServerFailure();
            case IOException _ -> new Lookup.NoAnswer();
            case null, default -> new Lookup.ServerFailure();
        };
    }

    /** The strings of one record are one text, with nothing between them (RFC 7208, section 3.3, and as everybody does it). */
    private static String value(TXTRecord txt) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        txt.getStringsAsByteArrays().forEach(joined::writeBytes);
        return joined.toString(UTF_8);
    }
}
