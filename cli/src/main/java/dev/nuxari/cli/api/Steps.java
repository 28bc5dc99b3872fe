package dev.nuxari.cli.api;

import dev.nuxari.kernel.Json;
import java.util.List;

/** The steps of a plan, in words. */
public final class Steps {
    private Steps() {}

    /** "grant reporting_read to ada@acme.example in billing database". */
    public static String words(Json.Obj step) {
        String operation = Fields.text(step, "operation");
        String account = name(step, "account");
        String system = Fields.text(step, "connectorName");
        String where = system.isEmpty() ? "" : " in " + system;
        return switch (operation) {
            case "grant" -> "grant " + name(step, "entitlement") + " to " + account + where;
            case "revoke" -> "revoke " + name(step, "entitlement") + " from " + account + where;
            default -> operation + " " + account + where;
        };
    }

    /** The first step of what has a plan, and how many more there are. */
    public static String summary(Json.Obj ofPlan) {
        List<Json.Obj> steps = Fields.objects(ofPlan, "plan.steps");
        if (steps.isEmpty()) {
            return "";
        }
        return words(steps.getFirst()) + (steps.size() > 1 ? " and " + (steps.size() - 1) + " more" : "");
    }

    private static String name(Json.Obj step, String member) {
        for (String candidate : List.of(member + ".displayName", member + ".name", member + ".nativeId", member)) {
            String name = Fields.text(step, candidate);
            if (!name.isEmpty()) {
                return name;
            }
        }
        return "?";
    }
}
