package io.atomicwrite.lock;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.ForkedJvm.Calls;

/**
 * Many processes that acquire one lock as often as they can, some of which are killed,
 * and a checker that knows nothing of locks: a holder puts its number into a shared cell
 * and must find it there until it takes it out, and adds one to a shared counter without
 * an atomic operation. A process that was killed while it held leaves its number; who
 * killed it takes that out, after its end, and until then counts as no overlap.
 */
final class LockStress {

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private final Path directory;

	private final String protocol;

	private final int processes;

	private final int threads;

	private final long total;

	LockStress(Path directory, String protocol, int processes, int threads, long total) {
		this.directory = directory;
		this.protocol = protocol;
		this.processes = processes;
		this.threads = threads;
		this.total = total;
	}

	/** Runs it and kills that many processes at random moments. */
	Result run(int kills) throws IOException {
		Path file = Files.write(this.directory.resolve("board"), new byte[Board.SIZE]);
		Board board = new Board(file);
		Random random = new Random();
		List<ForkedJvm> running = new ArrayList<>();
		List<Integer> ids = new ArrayList<>();
		try {
			for (int id = 0; id < this.processes; id++) {
				running.add(startWorker(id, file));
				ids.add(id);
			}
			while (board.get(Board.READY) < this.processes) {
				pauseAndCheck(running, board);
			}
			long start = System.nanoTime();
			board.set(Board.STARTED, 1);
			for (int killed = 0; board.get(Board.ACQUIRED) < this.total;) {
				pauseAndCheck(running, board);
				// spread over the run
				if (killed < kills && board.get(Board.ACQUIRED) >= (killed + 1) * this.total / (kills + 2)) {
					int victim = random.nextInt(this.processes);
					board.expectDeath(ids.get(victim));
					board.awaitHold(ids.get(victim));
					running.get(victim).kill();
					board.bury(ids.get(victim));
					int id = this.processes + killed++;
					ids.set(victim, id);
					running.set(victim, startWorker(id, file));
				}
			}
			long millis = (System.nanoTime() - start) / 1_000_000;
			for (ForkedJvm worker : running) {
				if (worker.join() != 0) {
					throw new AssertionError("a worker failed: " + worker.output());
				}
			}
			return new Result(this.protocol, this.processes, this.threads, board.get(Board.ACQUIRED),
					board.get(Board.SWITCHES), board.get(Board.OVERLAPS),
					Math.max(0, board.get(Board.ACQUIRED) - board.get(Board.PLAIN)), kills,
					board.get(Board.KILLED_HOLDERS), millis);
		}
		finally {
			running.forEach(ForkedJvm::close);
		}
	}

	private void pauseAndCheck(List<ForkedJvm> running, Board board) {
		LockSupport.parkNanos(1_000_000);
		for (ForkedJvm worker : running) {
			if (!worker.isAlive() && board.get(Board.ACQUIRED) < this.total) {
				throw new AssertionError("a worker ended: " + worker.output());
			}
		}
	}

	private ForkedJvm startWorker(int id, Path board) {
		// where there are native calls, every other process makes none: both kinds
		// exclude each other
		return ForkedJvm.start((id % 2 == 0) ? Calls.LIKE_THIS : Calls.OF_THE_JDK, LockStress.class, this.protocol,
				this.directory.resolve("target").toString(), board.toString(), Integer.toString(id),
				Integer.toString(this.threads), Long.toString(this.total));
	}

	public static void main(String[] args) throws Exception {
		StressProtocol protocol = StressProtocol.of(args[0], Path.of(args[1]));
		Board board = new Board(Path.of(args[2]));
		int id = Integer.parseInt(args[3]);
		int threads = Integer.parseInt(args[4]);
		long total = Long.parseLong(args[5]);
		board.add(Board.READY);
		while (board.get(Board.STARTED) == 0) {
			LockSupport.parkNanos(1_000_000);
		}
		List<Thread> workers = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			int number = i;
			Thread worker = new Thread(() -> {
				while (board.get(Board.ACQUIRED) < total) {
					protocol.whileLocked(() -> board.hold(id, number));
				}
			});
			worker.setUncaughtExceptionHandler((thread, failure) -> {
				failure.printStackTrace();
				Runtime.getRuntime().halt(1);
			});
			workers.add(worker);
			worker.start();
		}
		for (Thread worker : workers) {
			worker.join();
		}
	}

	/**
	 * What was seen.
	 */
	record Result(String protocol, int processes, int threads, long acquisitions, long switches, long overlaps,
			long lostUpdates, int kills, long killedHolders, long millis) {

		@Override
		public String toString() {
			return String.format(
					"lock stress: %s: %d processes of %d threads, %d acquisitions (%d from another process), "
							+ "%d overlaps, %d lost updates, %d kills (%d of holders), %d/s",
					this.protocol, this.processes, this.threads, this.acquisitions, this.switches, this.overlaps,
					this.lostUpdates, this.kills, this.killedHolders,
					this.acquisitions * 1000 / Math.max(1, this.millis));
		}

	}

	/**
	 * Memory that all processes share.
	 */
	private static final class Board {

		static final int SIZE = 8192;

		static final int READY = 0;

		static final int STARTED = 64;

		static final int HOLDER = 128;

		static final int ACQUIRED = 192;

		static final int SWITCHES = 256;

		static final int OVERLAPS = 320;

		static final int PLAIN = 384;

		static final int KILLED_HOLDERS = 448;

		static final int LAST = 512;

		/** One cell for each process: 1 once its death is due. */
		private static final int DEATHS = 1024;

		private static final long THREADS = 1000;

		private final ByteBuffer memory;

		Board(Path file) throws IOException {
			try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
				this.memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE).order(ByteOrder.nativeOrder());
			}
		}

		long get(int cell) {
			return (long) LONGS.getVolatile(this.memory, cell);
		}

		void set(int cell, long value) {
			LONGS.setVolatile(this.memory, cell, value);
		}

		void add(int cell) {
			long ignored = (long) LONGS.getAndAdd(this.memory, cell, 1L);
		}

		/** What a thread does while it believes to be alone. */
		void hold(int id, int thread) {
			long self = (id + 1) * THREADS + thread;
			long found = (long) LONGS.getAndSet(this.memory, HOLDER, self);
			if (found != 0) {
				add(isDead(found) ? KILLED_HOLDERS : OVERLAPS);
			}
			long plain = (long) LONGS.getOpaque(this.memory, PLAIN);
			if (get(LAST) != id + 1) {
				set(LAST, id + 1);
				add(SWITCHES);
			}
			int dice = ThreadLocalRandom.current().nextInt(200);
			if (dice == 0) {
				LockSupport.parkNanos(2_000_000);
			}
			else if (dice < 25) {
				Thread.yield();
			}
			LONGS.setOpaque(this.memory, PLAIN, plain + 1);
			add(ACQUIRED);
			LONGS.compareAndSet(this.memory, HOLDER, self, 0L);
		}

		private boolean isDead(long holder) {
			return get(cellOf((int) (holder / THREADS) - 1)) != 0;
		}

		private static int cellOf(int id) {
			return DEATHS + id * Long.BYTES;
		}

		/** From now on the process may be found as a holder that is dead. */
		void expectDeath(int id) {
			set(cellOf(id), 1);
		}

		/** Waits a little for the process to hold, as the best moment to kill it. */
		void awaitHold(int id) {
			long end = System.nanoTime() + 200_000_000L;
			while (get(HOLDER) / THREADS != id + 1 && System.nanoTime() < end) {
				Thread.onSpinWait();
			}
		}

		/** After the end of the process: takes it out if nobody did. */
		void bury(int id) {
			long holder = get(HOLDER);
			if (holder / THREADS == id + 1 && LONGS.compareAndSet(this.memory, HOLDER, holder, 0L)) {
				add(KILLED_HOLDERS);
			}
		}

	}

}
