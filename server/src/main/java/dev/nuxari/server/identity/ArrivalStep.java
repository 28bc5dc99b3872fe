package dev.nuxari.server.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What a module does with those who arrive: let them in as members, for one thing. */
@FunctionalInterface
public interface ArrivalStep {
    /** May set and clear cookies; the answer is not its to write. */
    ArrivalRuling arrive(Arrival arrival, HttpServletRequest request, HttpServletResponse response);
}
