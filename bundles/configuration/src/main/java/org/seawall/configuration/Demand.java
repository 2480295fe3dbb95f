package org.seawall.configuration;

import java.io.IOException;
import java.util.function.Consumer;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells whoever installs bundles on demand which PIDs are configured, before the configuration's update returns. A container
 * with all bundles in place has nobody to be told.
 */
@Component(service = SynchronousConfigurationListener.class, immediate = true)
public final class Demand implements SynchronousConfigurationListener {
    private final Consumer<String> bundles;

    /** Tells what is configured now. */
    @Activate
    public Demand(
            @Reference ConfigurationAdmin configurations,
            @Reference(target = "(seawall.demand=true)") Consumer<String> bundles)
            throws IOException, InvalidSyntaxException {
        this.bundles = bundles;
        Configuration[] all = configurations.listConfigurations(null);
        for (Configuration configuration : all == null ? new Configuration[0] : all) {
            tell(configuration.getFactoryPid(), configuration.getPid());
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getType() == ConfigurationEvent.CM_UPDATED) {
            tell(event.getFactoryPid(), event.getPid());
        }
    }

    private void tell(String factoryPid, String pid) {
        bundles.accept(factoryPid == null ? pid : factoryPid);
    }
}
