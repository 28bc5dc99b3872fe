package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.protocol.agent.AgentProof;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.PlatformInHand;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.transparency.SignedNote;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The server's side of the protocol over a platform that a test has in hand; it checks what a server has to check. */
final class PlatformServer implements AutoCloseable {
    static final String ENROLMENT_TOKEN = "nxe_of-use-once";

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]+)");
    private static final Pattern PARAMETER = Pattern.compile("([a-z]+)=([0-9]+)");

    private final TestCertificates certificates = TestCertificates.OF_ALL_TESTS;
    private final HttpsServer http;
    private final Set<String> proofs = new HashSet<>();
    private final Set<String> tokens = new HashSet<>();
    final Map<Long, Receipt> receipts = new HashMap<>();
    final List<Observations> observations = new ArrayList<>();
    final List<SignedNote> cosignatures = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    final List<String> bodies = new ArrayList<>();
    final List<Delivery> deliveries = new ArrayList<>();
    /** What it has of the agent's releases, by name. */
    Map<String, byte[]> releases = new HashMap<>();

    private final Map<String, Long> indices = new HashMap<>();
    final UUID agent = UuidV7.at(PlatformInHand.FOUNDED);

    PlatformInHand platform;
    Supplier<Instant> clock = Instant::now;
    /** Lets whoever asks for packages wait until it is closed. */
    boolean holding;

    boolean rotateToken;
    boolean losesReceiptAnswers;

    /** What it answers to observations instead of taking them. */
    int refusesObservations;

    /** What it answers to receipts that have one of these numbers in them, instead of taking any. */
    Set<Long> refusedReceipts = Set.of();

    int refusesReceipts = 422;

    /** The problem that it names then; none where it is empty. */
    String problemOfReceipts = "/problems/agent-message-refused";

    String retryAfter = "";
    Optional<String> demandedNonce = Optional.empty();
    Optional<Json.Obj> wholeAnswer = Optional.empty();
    Optional<Json.Obj> posturePack = Optional.empty();

    @Nullable
    AgentKey agentKey;

    private boolean enrolmentTokenUsed;
    private int tokensMade;

    PlatformServer() throws IOException, GeneralSecurityException {
        this(InetAddress.getLoopbackAddress());
    }

    PlatformServer(InetAddress at) throws IOException, GeneralSecurityException {
        this.platform = new PlatformInHand();
        this.http = HttpsServer.create(new InetSocketAddress(at, 0), 0);
        http.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/agent/v1/", this::handle);
        http.start();
    }

    URI address() {
        InetAddress at = http.getAddress().getAddress();
        String host = at.isLoopbackAddress() ? "localhost" : at.getHostAddress();
        return URI.create("https://" + host + ":" + http.getAddress().getPort());
    }

    Identity.Connection connection() {
        return new Identity.Connection(
                address(),
                Optional.empty(),
                Optional.of(certificates.authorities().toString()),
                Optional.empty());
    }

    /** What somebody types after the agent's name to enrol its host. */
    String[] enrolment() {
        return new String[] {
            "enroll",
            "--server",
            address().toString(),
            "--token",
            ENROLMENT_TOKEN,
            "--ca",
            authorities().toString(),
            "--host-name",
            "db1.example",
            "--fingerprint",
            platform.manifest().fingerprint()
        };
    }

    Path authorities() {
        return certificates.authorities();
    }

    /** The outcomes that the agent has reported, in order. */
    List<Receipt.Ending> endings() {
        return receipts.keySet().stream()
                .sorted()
                .map(number -> Objects.requireNonNull(receipts.get(number)).ending())
                .toList();
    }

    /** While no request is answered. */
    synchronized void between(Runnable change) {
        change.run();
    }

    synchronized void awaitReceipt(Duration atMost) throws InterruptedException {
        Instant deadline = Instant.now().plus(atMost);
        while (receipts.isEmpty() && Instant.now().isBefore(deadline)) {
            wait(100);
        }
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String path = exchange.getRequestURI().toString().substring("/agent/v1/".length());
        requests.add(exchange.getRequestMethod() + " " + path);
        bodies.add(body);
        Optional<Json.Obj> refusal = Optional.empty();
        try {
            authenticate(exchange, path);
        } catch (IllegalArgumentException e) {
            refusal = Optional.of(Json.object("type", "/problems/unauthenticated", "detail", e.getMessage()));
        }
        if (refusal.isPresent()) {
            demandedNonce.ifPresent(nonce -> exchange.getResponseHeaders().set("DPoP-Nonce", nonce));
            answer(exchange, 401, refusal.get());
            return;
        }
        if (path.startsWith("releases/")) {
            release(exchange, path.substring("releases/".length()));
            return;
        }
        if (isRefused(exchange, path, body)) {
            return;
        }
        Json.Obj answer = route(path, body);
        if (losesReceiptAnswers && path.equals("receipts")) {
            exchange.close();
            return;
        }
        answer(exchange, 200, answer);
    }

    /** Whether a test wants it so; it is answered then. */
    private boolean isRefused(HttpExchange exchange, String path, String body) throws IOException {
        if (refusesObservations > 0 && path.equals("observations")) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            answer(exchange, refusesObservations, Json.object("type", "/problems/refused"));
            return true;
        }
        if (path.equals("receipts") && refusesAny(Json.parseObject(body))) {
            answer(
                    exchange,
                    refusesReceipts,
                    problemOfReceipts.isEmpty() ? Json.object() : Json.object("type", problemOfReceipts));
            return true;
        }
        return false;
    }

    private boolean refusesAny(Json.Obj body) {
        return body.objects("receipts").stream()
                .map(json -> Receipt.parse(payload(json)).number())
                .anyMatch(refusedReceipts::contains);
    }

    private static void answer(HttpExchange exchange, int status, Json.Obj body) throws IOException {
        byte[] bytes = body.canonicalBytes();
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void release(HttpExchange exchange, String name) throws IOException {
        byte[] file = releases.get(name);
        Matcher range =
                RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
        if (file == null || !range.matches()) {
            answer(exchange, 404, Json.object("type", "/problems/not-found"));
            return;
        }
        int from = Integer.parseInt(range.group(1));
        byte[] part = Arrays.copyOfRange(file, from, Math.min(file.length, Integer.parseInt(range.group(2)) + 1));
        exchange.sendResponseHeaders(206, part.length);
        exchange.getResponseBody().write(part);
        exchange.close();
    }

    private void authenticate(HttpExchange exchange, String path) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String token = authorization.substring(authorization.indexOf(' ') + 1);
        URI address = address().resolve(exchange.getRequestURI());
        AgentProof.Answer answer = AgentProof.verify(
                exchange.getRequestHeaders().getFirst("DPoP"),
                new AgentProof.Request(exchange.getRequestMethod(), address, token));
        if (!(answer instanceof AgentProof.Proven(AgentProof proof))) {
            throw new IllegalArgumentException(answer.toString());
        }
        require(proofs.add(proof.jti()), "the proof was seen");
        boolean inTime =
                Math.abs(proof.issuedAt().getEpochSecond() - clock.get().getEpochSecond()) <= 60;
        require(demandedNonce.isEmpty() ? inTime : proof.nonce().equals(demandedNonce), "the proof is of another time");
        if (path.startsWith("keys") || path.equals("enroll")) {
            require(authorization.equals("Bearer " + ENROLMENT_TOKEN) && !enrolmentTokenUsed, "no enrolment token");
            agentKey = proof.key();
            return;
        }
        require(authorization.startsWith("DPoP ") && tokens.contains(token), "no token");
        require(proof.key().equals(agentKey), "another key");
        if (tokens.size() > 1 && token.equals("nxa_token" + tokensMade)) {
            tokens.retainAll(Set.of(token));
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private Json.Obj route(String path, String body) {
        String name = path.replaceFirst("\\?.*", "");
        return switch (name) {
            case "keys" -> keys(path);
            case "enroll" -> enrol();
            case "packages" -> {
                hold();
                yield wholeAnswer.orElseGet(() -> packages(path));
            }
            case "receipts" -> receipts(Json.parseObject(body));
            case "observations" -> observations(Json.parseObject(body));
            case "cosignatures" -> cosignature(Json.parseObject(body));
            case "posture-pack" -> Json.object("v", 1, "pack", posturePack.orElse(null));
            case "token" -> Json.object("v", 1, "token", token());
            default -> throw new IllegalStateException(path);
        };
    }

    private synchronized void hold() {
        try {
            while (holding) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String token() {
        tokensMade++;
        tokens.add("nxa_token" + tokensMade);
        return "nxa_token" + tokensMade;
    }

    /** As an owner does who has lost sight of the host. */
    void revoke() {
        tokens.clear();
    }

    private Json.Obj keys(String path) {
        return Json.object(
                "v",
                1,
                "organizationId",
                platform.organization(),
                "manifests",
                path.contains("?") ? List.of() : List.of(platform.manifest().json()),
                "checkpoint",
                platform.checkpoint().encoded());
    }

    private Json.Obj enrol() {
        enrolmentTokenUsed = true;
        return Json.object(
                "v",
                1,
                "agentId",
                agent,
                "organizationId",
                platform.organization(),
                "token",
                token(),
                "serverTime",
                clock.get());
    }

    Json.Obj packages(String path) {
        Map<String, Long> parameters = new HashMap<>();
        Matcher found = PARAMETER.matcher(path);
        while (found.find()) {
            parameters.put(found.group(1), Long.parseLong(found.group(2)));
        }
        long seen = parameters.getOrDefault("seen", 0L);
        boolean rotating = rotateToken;
        rotateToken = false;
        return Json.object(
                "v",
                1,
                "serverTime",
                clock.get(),
                "manifests",
                List.of(),
                "checkpoint",
                platform.checkpoint().encoded(),
                "consistency",
                seen <= platform.size() ? platform.consistency(seen) : List.of(),
                "deliveries",
                deliveries.stream().map(this::proven).map(Delivery::json).toList(),
                "rotateToken",
                rotating);
    }

    /** With a proof under the present head, where it is about an event of the present log. */
    private Delivery proven(Delivery delivery) {
        Long index = indices.get(delivery.hash());
        return index == null || index >= platform.size()
                ? delivery
                : new Delivery(delivery.envelope(), platform.inclusion(index));
    }

    /** Has an order delivered until its receipt comes. */
    void send(ActionPackage order) {
        Delivery delivery = platform.deliver(order);
        indices.put(delivery.hash(), order.eventIndex());
        deliveries.add(delivery);
    }

    private Json.Obj receipts(Json.Obj body) {
        long taken = 0;
        for (Json.Obj json : body.objects("receipts")) {
            Receipt receipt = Receipt.parse(payload(json));
            Receipt before = receipts.put(receipt.number(), receipt);
            require(before == null || before.equals(receipt), "another receipt of this number");
            deliveries.removeIf(delivery -> delivery.hash().equals(receipt.packageHash()));
            taken = Math.max(taken, receipt.number());
        }
        notifyAll();
        return Json.object("v", 1, "taken", taken);
    }

    private Json.Obj observations(Json.Obj body) {
        for (Json.Obj json : body.objects("observations")) {
            observations.add(Observations.parse(payload(json)));
        }
        return Json.object("v", 1, "taken", observations.size());
    }

    /** What the agent's key has signed. */
    private Json.Obj payload(Json.Obj json) {
        DsseEnvelope envelope = DsseEnvelope.parse(json);
        AgentKey key = Objects.requireNonNull(agentKey);
        require(
                envelope.isSignedBy(envelope.signatures().getFirst(), new VerificationKey.Ed25519(key.key())),
                "not signed by the agent");
        return Json.parseObject(new String(envelope.payloadBytes(), UTF_8));
    }

    private Json.Obj cosignature(Json.Obj body) {
        cosignatures.add(SignedNote.parse(body.string("checkpoint")));
        return Json.object("v", 1);
    }

    @Override
    public void close() {
        release();
        http.stop(0);
    }

    private synchronized void release() {
        holding = false;
        notifyAll();
    }
}
