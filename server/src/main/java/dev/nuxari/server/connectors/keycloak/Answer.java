package dev.nuxari.server.connectors.keycloak;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.server.connectors.ConnectorFailure;
import java.util.ArrayList;
import java.util.List;

/** What Keycloak answered. The body is read and forgotten: no part of it goes into a message. */
record Answer(String server, int status, String body) {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isNotFound() {
        return status == NOT_FOUND;
    }

    boolean isUnauthorized() {
        return status == UNAUTHORIZED;
    }

    Json.Obj object() {
        return read() instanceof Json.Obj object ? object : unexpected();
    }

    List<Json.Obj> objects() {
        if (!(read() instanceof Json.Arr(List<Json> items))) {
            return List.of(unexpected());
        }
        List<Json.Obj> objects = new ArrayList<>();
        items.forEach(item -> objects.add(item instanceof Json.Obj object ? object : unexpected()));
        return objects;
    }

    /** The failure that a status stands for. */
    ConnectorFailure failure() {
        String what = "Keycloak at " + server + " answered " + status;
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return ConnectorFailure.refused(
                    what + "; check the client's secret and its roles of realm-management", null);
        }
        if (status >= SERVER_ERROR || status == TOO_MANY) {
            return ConnectorFailure.unavailable(what, null);
        }
        return ConnectorFailure.misconfigured(what + "; check the settings of the connector");
    }

    private Json read() {
        try {
            return Json.parse(body);
        } catch (JsonException e) {
            throw ConnectorFailure.unavailable("Keycloak at " + server + " answered with something else than JSON", e);
        }
    }

    private Json.Obj unexpected() {
        throw ConnectorFailure.unavailable("Keycloak at " + server + " answered with other JSON than expected", null);
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
