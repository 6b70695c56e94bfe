package io.atomicwrite.hosts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;

import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.redis.util.RedisLockRegistry;
import org.springframework.integration.support.locks.DistributedLock;

/**
 * What an application does with an engine that it uses without a store: acquires a lock,
 * extends it and releases it.
 */
interface BareClient extends AutoCloseable {

	void once(String key, Duration lease) throws Exception;

	@Override
	void close() throws Exception;

	static BareClient open(Settings settings) {
		Duration timeout = settings.millis("store-timeout");
		List<Integer> ports = settings.ports();
		return switch (settings.get("engine")) {
			case "redis" -> redis(ports.get(0), timeout);
			case "jdbc" -> jdbc(ports.get(0), timeout);
			case "etcd" -> etcd(ports, timeout);
			default -> throw new IllegalArgumentException("no bare client of " + settings.get("engine"));
		};
	}

	private static BareClient redis(int port, Duration timeout) {
		var connections = Engine.redisConnections(port, timeout);
		RedisLockRegistry registry = new RedisLockRegistry(connections, "bare");
		return of((key, lease) -> {
			DistributedLock lock = registry.obtain(key);
			if (!lock.tryLock(Duration.ZERO, lease)) {
				throw new IllegalStateException("busy");
			}
			registry.renewLock(key, lease);
			lock.unlock();
		}, () -> {
			registry.destroy();
			connections.destroy();
		});
	}

	private static BareClient jdbc(int port, Duration timeout) {
		var dataSource = Engine.postgres(port, timeout);
		DefaultLockRepository repository = Engine.repository(dataSource);
		return of((key, lease) -> {
			if (!repository.acquire(key, lease) || !repository.renew(key, lease)) {
				throw new IllegalStateException("busy");
			}
			repository.delete(key);
		}, dataSource);
	}

	private static BareClient etcd(List<Integer> ports, Duration timeout) {
		Client client = Engine.etcdClient(ports, timeout);
		return of((key, time) -> {
			ByteSequence name = ByteSequence.from(key, StandardCharsets.UTF_8);
			long lease = client.getLeaseClient().grant(time.toSeconds()).get().getID();
			Op put = Op.put(name, name, PutOption.builder().withLeaseId(lease).build());
			Cmp free = new Cmp(name, Cmp.Op.EQUAL, CmpTarget.createRevision(0));
			if (!client.getKVClient().txn().If(free).Then(put).commit().get().isSucceeded()) {
				throw new IllegalStateException("busy");
			}
			client.getLeaseClient().keepAliveOnce(lease).get();
			client.getLeaseClient().revoke(lease).get();
		}, client::close);
	}

	private static BareClient of(Loop loop, AutoCloseable client) {
		return new BareClient() {

			@Override
			public void once(String key, Duration lease) throws Exception {
				loop.once(key, lease);
			}

			@Override
			public void close() throws Exception {
				client.close();
			}

		};
	}

	/** The requests. */
	@FunctionalInterface
	interface Loop {

		void once(String key, Duration lease) throws Exception;

	}

}
