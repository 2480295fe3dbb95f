package org.seawall.configuration;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Properties;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings files of FileInstall's directories to ConfigurationAdmin. A file that cannot be read changes nothing: the
 * configuration stays as the last good version of the file had it.
 */
@Component(property = "service.ranking:Integer=100")
public final class ConfigurationFiles implements ArtifactInstaller {
    /** The property by which FileInstall, and others who write files back, know a configuration's file. */
    private static final String FILE = "felix.fileinstall.filename";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFiles.class);

    private final ConfigurationAdmin configurations;
    private final Placeholders placeholders;

    /** Drops configurations whose file went while nobody looked. */
    @Activate
    public ConfigurationFiles(@Reference ConfigurationAdmin configurations, BundleContext context)
            throws IOException, InvalidSyntaxException {
        this.configurations = configurations;
        this.placeholders = new Placeholders(context::getProperty, System::getenv);
        Configuration[] ofFiles = configurations.listConfigurations("(" + FILE + "=*)");
        for (Configuration configuration : ofFiles == null ? new Configuration[0] : ofFiles) {
            String file = String.valueOf(configuration.getProperties().get(FILE));
            if (!Files.exists(Path.of(URI.create(file)))) {
                LOG.info("configuration deleted, its file is gone, pid={}, file={}", configuration.getPid(), file);
                configuration.delete();
            }
        }
    }

    @Override
    public boolean canHandle(File file) {
        return ConfigurationName.isOurs(file.getName());
    }

    @Override
    public void install(File file) throws IOException {
        Configuration configuration = ConfigurationName.of(file.getName()).in(configurations);
        Hashtable<String, Object> properties = read(file);
        properties.put(FILE, file.getAbsoluteFile().toURI().toString());
        if (configuration.updateIfDifferent(properties)) {
            LOG.info("configuration read, pid={}, file={}", configuration.getPid(), file);
        }
    }

    @Override
    public void update(File file) throws IOException {
        install(file);
    }

    @Override
    public void uninstall(File file) throws IOException {
        Configuration configuration = ConfigurationName.of(file.getName()).in(configurations);
        configuration.delete();
        LOG.info("configuration deleted, pid={}, file={}", configuration.getPid(), file);
    }

    private Hashtable<String, Object> read(File file) throws IOException {
        try (Reader text = Files.newBufferedReader(file.toPath(), StandardCharsets.UTF_8)) {
            Map<String, Object> values =
                    ConfigurationName.isJson(file.getName()) ? TypedValues.read(text) : properties(text);
            Hashtable<String, Object> replaced = new Hashtable<>();
            values.forEach((name, value) -> replaced.put(name, placeholders.replaceIn(value)));
            return replaced;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", file=" + file, e);
        }
    }

    private static Map<String, Object> properties(Reader text) throws IOException {
        Properties properties = new Properties();
        properties.load(text);
        Map<String, Object> values = new HashMap<>();
        properties.forEach((name, value) -> values.put((String) name, value));
        return values;
    }
}
