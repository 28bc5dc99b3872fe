package dev.nuxari.server.identity;

import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.Origin;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Takes those who come by an organization's own provider to whoever knows the provider. */
@Component
class Arrivals {
    private final Doorkeeper doorkeeper;
    private final ObjectProvider<FederatedSignIns> signIns;

    Arrivals(Doorkeeper doorkeeper, ObjectProvider<FederatedSignIns> signIns) {
        this.doorkeeper = doorkeeper;
        this.signIns = signIns;
    }

    /** Answers false for somebody who comes by a provider that does not speak for them. */
    boolean isSpokenFor(SignedIn signedIn, @Nullable String address) {
        Federated federated = signedIn.federated();
        if (federated == null) {
            return true;
        }
        if (!signedIn.organizations().contains(federated.organization()) || !federated.verified()) {
            return false;
        }
        Optional<String> email = EmailAddress.parse(federated.email()).map(EmailAddress::canonical);
        return email.isPresent()
                && arrive(federated, new Origin(address, signedIn.acr()), signedIn.subject(), email.get());
    }

    private boolean arrive(Federated federated, Origin origin, String subject, String email) {
        Caller door = EnrolmentDoor.FEDERATION.open(doorkeeper, federated.organization(), federated.provider(), origin);
        var person = new FederatedPerson(federated.provider(), subject, email, federated.name(), federated.groups());
        return signIns.orderedStream()
                .findFirst()
                .map(known -> known.arrived(federated.organization(), door, person))
                .orElse(false);
    }
}
