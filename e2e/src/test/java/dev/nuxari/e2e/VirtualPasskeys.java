package dev.nuxari.e2e;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** A device that keeps passkeys, and whose owner is always there and always confirms (WebAuthn, section 11). */
final class VirtualPasskeys {
    private final CDPSession browser;
    private final JsonObject device = new JsonObject();

    VirtualPasskeys(Page page) {
        browser = page.context().newCDPSession(page);
        browser.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject add = new JsonObject();
        add.add("options", options);
        device.add(
                "authenticatorId",
                browser.send("WebAuthn.addVirtualAuthenticator", add).get("authenticatorId"));
    }

    int count() {
        return browser.send("WebAuthn.getCredentials", device)
                .getAsJsonArray("credentials")
                .size();
    }

    /** Its owner does not unlock it any more. */
    void refuseToVerify() {
        JsonObject never = device.deepCopy();
        never.addProperty("isUserVerified", false);
        browser.send("WebAuthn.setUserVerified", never);
    }
}
