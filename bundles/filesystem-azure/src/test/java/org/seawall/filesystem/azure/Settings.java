package org.seawall.filesystem.azure;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seawall.filesystem.common.Pace;
import org.seawall.filesystem.common.Retries;

/** A configuration as a container makes it: what is set, and the defaults of the annotation. */
record Settings(Map<String, Object> set) {

    static Settings none() {
        return new Settings(Map.of());
    }

    static Settings of(Azurite azurite) {
        return none().with("endpoint", azurite.endpoint())
                .with("credentials", "accountKey")
                .with("accountKey", Azurite.KEY);
    }

    Settings with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(set);
        more.put(name, value);
        return new Settings(more);
    }

    AzureConfiguration configuration() {
        InvocationHandler values = (proxy, method, arguments) ->
                set.containsKey(method.getName()) ? set.get(method.getName()) : method.getDefaultValue();
        return (AzureConfiguration) Proxy.newProxyInstance(
                Settings.class.getClassLoader(), new Class<?>[] {AzureConfiguration.class}, values);
    }

    AzureFileSystem files() {
        return AzureFileSystem.of(configuration(), Map.of());
    }

    /** With lists that have several pages, which real ones have of 5,000 objects only. */
    AzureFileSystem filesWithPagesOf(int objects) {
        AzureSettings settings = AzureSettings.of(configuration(), Map.of());
        return new AzureFileSystem(withPagesOf(objects, settings), identity());
    }

    AzureStore store() {
        AzureSettings settings = withPagesOf(3, AzureSettings.of(configuration(), Map.of()));
        return new AzureStore(settings, identity(), new Retries(settings.calls().retries(), Pace.MACHINE));
    }

    AzureIdentity identity() {
        return AzureIdentity.of(configuration(), Map.of());
    }

    private static AzureSettings withPagesOf(int objects, AzureSettings settings) {
        AzureSettings.ObjectSettings all = settings.objects();
        AzureSettings.Sizes sizes = new AzureSettings.Sizes(
                all.sizes().blockBytes(), objects, all.sizes().appendBlobs());
        return new AzureSettings(
                settings.place(),
                settings.http(),
                new AzureSettings.ObjectSettings(sizes, all.parallelism(), all.tier(), all.encryption()),
                settings.calls());
    }
}
