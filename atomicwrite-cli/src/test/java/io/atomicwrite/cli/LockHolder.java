package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * Another process that holds the lock of a target until its input ends.
 */
final class LockHolder {

	static final String HELD = "held";

	private LockHolder() {
	}

	public static void main(String[] args) throws IOException {
		try (LockRegistry registry = LockRegistry.file();
				LockLease lease = registry.acquire(Path.of(args[0]), LockRequest.failFast())) {
			System.out.println(HELD + " " + lease.target());
			System.in.readAllBytes();
		}
	}

}
