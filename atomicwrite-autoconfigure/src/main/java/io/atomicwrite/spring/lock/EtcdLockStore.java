package io.atomicwrite.spring.lock;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.atomicwrite.lock.LockStore;
import io.atomicwrite.lock.LockStoreException;
import io.atomicwrite.lock.StoreLease;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.grpc.Status;

/**
 * Locks in etcd: one key for each lock, attached to a lease of its own. Thread-safe.
 *
 * <p>
 * The create revision of the key identifies the acquisition. A renewal extends the lease
 * and then asks, by a linearizable read, whether the key still has that revision.
 *
 * <p>
 * Leases have whole seconds, and a server makes them longer than its election timeout: at
 * least 2 s unless configured otherwise. So a lock may end up to 2 s later than its lease
 * time says, and no earlier.
 */
public final class EtcdLockStore implements LockStore {

	private static final ByteSequence PROBE = bytes("atomicwrite.ping");

	private final Client client;

	private final ByteSequence owner;

	private EtcdLockStore(Client client, String owner) {
		this.client = client;
		this.owner = bytes(owner);
	}

	/**
	 * Creates a store.
	 * @param client the client, which stays the caller's
	 * @return the store
	 */
	public static EtcdLockStore of(Client client) {
		return new EtcdLockStore(client, OwnerText.ofThisProcess());
	}

	@Override
	public String name() {
		return "etcd";
	}

	@Override
	public boolean linearizable() {
		return true;
	}

	@Override
	public Optional<StoreLease> tryAcquire(String key, Duration leaseTime) throws LockStoreException {
		long lease = answer(this.client.getLeaseClient().grant(seconds(leaseTime))).getID();
		Optional<StoreLease> acquired = Optional.empty();
		try {
			acquired = put(bytes(key), lease);
			return acquired;
		}
		finally {
			if (acquired.isEmpty()) {
				// not waited for: the lease, and what is attached to it, ends by itself
				this.client.getLeaseClient().revoke(lease);
			}
		}
	}

	private static long seconds(Duration leaseTime) {
		return leaseTime.plusNanos(999_999_999).toSeconds();
	}

	private Optional<StoreLease> put(ByteSequence key, long lease) throws LockStoreException {
		TxnResponse response = answer(this.client.getKVClient()
			.txn()
			.If(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.createRevision(0)))
			.Then(Op.put(key, this.owner, PutOption.builder().withLeaseId(lease).build()))
			.Else(Op.get(key, GetOption.DEFAULT))
			.commit());
		if (response.isSucceeded()) {
			return Optional.of(new Lease(key, lease, response.getHeader().getRevision()));
		}
		// the client repeats a request whose answer was lost: then the key is ours
		return response.getGetResponses()
			.stream()
			.flatMap((got) -> got.getKvs().stream())
			.filter((found) -> found.getLease() == lease)
			.findAny()
			.map((found) -> new Lease(key, lease, found.getCreateRevision()));
	}

	@Override
	public Optional<String> owner(String key) throws LockStoreException {
		List<KeyValue> found = answer(this.client.getKVClient().get(bytes(key))).getKvs();
		return found.stream()
			.findAny()
			.map((one) -> one.getValue().toString(StandardCharsets.UTF_8) + ", revision " + one.getCreateRevision());
	}

	@Override
	public Optional<Subscription> subscribe(String key, Runnable released) {
		WatchOption deletes = WatchOption.builder().withNoPut(true).build();
		Watch.Watcher watcher = this.client.getWatchClient().watch(bytes(key), deletes, Watch.listener((response) -> {
			if (response.getEvents().stream().anyMatch(EtcdLockStore::isDelete)) {
				released.run();
			}
		}, (failure) -> released.run()));
		return Optional.of(watcher::close);
	}

	private static boolean isDelete(WatchEvent event) {
		return event.getEventType() == WatchEvent.EventType.DELETE;
	}

	@Override
	public void ping() throws LockStoreException {
		answer(this.client.getKVClient().get(PROBE));
	}

	private static <T> T answer(CompletableFuture<T> request) throws LockStoreException {
		try {
			return request.get();
		}
		catch (InterruptedException ex) {
			request.cancel(true);
			Thread.currentThread().interrupt();
			throw new LockStoreException("the request was given up", ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new LockStoreException(CauseText.of(cause), cause);
		}
	}

	private static ByteSequence bytes(String text) {
		return ByteSequence.from(text, StandardCharsets.UTF_8);
	}

	/**
	 * A key and its lease.
	 */
	private final class Lease implements StoreLease {

		private final ByteSequence key;

		private final long lease;

		private final long revision;

		Lease(ByteSequence key, long lease, long revision) {
			this.key = key;
			this.lease = lease;
			this.revision = revision;
		}

		@Override
		public boolean renew() throws LockStoreException {
			// at once, as each is a round trip
			CompletableFuture<?> extension = EtcdLockStore.this.client.getLeaseClient().keepAliveOnce(this.lease);
			CompletableFuture<TxnResponse> read = EtcdLockStore.this.client.getKVClient()
				.txn()
				.If(new Cmp(this.key, Cmp.Op.EQUAL, CmpTarget.createRevision(this.revision)))
				.commit();
			try {
				answer(extension);
			}
			catch (LockStoreException ex) {
				read.cancel(true);
				if (isExpired(ex)) {
					return false;
				}
				throw ex;
			}
			// a server that has lost its leadership may still extend leases: the read
			// counts
			return answer(read).isSucceeded();
		}

		/** Some calls of the client report it by an exception of its own. */
		private static boolean isExpired(LockStoreException failure) {
			return Status.fromThrowable(failure).getCode() == Status.Code.NOT_FOUND
					|| failure.getCause() instanceof EtcdException etcd && etcd.getErrorCode() == ErrorCode.NOT_FOUND;
		}

		@Override
		public void release() throws LockStoreException {
			try {
				answer(EtcdLockStore.this.client.getLeaseClient().revoke(this.lease));
			}
			catch (LockStoreException ex) {
				if (!isExpired(ex)) {
					throw ex;
				}
			}
		}

		@Override
		public String token() {
			return Long.toString(this.revision);
		}

	}

}
