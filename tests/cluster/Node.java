import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.plugins.Plugin;

/**
 * One OpenSearch node in this process, with the classes of -Dplugins=one,two and the settings given as name=value,
 * until the process is killed.
 *
 * The server's own main() refuses to run as root and asks for kernel settings; a Node made directly does neither.
 * Without the security plugin it has no TLS and no passwords, so it belongs on loopback.
 */
public final class Node {
    public static void main(String[] given) throws Exception {
        Settings.Builder settings = Settings.builder();
        for (String setting : given) {
            int at = setting.indexOf('=');
            settings.put(setting.substring(0, at), setting.substring(at + 1));
        }
        List<Class<? extends Plugin>> plugins = new ArrayList<>();
        for (String name : System.getProperty("plugins").split(",")) {
            plugins.add(Class.forName(name).asSubclass(Plugin.class));
        }
        Settings asked = settings.build();
        LogConfigurator.setNodeName(asked.get("node.name"));
        LogConfigurator.configureWithoutConfig(asked);
        Path home = Path.of(asked.get("path.home"));
        var environment = InternalSettingsPreparer.prepareEnvironment(asked, Map.of(), home.resolve("config"), () -> "node");
        new OpenSearchRunnerNode(environment, plugins).start();
        Thread.currentThread().join();
    }
}
