package io.atomicwrite.schedule;

import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.test.EvidenceRecord;
import io.atomicwrite.test.EvidenceRecord.Scope;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;

/**
 * Runs threads under a scheduler that stops them at each access to what they share, and
 * goes through the schedules, those with few switches first. A thread that waits for ever
 * is a failure; one that is woken late is not seen, as a parked thread may wake by itself
 * here, as it may on any platform. {@code -Dschedules=n} sets how many are tried of each
 * test.
 */
public final class Schedules {

	private static final int USUAL = 60;

	private static final int COUNT = Integer.getInteger("schedules", USUAL);

	private static long explored;

	private Schedules() {
	}

	/**
	 * Explores schedules of a test, which must create everything that it shares anew.
	 * @param test the test, which throws if something is wrong
	 */
	public static void explore(Runnable test) {
		Lincheck.runConcurrentTest(COUNT, test);
		explored += COUNT;
	}

	/**
	 * Explores schedules of something broken.
	 * @param broken a test that must throw in some schedule
	 * @return what was found, or {@code null} if the explorer is blind
	 */
	public static @Nullable Throwable find(Runnable broken) {
		try {
			// as many as it takes; found ones end the search
			Lincheck.runConcurrentTest(Math.max(COUNT, 1000), broken);
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	/**
	 * Runs threads until all have ended.
	 * @param tasks what they do
	 */
	public static void race(Task... tasks) {
		List<Throwable> failures = new ArrayList<>();
		List<Thread> threads = new ArrayList<>();
		for (Task task : tasks) {
			threads.add(new Thread(() -> {
				try {
					task.run();
				}
				catch (Throwable ex) {
					synchronized (failures) {
						failures.add(ex);
					}
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		if (!failures.isEmpty()) {
			throw new IllegalStateException(failures.get(0));
		}
	}

	/**
	 * Requires something in the middle of a schedule.
	 * @param holds what must be
	 * @param otherwise what is wrong if it is not
	 */
	public static void require(boolean holds, String otherwise) {
		if (!holds) {
			throw new IllegalStateException(otherwise);
		}
	}

	/**
	 * Returns the record of a class of tests, each of whose schedules held.
	 * @param lane the name of the lane
	 * @param tried what was tried
	 * @param tests the class
	 * @return the record
	 */
	public static EvidenceRecord record(String lane, String tried, Class<?> tests) {
		boolean full = COUNT > USUAL;
		EvidenceRecord record = new EvidenceRecord(lane, "explored schedules", tried, explored, "schedules", 0,
				"mvn -Pconcurrency -pl evidence/concurrency -am test -Dtest=" + tests.getSimpleName()
						+ " -Dsurefire.failIfNoSpecifiedTests=false" + (full ? " -Dschedules=" + COUNT : ""),
				full ? Scope.LONG : Scope.SLICE);
		// the next class counts its own
		explored = 0;
		return record;
	}

	/**
	 * What a thread does.
	 */
	@FunctionalInterface
	public interface Task {

		/**
		 * Does it.
		 * @throws Exception if something is wrong
		 */
		void run() throws Exception;

	}

}
