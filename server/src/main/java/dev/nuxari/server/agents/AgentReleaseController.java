package dev.nuxari.server.agents;

import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.api.ApiProblem;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Where agents fetch releases, part by part. It is described in {@code docs/formats/agent-releases.md}. */
@Hidden
@RestController
class AgentReleaseController {
    private static final String NEWEST = "timestamp.json";

    private final AgentReleases releases;

    AgentReleaseController(AgentReleases releases) {
        this.releases = releases;
    }

    @GetMapping("/agent/v1/releases/{name}")
    void showAgentRelease(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
            HttpServletResponse response)
            throws IOException {
        switch (releases.read(name, range)) {
            case AgentReleases.Answer.Missing() ->
                throw new ProblemException(ApiProblem.NOT_FOUND, "There is no such file among the releases here.");
            case AgentReleases.Answer.OutOfRange(long size) -> {
                response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
                response.setStatus(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.value());
            }
            case AgentReleases.Answer.Part part -> send(name, part, response);
        }
    }

    /** All but the newest timestamp are the same for ever under their names. */
    private static void send(String name, AgentReleases.Answer.Part part, HttpServletResponse response)
            throws IOException {
        response.setHeader(
                HttpHeaders.CACHE_CONTROL,
                name.equals(NEWEST) ? "private, no-cache" : "private, max-age=86400, immutable");
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setContentType(name.endsWith(".json") ? "application/json" : "application/gzip");
        response.setContentLength(part.bytes().length);
        if (!part.whole()) {
            long last = part.from() + part.bytes().length - 1;
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(part.from(), last, part.size()));
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
        }
        response.getOutputStream().write(part.bytes());
    }
}
