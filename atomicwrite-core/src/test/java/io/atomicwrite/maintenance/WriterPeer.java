package io.atomicwrite.maintenance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.ForkedJvm;

/**
 * A writer in another process, controlled by commands, one per line.
 */
final class WriterPeer {

	private WriterPeer() {
	}

	public static void main(String[] args) throws Exception {
		Path target = Path.of(args[0]);
		LockRegistry locks = LockRegistry.file();
		AtomicFileTemplate template = AtomicFileTemplate.builder().locks(locks).build();
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		StagedWrite open = null;
		LockLease lease = null;
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			switch (line) {
				case "lease" -> lease = locks.acquire(target, LockRequest.failFast());
				case "open" -> open = open(template, target, WriteOptions.engineDefaults());
				case "open without lease" -> open = open(template, target,
						WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build());
				default -> {
					if (open != null) {
						open.commit();
					}
					if (lease != null) {
						lease.close();
					}
				}
			}
			ForkedJvm.reply("done");
		}
	}

	private static StagedWrite open(AtomicFileTemplate template, Path target, WriteOptions options) throws IOException {
		StagedWrite open = template.open(target, options);
		open.output().write(1);
		open.output().flush();
		return open;
	}

}
