package dev.nuxari.server.connectors;

import dev.nuxari.kernel.ProblemType;

/** Why a governed system is not registered, or not there. */
public enum ConnectorRefusal implements ProblemType {
    NO_SUCH_CONNECTOR(404, "There is no such connector"),
    CONNECTOR_NAME_TAKEN(409, "Another connector has this name"),
    INVALID_SETTINGS(422, "The settings do not fit the kind of system"),
    INVALID_CREDENTIALS(422, "The credentials do not fit the kind of system"),
    SECRET_IN_SETTINGS(422, "The name or the settings hold a secret");

    private final int status;
    private final String title;

    ConnectorRefusal(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
