import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;

import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * A Neo4j community server for tests and local use: Bolt on 127.0.0.1, with a password, nothing else.
 * run.sh starts it. Arguments: the port (0 picks a free one) and the folder for data; without a folder it makes a
 * temporary one and removes it at the end. The password of the user neo4j comes from NEO4J_PASSWORD. It prints
 * "ready bolt://127.0.0.1:PORT" once it accepts connections with that password, and ends when standard input closes or
 * on SIGTERM, so it never outlives the process that started it.
 */
public class Neo4j {
    public static void main(String[] args) {
        try {
            run(args);
        } catch (Exception e) {
            // The server's own threads would keep a failed start alive.
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private static void run(String[] args) throws Exception {
        String password = System.getenv("NEO4J_PASSWORD");
        if (args.length < 1 || args.length > 2 || password == null || password.length() < 8) {
            System.err.println("usage: NEO4J_PASSWORD=(8 characters or more) setup/neo4j/run.sh PORT [FOLDER]");
            System.exit(2);
        }
        int port = Integer.parseInt(args[0]);
        boolean temporary = args.length == 1;
        Path folder = temporary ? Files.createTempDirectory("neo4j") : Path.of(args[1]).toAbsolutePath();

        // A test's database is small, lives for seconds, and ends at once. That each test begins with no data is no reason
        // to plan every statement anew, and a test that counts on wrong passwords being refused must not be locked out.
        DatabaseManagementServiceBuilder builder = new DatabaseManagementServiceBuilder(folder);
        if (temporary) {
            builder = builder.setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                    .setConfig(GraphDatabaseInternalSettings.netty_server_shutdown_quiet_period, 0)
                    .setConfig(GraphDatabaseSettings.cypher_min_replan_interval, Duration.ofHours(1))
                    .setConfig(GraphDatabaseSettings.auth_lock_time, Duration.ZERO);
        }
        DatabaseManagementService server = builder
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", port))
                .setConfig(BoltConnector.advertised_address, new SocketAddress("127.0.0.1", port))
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(temporary ? 128 : 1024))
                .setConfig(GraphDatabaseSettings.udc_enabled, false)
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.shutdown();
            if (temporary) {
                remove(folder);
            }
        }));

        server.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME).executeTransactionally(
                "CREATE OR REPLACE USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
        GraphDatabaseAPI database = (GraphDatabaseAPI) server.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
        int open = database.getDependencyResolver().resolveDependency(ConnectorPortRegister.class)
                .getLocalAddress(ConnectorType.BOLT).getPort();
        System.out.println("ready bolt://127.0.0.1:" + open);

        while (System.in.read() >= 0) {
            // Nothing is asked of the server this way.
        }
    }

    private static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, IOException failure) throws IOException {
                    Files.delete(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.err.println("cannot remove " + folder + ": " + e);
        }
    }
}
