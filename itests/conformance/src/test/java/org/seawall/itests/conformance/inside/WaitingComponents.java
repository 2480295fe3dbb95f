package org.seawall.itests.conformance.inside;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Why the components of a bundle offer nothing, in words. */
public final class WaitingComponents implements Function<Bundle, String> {
    @Override
    public String apply(Bundle bundle) {
        BundleContext context = FrameworkUtil.getBundle(WaitingComponents.class).getBundleContext();
        ServiceComponentRuntime runtime =
                context.getService(context.getServiceReference(ServiceComponentRuntime.class));
        String words = runtime.getComponentDescriptionDTOs(bundle).stream()
                .map(component -> words(component, runtime.getComponentConfigurationDTOs(component)))
                .collect(Collectors.joining("; "));
        return words.isEmpty() ? "it has no components" : words;
    }

    private static String words(
            ComponentDescriptionDTO component, Collection<ComponentConfigurationDTO> configurations) {
        String name = "component " + component.name + " ";
        if (configurations.isEmpty() && component.configurationPolicy.equals("require")) {
            return name + "waits for a configuration, pid=" + String.join(",", component.configurationPid)
                    + ", give it by -Dbackend.configuration=PID.cfg.json";
        }
        return configurations.stream()
                .map(configuration -> name + words(configuration))
                .collect(Collectors.joining("; "));
    }

    private static String words(ComponentConfigurationDTO configuration) {
        if (configuration.failure != null) {
            return "failed: "
                    + configuration
                            .failure
                            .lines()
                            .filter(line -> !line.isBlank())
                            .findFirst()
                            .orElse("")
                    + cause(configuration.failure);
        }
        return configuration.unsatisfiedReferences.length == 0
                ? "offers " + Arrays.toString(configuration.description.serviceInterfaces)
                : "waits for "
                        + Arrays.stream(configuration.unsatisfiedReferences)
                                .map(reference -> reference.name)
                                .collect(Collectors.joining(","));
    }

    private static String cause(String trace) {
        return trace.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, last) -> last)
                .map(line -> ", " + line.replaceFirst("Caused by: ", "cause="))
                .orElse("");
    }
}
