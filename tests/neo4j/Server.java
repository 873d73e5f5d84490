import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * Neo4j Community with Bolt on 127.0.0.1 and authentication on, inside one Java process.
 *
 * Arguments: folder, port, "keep" or "temporary" (the folder is removed at the end). The password of the user "neo4j"
 * is the first line of standard input, so that no process list shows it. Prints READY once Bolt answers. Ends when
 * standard input closes, which also happens when the parent process is killed.
 */
public final class Server {
  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]).toAbsolutePath();
    String address = "127.0.0.1:" + Integer.parseInt(args[1]);
    boolean temporary = "temporary".equals(args[2]);
    String password = readLine();

    Files.createDirectories(home);
    DatabaseManagementService service =
        new DatabaseManagementServiceBuilder(home).loadPropertiesFromFile(writeConfiguration(home, address)).build();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      service.shutdown();
      if (temporary) removeFolder(home);
    }));
    setPassword(service, password);
    System.out.println("READY " + address);
    System.out.flush();
    while (System.in.read() != -1) {
      // Only the end of the stream matters.
    }
    System.exit(0);
  }

  private static Path writeConfiguration(Path home, String address) throws IOException {
    Path file = home.resolve("neo4j.conf");
    return Files.write(file, List.of(
        "server.bolt.enabled=true",
        "server.bolt.listen_address=" + address,
        "server.bolt.advertised_address=" + address,
        "dbms.security.auth_enabled=true",
        "server.memory.pagecache.size=32m",
        "db.tx_log.preallocate=false",
        "db.tx_log.rotation.size=8m",
        "dbms.usage_report.enabled=false",
        // Without these every stop waits ten seconds for connections that nobody uses.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period=0",
        "internal.server.bolt.thread_pool_shutdown_wait_time=1s",
        "internal.server.bolt.connection_shutdown_wait_time=1s"));
  }

  private static void setPassword(DatabaseManagementService service, String password) {
    try {
      service.database("system").executeTransactionally(
          "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
    } catch (RuntimeException error) {
      // A second start on the same folder: the password is already set.
      if (!String.valueOf(error.getMessage()).contains("cannot be the same")) throw error;
    }
  }

  private static String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    int character;
    while ((character = System.in.read()) != -1 && character != '\n') line.append((char) character);
    return line.toString().trim();
  }

  private static void removeFolder(Path folder) {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
    } catch (IOException | RuntimeException error) {
      System.err.println("The temporary folder " + folder + " stays: " + error.getMessage());
    }
  }
}
