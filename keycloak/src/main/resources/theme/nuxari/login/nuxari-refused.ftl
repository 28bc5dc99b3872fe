<#import "template.ftl" as layout>
<#-- Somebody whom their organization does not let in. It says what is not accepted and what to do, and nothing of the rules. -->
<#assign why = nuxariRefusal.why>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("nuxariRefused." + why + ".title")}
    <#elseif section = "form">
        <div id="nuxari-refused" data-why="${why}">
            <div class="${properties.kcAlertClass!} pf-m-danger">
                <span class="${properties.kcAlertTitleClass!} kc-feedback-text">${msg("nuxariRefused." + why + ".text", nuxariRefusal.address)}</span>
            </div>
            <p class="nuxari-advice">${msg("nuxariRefused." + why + ".advice")}</p>
            <#if why == "method" || why == "mfa" || why == "sign-in-too-old">
                <a id="nuxari-another-way" href="${url.loginRestartFlowUrl}" class="${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!}">${msg("nuxariRefusedAnotherWay")}</a>
            <#else>
                <a id="nuxari-again" href="${url.loginAction}" class="${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!}">${msg("nuxariRefusedAgain")}</a>
            </#if>
        </div>
    </#if>
</@layout.registrationLayout>
