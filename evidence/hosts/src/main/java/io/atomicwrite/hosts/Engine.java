package io.atomicwrite.hosts;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.atomicwrite.lock.LockStore;
import io.atomicwrite.spring.lock.EtcdLockStore;
import io.atomicwrite.spring.lock.JdbcLockStore;
import io.atomicwrite.spring.lock.ShedLockStore;
import io.atomicwrite.spring.lock.SpringIntegrationLockStore;
import io.etcd.jetcd.Client;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.redis.util.RedisLockRegistry;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A client of a lock engine, and the store over it.
 *
 * @param store the store
 * @param client what ends the client
 */
public record Engine(LockStore store, AutoCloseable client) implements AutoCloseable {

	/** The tables that the engines over a database need. */
	public static final String TABLES = """
			CREATE TABLE IF NOT EXISTS INT_LOCK (LOCK_KEY CHAR(36) NOT NULL, REGION VARCHAR(100) NOT NULL,
				CLIENT_ID CHAR(36), CREATED_DATE TIMESTAMP NOT NULL, EXPIRED_AFTER TIMESTAMP NOT NULL,
				CONSTRAINT INT_LOCK_PK PRIMARY KEY (LOCK_KEY, REGION));
			CREATE TABLE IF NOT EXISTS SHEDLOCK (NAME VARCHAR(64) NOT NULL PRIMARY KEY, LOCK_UNTIL TIMESTAMP NOT NULL,
				LOCKED_AT TIMESTAMP NOT NULL, LOCKED_BY VARCHAR(255) NOT NULL)
			""";

	/** Where its server listens: guests of the rig have a loopback of their own. */
	private static final String SERVER = System.getProperty("hosts.server", "127.0.0.1");

	/**
	 * Opens an engine.
	 * @param kind {@code redis}, {@code jdbc}, {@code shedlock} or {@code etcd}
	 * @param port the port of its server on this machine
	 * @param timeout the timeout of the client
	 * @return the engine
	 */
	public static Engine open(String kind, int port, Duration timeout) {
		return open(kind, List.of(port), timeout);
	}

	/** Opens an engine, of which etcd may have several servers. */
	static Engine open(String kind, List<Integer> ports, Duration timeout) {
		int port = ports.get(0);
		return switch (kind) {
			case "redis" -> redis(port, timeout);
			case "jdbc" -> jdbc(port, timeout);
			case "shedlock" -> shedlock(port, timeout);
			case "etcd" -> etcd(ports, timeout);
			default -> throw new IllegalArgumentException("no such engine: " + kind);
		};
	}

	static LettuceConnectionFactory redisConnections(int port, Duration timeout) {
		LettuceClientConfiguration client = LettuceClientConfiguration.builder()
			.commandTimeout(timeout)
			.clientOptions(ClientOptions.builder()
				.socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
				.build())
			.shutdownTimeout(Duration.ZERO)
			.build();
		LettuceConnectionFactory connections = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration(SERVER, port), client);
		connections.afterPropertiesSet();
		connections.start();
		return connections;
	}

	private static Engine redis(int port, Duration timeout) {
		LettuceConnectionFactory connections = redisConnections(port, timeout);
		RedisLockRegistry registry = new RedisLockRegistry(connections, "atomicwrite");
		return new Engine(SpringIntegrationLockStore.of(registry), () -> {
			registry.destroy();
			connections.destroy();
		});
	}

	private static Engine jdbc(int port, Duration timeout) {
		HikariDataSource dataSource = postgres(port, timeout);
		return new Engine(JdbcLockStore.of(repository(dataSource), dataSource), dataSource);
	}

	static DefaultLockRepository repository(HikariDataSource dataSource) {
		DefaultLockRepository repository = new DefaultLockRepository(dataSource);
		repository.setTransactionManager(new JdbcTransactionManager(dataSource));
		repository.setInsertQuery(repository.getInsertQuery() + " ON CONFLICT DO NOTHING");
		repository.afterPropertiesSet();
		repository.afterSingletonsInstantiated();
		return repository;
	}

	private static Engine shedlock(int port, Duration timeout) {
		HikariDataSource dataSource = postgres(port, timeout);
		return new Engine(ShedLockStore.of(new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
			.withJdbcTemplate(new JdbcTemplate(dataSource))
			.withLockedByValue(UUID.randomUUID().toString())
			.usingDbTime()
			.build())), dataSource);
	}

	/** Returns connections to PostgreSQL whose every wait is limited. */
	static HikariDataSource postgres(int port, Duration timeout) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl("jdbc:postgresql://" + SERVER + ":" + port + "/postgres");
		config.setUsername("postgres");
		// whole seconds
		String seconds = Long.toString(Math.max(1, timeout.toSeconds()));
		config.addDataSourceProperty("socketTimeout", seconds);
		config.addDataSourceProperty("connectTimeout", seconds);
		config.addDataSourceProperty("loginTimeout", seconds);
		config.setMaximumPoolSize(4);
		config.setMinimumIdle(1);
		config.setConnectionTimeout(Math.max(250, timeout.toMillis()));
		config.setValidationTimeout(Math.max(250, timeout.toMillis() - 1));
		config.setInitializationFailTimeout(-1);
		return new HikariDataSource(config);
	}

	static Client etcdClient(List<Integer> ports, Duration timeout) {
		String[] endpoints = ports.stream().map((port) -> "http://" + SERVER + ":" + port).toArray(String[]::new);
		return Client.builder().endpoints(endpoints).connectTimeout(timeout).build();
	}

	private static Engine etcd(List<Integer> ports, Duration timeout) {
		Client client = etcdClient(ports, timeout);
		return new Engine(EtcdLockStore.of(client), client::close);
	}

	@Override
	public void close() throws Exception {
		this.client.close();
	}

}
