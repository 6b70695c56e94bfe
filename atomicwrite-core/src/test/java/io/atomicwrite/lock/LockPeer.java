package io.atomicwrite.lock;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.test.ForkedJvm;
import org.jspecify.annotations.Nullable;

/**
 * Another process that uses the locks of a target by command.
 */
final class LockPeer {

	private final LockFileRegistry locks;

	private final Path target;

	private @Nullable LockLease lease;

	private LockPeer(LockFileRegistry locks, Path target) {
		this.locks = locks;
		this.target = target;
	}

	static ForkedJvm start(Path target) {
		return ForkedJvm.start(LockPeer.class, "delete", target.toString());
	}

	static ForkedJvm startKeeping(Path target) {
		return ForkedJvm.start(LockPeer.class, "keep", target.toString());
	}

	public static void main(String[] args) throws IOException {
		LockPeer peer = new LockPeer(LockRegistry.fileBuilder().keepLockFile(args[0].equals("keep")).build(),
				Path.of(args[1]));
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = commands.readLine(); line != null; line = commands.readLine()) {
			ForkedJvm.reply(peer.run(line.split(" ")));
		}
	}

	private String run(String[] command) {
		return switch (command[0]) {
			case "try" -> acquire(LockRequest.failFast());
			case "wait" -> acquire(LockRequest.waitUpTo(Duration.ofMillis(Long.parseLong(command[1]))));
			case "release" -> release();
			case "ensure" -> ensure();
			case "leftover" -> Boolean.toString(this.locks.releaseLeftover(this.target));
			case "inspect" -> {
				LockInfo info = this.locks.inspect(this.target);
				yield info.state() + " " + info.pid();
			}
			case "crowd" -> crowd(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
			case "hog" -> hog(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
			default -> "?";
		};
	}

	private String acquire(LockRequest request) {
		try {
			this.lease = this.locks.acquire(this.target, request);
			// the same clock in all processes of a host: CLOCK_MONOTONIC
			return "acquired " + System.nanoTime();
		}
		catch (LockNotAcquiredException ex) {
			return ex.reason() + " " + ex.getMessage();
		}
	}

	private String release() {
		LockLease held = this.lease;
		if (held != null) {
			held.close();
		}
		return "released";
	}

	private String ensure() {
		LockLease held = this.lease;
		if (held == null) {
			return "nothing";
		}
		try {
			held.ensureHeld();
			return "held";
		}
		catch (LockLostException ex) {
			return "lost";
		}
	}

	/** Lets threads wait for targets, without end. */
	private String crowd(int threads, int targets) {
		for (int i = 0; i < threads; i++) {
			Path path = crowded(this.target, i % targets);
			background(() -> this.locks.acquire(path, LockRequest.waitForever()));
		}
		while (this.locks.waiting().size() < threads) {
			Thread.onSpinWait();
		}
		return "waiting";
	}

	static Path crowded(Path target, int number) {
		return target.resolveSibling(target.getFileName() + "." + number);
	}

	/** Lets threads acquire the target again and again, without end. */
	private String hog(int threads, int millis) {
		for (int i = 0; i < threads; i++) {
			background(() -> {
				while (true) {
					try (LockLease held = this.locks.acquire(this.target, LockRequest.waitForever())) {
						LockSupport.parkNanos(held, millis * 1_000_000L);
					}
				}
			});
		}
		while (this.locks.held().isEmpty()) {
			Thread.onSpinWait();
		}
		return "hogging";
	}

	private static void background(Runnable task) {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		thread.start();
	}

}
