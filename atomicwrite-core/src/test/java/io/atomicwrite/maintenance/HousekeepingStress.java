package io.atomicwrite.maintenance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.ForkedJvm;

/**
 * Many writers at once, half of them without locks. Each has a target of its own and
 * writes it again and again; now and then it stays in the middle of a write for longer
 * than the pause of a sweep.
 */
final class HousekeepingStress implements AutoCloseable {

	private final AtomicBoolean done = new AtomicBoolean();

	private final LockRegistry locks = LockRegistry.file();

	private final AtomicFileTemplate template = AtomicFileTemplate.builder().locks(this.locks).build();

	private final ExecutorService threads;

	private final List<Future<Long>> writers = new ArrayList<>();

	HousekeepingStress(Path directory, String prefix, int count, Duration stay) {
		this.threads = Executors.newFixedThreadPool(count);
		for (int i = 0; i < count; i++) {
			Path target = directory.resolve(prefix + i);
			LockRequest policy = (i % 2 == 0) ? LockRequest.none() : LockRequest.failFast();
			this.writers.add(this.threads.submit(() -> write(target, policy, stay)));
		}
	}

	private long write(Path target, LockRequest policy, Duration stay) throws Exception {
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.lock(policy)
			.safety(SafetyPolicy.BEST_EFFORT)
			.build();
		long writes = 0;
		while (!this.done.get()) {
			String content = target.getFileName() + " " + writes;
			try (StagedWrite write = this.template.open(target, options)) {
				write.output().write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
				write.output().flush();
				// also as the load that leaves the processor to others
				LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(4) == 0 ? stay.toNanos() : 20_000_000L);
				write.commit();
			}
			if (!Files.readString(target).equals(content)) {
				throw new IllegalStateException(target + " has another content than " + content);
			}
			writes++;
		}
		return writes;
	}

	/**
	 * Returns how many writes there were, all of which went well. By then no lock file
	 * lingers either.
	 */
	long finish() throws Exception {
		this.done.set(true);
		long writes = 0;
		for (Future<Long> writer : this.writers) {
			writes += writer.get();
		}
		this.locks.close();
		return writes;
	}

	@Override
	public void close() {
		this.done.set(true);
		this.threads.shutdown();
		this.template.close();
		this.locks.close();
	}

	/** Does the same in another process, until it is stopped. */
	public static void main(String[] args) throws Exception {
		try (HousekeepingStress stress = new HousekeepingStress(Path.of(args[0]), args[1], Integer.parseInt(args[2]),
				Duration.parse(args[3]))) {
			ForkedJvm.reply("started");
			System.in.read();
			ForkedJvm.reply(Long.toString(stress.finish()));
		}
		catch (Exception ex) {
			ex.printStackTrace();
			ForkedJvm.reply("failed: " + ex);
		}
	}

}
