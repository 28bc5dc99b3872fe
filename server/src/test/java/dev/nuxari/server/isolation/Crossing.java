package dev.nuxari.server.isolation;

/** Where an attempt names the other organization, and so which layers are able to see it. */
enum Crossing {
    FOREIGN_PATH("the other organization in the path, with its objects"),
    FOREIGN_ID("its object in the path of one's own organization"),
    FOREIGN_FILTER("its object in a filter"),
    FOREIGN_BODY("its object in the body"),
    FOREIGN_CURSOR("its cursor in one's own list"),
    NO_ID("one's own list, with a condition forgotten");

    private final String words;

    Crossing(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Middleware and service compare organizations. Where only one's own is named they have nothing to compare. */
    boolean isSeenBy(Layer layer) {
        return switch (layer) {
            case MIDDLEWARE, SERVICE -> this == FOREIGN_PATH;
            case DATA_ACCESS, DATABASE -> true;
        };
    }
}
