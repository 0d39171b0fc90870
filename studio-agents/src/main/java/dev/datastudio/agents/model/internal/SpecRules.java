package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.error.StudioException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a configuration of a model may say. */
public record SpecRules(String name, Provider provider, String modelName, String endpoint, ModelParameters parameters) {
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}");

    /** It becomes a part of the path. */
    private static final Pattern DEPLOYMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private static final int MAX_ENDPOINT = 500;

    /** An address without slashes at its end. */
    public static String normalised(String endpoint) {
        int end = endpoint.length();
        while (end > 0 && endpoint.charAt(end - 1) == '/') {
            end--;
        }
        return endpoint.substring(0, end);
    }

    /**
     * Checks everything.
     *
     * @throws StudioException INVALID_ARGUMENT that names every part that breaks its rule
     */
    public void check() {
        List<String> wrong = new ArrayList<>();
        ParameterRules.require(
                NAME.matcher(name).matches() && !name.isBlank(),
                "a name of 1 to 100 characters without line breaks",
                name,
                wrong);
        Pattern rule = provider == Provider.AZURE_OPENAI ? DEPLOYMENT : MODEL;
        ParameterRules.require(
                rule.matcher(modelName).matches(),
                "a model_name of letters, digits and . _ - (for others than azure_openai also : / @ +)",
                modelName,
                wrong);
        checkEndpoint(wrong);
        ParameterRules.throwIfAny("A configuration of " + provider.id(), wrong);
    }

    private void checkEndpoint(List<String> wrong) {
        if (endpoint.isEmpty()) {
            wrong.add("an endpoint_url, as " + provider.id() + " has none of its own");
            return;
        }
        try {
            URI uri = new URI(endpoint).parseServerAuthority();
            String scheme = String.valueOf(uri.getScheme());
            ParameterRules.require(
                    scheme.equals("https") || scheme.equals("http"),
                    "an endpoint_url that begins with https:// or http://",
                    shown(uri),
                    wrong);
            ParameterRules.require(
                    uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null
                            && endpoint.length() <= MAX_ENDPOINT,
                    "an endpoint_url of at most " + MAX_ENDPOINT + " characters with a host, without user, '?' and '#'",
                    shown(uri),
                    wrong);
        } catch (URISyntaxException e) {
            wrong.add("an endpoint_url that is a web address");
        }
    }

    /** Without user, query and fragment, where people put keys. */
    private static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getHost();
    }
}
