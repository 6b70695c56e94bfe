package io.atomicwrite.spring.lock;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import io.atomicwrite.lock.LockStore;
import io.atomicwrite.lock.LockStoreException;
import io.atomicwrite.lock.StoreLease;

import org.springframework.dao.DataAccessException;
import org.springframework.integration.jdbc.lock.LockRepository;
import org.springframework.integration.util.UUIDConverter;
import org.springframework.transaction.TransactionException;

/**
 * Locks in a table of a database, by the {@link LockRepository} that Spring Integration's
 * {@code JdbcLockRegistry} uses. Thread-safe.
 *
 * <p>
 * The repository is used without its registry, which retries transient errors for as long
 * as they last. Each call here is one transaction, and the timeouts of the data source
 * limit it: set those for connections, for logins and for reads (of PostgreSQL
 * {@code socketTimeout}) no longer than {@code atomicwrite.lock.store-timeout}.
 *
 * <p>
 * Leases end by the clocks of the clients: {@code DefaultLockRepository} writes the
 * client's time into the table and compares with it. So this store compares the clock of
 * this host with that of the database, and the registry refuses to use it where they
 * differ by more than {@code atomicwrite.lock.max-clock-skew}.
 *
 * <p>
 * The row of a lock names the client id of the repository, so two stores of one process
 * must not share a repository.
 */
public final class JdbcLockStore implements LockStore {

	private final LockRepository repository;

	private final DataSource dataSource;

	private final InstantSource clock;

	private final boolean linearizable;

	/** The repository gives a client the lock that it holds already. */
	private final Set<String> taken = ConcurrentHashMap.newKeySet();

	private final AtomicLong acquisitions = new AtomicLong();

	private JdbcLockStore(LockRepository repository, DataSource dataSource, InstantSource clock, boolean linearizable) {
		this.repository = repository;
		this.dataSource = dataSource;
		this.clock = clock;
		this.linearizable = linearizable;
	}

	/**
	 * Creates a store over a database with one primary, such as PostgreSQL, that loses no
	 * transaction which it has committed: not in a failover either, so its standby is
	 * synchronous.
	 * @param repository the repository of the locks, for this store alone
	 * @param dataSource the data source of the repository, whose clock is compared
	 * @return the store
	 */
	public static JdbcLockStore of(LockRepository repository, DataSource dataSource) {
		return new JdbcLockStore(repository, dataSource, InstantSource.system(), true);
	}

	/**
	 * Returns a store for a database that may forget what it has committed when it fails
	 * over, as with an asynchronous standby. It excludes writers by best effort.
	 * @return the store, over the same repository; to be used instead of this one
	 */
	public JdbcLockStore withAsynchronousFailover() {
		return new JdbcLockStore(this.repository, this.dataSource, this.clock, false);
	}

	JdbcLockStore withClock(InstantSource otherClock) {
		return new JdbcLockStore(this.repository, this.dataSource, otherClock, this.linearizable);
	}

	@Override
	public String name() {
		return "jdbc";
	}

	@Override
	public boolean linearizable() {
		return this.linearizable;
	}

	@Override
	public Optional<StoreLease> tryAcquire(String key, Duration leaseTime) throws LockStoreException {
		// as JdbcLockRegistry does it: at most 36 characters
		String row = UUIDConverter.getUUID(key).toString();
		if (!this.taken.add(row)) {
			return Optional.empty();
		}
		boolean acquired = false;
		try {
			acquired = this.repository.acquire(row, leaseTime);
			return acquired ? Optional.of(new Lease(row, leaseTime)) : Optional.empty();
		}
		catch (DataAccessException | TransactionException ex) {
			throw failed(ex);
		}
		finally {
			if (!acquired) {
				this.taken.remove(row);
			}
		}
	}

	@Override
	public void ping() throws LockStoreException {
		databaseTime();
	}

	@Override
	public Optional<Duration> clockSkew() throws LockStoreException {
		Instant before = this.clock.instant();
		long start = System.nanoTime();
		Instant there = databaseTime();
		// the database has read its clock at some time of the request
		Duration half = Duration.ofNanos((System.nanoTime() - start) / 2);
		return Optional.of(Duration.between(there, before.plus(half)));
	}

	private Instant databaseTime() throws LockStoreException {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("SELECT CURRENT_TIMESTAMP")) {
			Timestamp time = result.next() ? result.getTimestamp(1) : null;
			if (time == null) {
				throw new LockStoreException("the database does not report its time");
			}
			return time.toInstant();
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	private static LockStoreException failed(Exception cause) {
		return new LockStoreException(CauseText.of(cause), cause);
	}

	/**
	 * A row of the table.
	 */
	private final class Lease implements StoreLease {

		private final String row;

		private final Duration leaseTime;

		private final String token;

		Lease(String row, Duration leaseTime) {
			this.row = row;
			this.leaseTime = leaseTime;
			this.token = row + "#" + JdbcLockStore.this.acquisitions.incrementAndGet();
		}

		@Override
		public boolean renew() throws LockStoreException {
			try {
				return JdbcLockStore.this.repository.renew(this.row, this.leaseTime);
			}
			catch (DataAccessException | TransactionException ex) {
				throw failed(ex);
			}
		}

		@Override
		public void release() throws LockStoreException {
			try {
				JdbcLockStore.this.repository.delete(this.row);
			}
			catch (DataAccessException | TransactionException ex) {
				throw failed(ex);
			}
			finally {
				JdbcLockStore.this.taken.remove(this.row);
			}
		}

		@Override
		public String token() {
			return this.token;
		}

	}

}
