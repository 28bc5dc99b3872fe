package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.agent.AgentProof;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;

/** The server, as far as an agent asks it anything. Every request carries a proof by the agent's key. */
final class Server implements AutoCloseable {
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final long LARGEST_ANSWER = 6L * 1024 * 1024;
    private static final int UNAUTHORIZED = 401;
    private static final int FIRST_ERROR = 300;
    private static final int FIRST_OF_THE_CLIENT = 400;
    private static final int FIRST_OF_THE_SERVER = 500;
    private static final int NOT_FOUND = 404;
    private static final int PARTIAL = 206;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final HttpClient http;
    private final URI base;
    private final Ed25519PrivateKey key;
    private final InstantSource clock;
    private final Stop stop;
    private Optional<String> nonce = Optional.empty();

    Server(Identity.Connection connection, Ed25519PrivateKey key, InstantSource clock) throws IOException {
        this(connection, key, clock, new Stop());
    }

    /** Asks nothing any more when the end is wanted, and gives up what it has asked. */
    Server(Identity.Connection connection, Ed25519PrivateKey key, InstantSource clock, Stop stop) throws IOException {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(ServerTrust.context(connection))
                .sslParameters(parameters);
        connection.proxy().map(Server::proxy).ifPresent(builder::proxy);
        this.http = builder.build();
        this.base = connection.server();
        this.key = key;
        this.clock = clock;
        this.stop = stop;
    }

    private static ProxySelector proxy(String hostAndPort) {
        URI address = URI.create("http://" + hostAndPort);
        return ProxySelector.of(new InetSocketAddress(address.getHost(), address.getPort()));
    }

    /**
     * Something to ask.
     *
     * @param path below {@code /agent/v1/}, with its query
     * @param patience how long the answer may take, to its last byte
     */
    record Question(String method, String path, Optional<Json.Obj> body, Duration patience) {
        private static final Duration SOON = Duration.ofSeconds(30);

        static Question get(String path) {
            return new Question("GET", path, Optional.empty(), SOON);
        }

        static Question post(String path, Json.Obj body) {
            return new Question("POST", path, Optional.of(body), SOON);
        }

        Question waiting(Duration longer) {
            return new Question(method, path, body, SOON.plus(longer));
        }
    }

    /**
     * A part of a file to ask for.
     *
     * @param path below {@code /agent/v1/}
     */
    record Part(String path, long from, int most) {
        private static final Duration PATIENCE = Duration.ofMinutes(1);
    }

    /**
     * The server answered that it does not do this.
     *
     * @see #status()
     */
    static final class SaidNo extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Conflict, content too large, unprocessable content. */
        private static final Set<Integer> OF_THE_MESSAGE = Set.of(409, 413, 422);

        /** Unauthorized, request timeout, too early, too many requests: another time it may be taken. */
        private static final Set<Integer> OF_THE_MOMENT = Set.of(401, 408, 425, 429);

        private static final String NUMBER_REUSED = "/receipt-number-reused";

        private final int status;
        private final String problem;
        private final Duration retryAfter;

        SaidNo(int status, String problem, Duration retryAfter) {
            super("the server answered %d (%s)".formatted(status, problem.isEmpty() ? "no problem document" : problem));
            this.status = status;
            this.problem = problem;
            this.retryAfter = retryAfter;
        }

        int status() {
            return status;
        }

        boolean isOfToken() {
            return status == UNAUTHORIZED;
        }

        boolean isNotFound() {
            return status == NOT_FOUND;
        }

        /** The same message will be refused again. */
        boolean isOfTheMessage() {
            return OF_THE_MESSAGE.contains(status);
        }

        /**
         * The same. Only the server itself can say so, with a problem's type: what else there is on the way may be gone tomorrow.
         */
        boolean isForGood() {
            return status >= FIRST_OF_THE_CLIENT
                    && status < FIRST_OF_THE_SERVER
                    && !OF_THE_MOMENT.contains(status)
                    && !problem.isEmpty();
        }

        /** Two hosts have this agent's key, or this one was set back. */
        boolean isNumberReused() {
            return problem.endsWith(NUMBER_REUSED);
        }

        /** How long it wants to be left alone. */
        Duration retryAfter() {
            return retryAfter;
        }
    }

    /**
     * Asks.
     *
     * @param scheme {@code DPoP} or, for enrolment, {@code Bearer}
     * @throws SaidNo if the answer is a refusal
     * @throws IOException if there is none, or it is not of this protocol
     */
    Json.Obj ask(Question question, String scheme, String token) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(question, scheme, token);
        Optional<String> asked = response.headers().firstValue("DPoP-Nonce");
        if (response.statusCode() == UNAUTHORIZED && asked.isPresent() && !asked.equals(nonce)) {
            nonce = asked;
            response = send(question, scheme, token);
        }
        if (response.statusCode() >= FIRST_ERROR) {
            throw new SaidNo(response.statusCode(), problem(response.body()), retryAfter(response));
        }
        try {
            return Json.parseObject(new String(response.body(), UTF_8));
        } catch (JsonException e) {
            throw new IOException("the answer is not of this protocol: " + e.getMessage(), e);
        }
    }

    private HttpResponse<byte[]> send(Question question, String scheme, String token)
            throws IOException, InterruptedException {
        if (stop.isWanted()) {
            throw new Stop.GivenUp();
        }
        return exchange(
                request(question, scheme, token).build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER),
                question.patience(),
                stop);
    }

    /** The whole of it in this time: the request's own timeout is over as soon as an answer begins. */
    private HttpResponse<byte[]> exchange(
            HttpRequest request, BodyHandler<byte[]> handler, Duration patience, Stop until)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, handler);
        try {
            return until.await(answer, patience);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("the answer took longer than " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(String.valueOf(e.getCause()), e);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest.Builder request(Question question, String scheme, String token) {
        URI address = base.resolve("/agent/v1/" + question.path());
        AgentProof.Request proven = new AgentProof.Request(question.method(), address, token);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(question.patience())
                .header("Authorization", scheme + " " + token)
                .header("DPoP", AgentProof.make(key, proven, clock.instant(), nonce))
                .header("Accept", "application/json, application/problem+json")
                .method(
                        question.method(),
                        question.body()
                                .map(body -> BodyPublishers.ofByteArray(body.canonicalBytes()))
                                .orElseGet(BodyPublishers::noBody));
        if (question.body().isPresent()) {
            request.header("Content-Type", "application/json");
        }
        return request;
    }

    /**
     * Asks for a part of a file. The answer has an end, in bytes and in time, whatever the server does.
     *
     * @throws SaidNo if the answer is a refusal
     * @throws IOException if there is none, or it is another part
     */
    byte[] part(Part part, String scheme, String token) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = sendPart(part, scheme, token);
        Optional<String> asked = response.headers().firstValue("DPoP-Nonce");
        if (response.statusCode() == UNAUTHORIZED && asked.isPresent() && !asked.equals(nonce)) {
            nonce = asked;
            response = sendPart(part, scheme, token);
        }
        if (response.statusCode() >= FIRST_ERROR) {
            throw new SaidNo(response.statusCode(), problem(response.body()), retryAfter(response));
        }
        if (part.from() > 0 && response.statusCode() != PARTIAL) {
            throw new IOException("the server does not go on in the middle of a file");
        }
        return response.body();
    }

    private HttpResponse<byte[]> sendPart(Part part, String scheme, String token)
            throws IOException, InterruptedException {
        HttpRequest request = request(Question.get(part.path()), scheme, token)
                .header("Range", "bytes=%d-%d".formatted(part.from(), part.from() + part.most() - 1))
                .build();
        // It is part of an action: what has begun goes on, also when the end is wanted.
        return exchange(request, _ -> new BoundedBody(part.most()), Part.PATIENCE, new Stop());
    }

    /** Its type; empty where there is none. */
    private static String problem(byte[] body) {
        try {
            return Json.parseObject(new String(body, UTF_8))
                    .optionalString("type")
                    .filter(type -> !type.equals("about:blank"))
                    .orElse("");
        } catch (JsonException e) {
            return "";
        }
    }

    private static Duration retryAfter(HttpResponse<byte[]> response) {
        try {
            Duration wanted = response.headers()
                    .firstValue("Retry-After")
                    .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                    .filter(seconds -> !seconds.isNegative())
                    .orElse(Duration.ZERO);
            return wanted.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wanted;
        } catch (ArithmeticException | NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
