package dev.nuxari.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nuxari.cli.demo.Ground;
import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.util.Map;

/** An organization of its own with a verified domain, and its owner at the console, who brings an identity provider. */
record FederatedGround(OwnOrganization organization, Ground.Account account, String domain, Visit owner, Wire wire) {
    private static final String PROVIDERS = "/identity-providers";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Nobody has the domain, and a name server says that it is this organization's. */
    static FederatedGround of(Composed stack, Chromium chromium) {
        OwnOrganization organization = OwnOrganization.make(stack);
        Ground.Account account = organization.enrol("owner");
        Visit owner = Visit.wide(chromium.browser(), ColorScheme.LIGHT).signIn(account);
        String domain = "people-of-" + organization.slug() + ".example";
        FederatedGround ground = new FederatedGround(organization, account, domain, owner, organization.wire(account));
        ground.verifyDomain();
        return ground;
    }

    private void verifyDomain() {
        owner.open("/domains");
        owner.field("Add a domain").fill(domain);
        owner.page().keyboard().press("Enter");
        Json.Obj added = Eventually.get(
                "the domain",
                PATIENCE,
                () -> wire.get("/domains").json().objects("items").stream().findFirst());
        Json.Obj txt = added.object("record");
        assertThat(owner.text(txt.string("value"))).isVisible();
        NameServer.instance().publish(txt.string("name"), txt.string("value"));
        // Nobody may ask sooner than ten seconds after it was added.
        Eventually.isTrue(
                "the domain is verified",
                PATIENCE,
                () -> wire.post("/domains/" + added.string("id") + "/checks", Json.object())
                        .body()
                        .contains("\"verified\""));
    }

    /** Types a provider into the form, and adds it as a draft. Answers what it is to be told about us. */
    Json.Obj addsDraft(String kind, Map<String, String> fields) {
        owner.open("/single-sign-on");
        choose("Kind", kind);
        fields.forEach((label, value) -> owner.page()
                .getByLabel(label, new Page.GetByLabelOptions().setExact(true))
                .fill(value));
        choose("Ceiling", "Approver");
        choose("Default role", "Requester");
        owner.button("Add as a draft").click();
        assertThat(drawer().getByText("Draft", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
        Json.Obj us = provider().object("atTheProvider");
        assertThat(drawer().getByText(us.string("redirectUri")).first()).isVisible();
        return us;
    }

    private void choose(String label, String option) {
        owner.page()
                .getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(label))
                .click();
        owner.page()
                .getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(option).setExact(true))
                .click();
    }

    void checksAndEnables() {
        press("Check the connection");
        assertThat(drawer().getByText("The provider is there and accepts us")).isVisible();
        press("Save and enable");
        assertThat(drawer().getByText("Enabled", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    void press(String button) {
        drawer().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    Locator drawer() {
        return owner.page().getByRole(AriaRole.DIALOG).first();
    }

    Json.Obj provider() {
        return wire.get(PROVIDERS).json().objects("items").getFirst();
    }

    String alias() {
        return provider().object("atTheProvider").string("redirectUri").replaceFirst(".*/broker/(.*)/endpoint", "$1");
    }

    /** Changes the identity policy of the organization. */
    void demand(String term, String value) {
        Wire.Answer seen = wire.get("/identity-policy");
        Wire.Answer answer = wire.send(
                "PUT",
                "/identity-policy?lockMeOut=true",
                seen.json().without("version").with(term, value).canonical().getBytes(UTF_8),
                "Content-Type",
                "application/json",
                "If-Match",
                "\"" + seen.json().integer("version") + "\"");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
