package dev.nuxari.server.invites;

import dev.nuxari.server.identity.Arrival;
import dev.nuxari.server.identity.ArrivalRuling;
import dev.nuxari.server.identity.ArrivalStep;
import dev.nuxari.server.identity.LoginLuggage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Somebody comes back from the broker with an invitation. It is put down whatever comes of it, so that the next who signs in
 * with this browser does not carry it; only a failure of ours leaves it there, for another try.
 */
@Component
class InviteArrival implements ArrivalStep {
    private final InviteLinks links;
    private final LoginLuggage luggage;

    InviteArrival(InviteLinks links, LoginLuggage luggage) {
        this.links = links;
        this.luggage = luggage;
    }

    @Override
    public ArrivalRuling arrive(Arrival arrival, HttpServletRequest request, HttpServletResponse response) {
        Optional<InviteToken> carried = luggage.unpack(request).flatMap(InviteToken::parse);
        if (carried.isEmpty()) {
            return new ArrivalRuling.Unchanged();
        }
        ArrivalRuling ruling = links.complete(carried.get(), arrival);
        luggage.drop(response);
        return ruling;
    }
}
