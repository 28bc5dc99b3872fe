package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ValueType;
import dev.nuxari.server.api.InvalidField;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Beside the agents' other routes: what is passed on to them and is no order. */
@Hidden
@RestController
@RequestMapping("/agent/v1")
class PosturePackController {
    private final PosturePacks packs;

    PosturePackController(PosturePacks packs) {
        this.packs = packs;
    }

    @GetMapping("/posture-pack")
    Json offerPosturePack(@RequestParam String name, @RequestParam long above) {
        if (!ValueType.Identifier.is(name) || above < 0) {
            throw new InvalidField("name", "is the name of a pack, and the version is not negative");
        }
        return Json.object("v", 1, "pack", packs.newer(name, above).orElse(null));
    }
}
