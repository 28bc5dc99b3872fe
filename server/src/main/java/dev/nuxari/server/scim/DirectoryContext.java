package dev.nuxari.server.scim;

import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.authorize.Authorization;
import java.util.Map;
import java.util.Set;

/** One request of a directory, on its way through the library. */
final class DirectoryContext extends Context {
    private final DirectoryClient client;

    DirectoryContext(DirectoryClient client) {
        super(new Authenticated());
        this.client = client;
    }

    static DirectoryClient client(Context context) {
        return ((DirectoryContext) context).client;
    }

    /** That was asked before. */
    private static final class Authenticated implements Authorization {
        @Override
        public Set<String> getClientRoles() {
            return Set.of();
        }

        @Override
        public boolean authenticate(Map<String, String> headers, Map<String, String> parameters) {
            return true;
        }
    }
}
