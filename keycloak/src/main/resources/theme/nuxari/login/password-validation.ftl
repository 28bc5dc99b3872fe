<#-- Takes the place of Keycloak's own, which knows lengths in UTF-16 only and speaks when the field is left. -->
<#macro templates>
</#macro>

<#macro script field="">
    <script type="module">
        <#outputformat "JavaScript">
        import { watchLength } from "${url.resourcesPath}/js/password-length.js";

        watchLength(document.getElementById("${field}"), 12);
        </#outputformat>
    </script>
</#macro>
