import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.transport.Netty4Plugin;

/**
 * One OpenSearch node in this process, with the settings given as name=value, until the process is killed.
 *
 * The server's own main() refuses to run as root and asks for kernel settings; a Node made directly does neither.
 * It has no TLS and no passwords, so it belongs on loopback.
 */
public final class Node {
    public static void main(String[] given) throws Exception {
        Settings.Builder settings = Settings.builder();
        for (String setting : given) {
            int at = setting.indexOf('=');
            settings.put(setting.substring(0, at), setting.substring(at + 1));
        }
        Settings asked = settings.build();
        LogConfigurator.setNodeName(asked.get("node.name"));
        LogConfigurator.configureWithoutConfig(asked);
        Path home = Path.of(asked.get("path.home"));
        var environment = InternalSettingsPreparer.prepareEnvironment(asked, Map.of(), home.resolve("config"), () -> "node");
        var node = new OpenSearchRunnerNode(environment, List.of(
            Netty4Plugin.class, CommonAnalysisPlugin.class, MapperExtrasPlugin.class, ReindexPlugin.class));
        node.start();
        Thread.currentThread().join();
    }
}
