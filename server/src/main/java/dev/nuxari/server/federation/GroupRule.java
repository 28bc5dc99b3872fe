package dev.nuxari.server.federation;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;

/** Whoever is in the provider's group gets the role, within the ceiling. */
record GroupRule(String group, Role role) {
    Json.Obj json() {
        return Json.object("group", group, "role", Spelling.of(role));
    }

    static GroupRule of(Json.Obj json) {
        return new GroupRule(json.string("group"), Role.parse(json.string("role")));
    }
}
