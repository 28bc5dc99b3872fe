<#import "field.ftl" as field>
<#-- Takes the place of Keycloak's own, which leaves it to the person: whoever knew the old password may be signed in with it. -->
<#macro logoutOtherSessions>
    <#if .main_template_name == "login-update-password.ftl">
        <input type="hidden" name="logout-sessions" value="on">
        <p>${msg("nuxariSignsOutElsewhere")}</p>
    <#else>
        <div id="kc-form-options" class="${properties.kcFormOptionsClass!}">
            <div class="${properties.kcFormOptionsWrapperClass!}">
                <@field.checkbox name="logout-sessions" label=msg("logoutOtherSessions") value=false />
            </div>
        </div>
    </#if>
</#macro>
