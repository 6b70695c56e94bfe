package io.atomicwrite.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.test.FileCall.Op;
import io.atomicwrite.test.ForkedJvm;
import org.jspecify.annotations.Nullable;

/**
 * Writes version after version of its targets while the power is cut, and enters each in
 * the ledger before and after. Arguments: directory, ledger, method, the level of
 * durability to require, number of writers, variants. Told {@code go}, it answers with
 * the level of durability that the engine claims, and writes until it is told
 * {@code halt}; then it answers with the failures that it met.
 */
final class CutWriter {

	/** A disk that is gone stays gone. */
	private static final int FAILURES = 4;

	private final Path directory;

	private final Ledger ledger;

	private final Method method;

	private final GuaranteeLevel durability;

	private final List<Variant> variants;

	private final AtomicFileTemplate template;

	private final Map<String, Integer> failures = new TreeMap<>();

	private volatile boolean halted;

	private CutWriter(Path directory, Ledger ledger, Method method, GuaranteeLevel durability, List<Variant> variants) {
		this.directory = directory;
		this.ledger = ledger;
		this.method = method;
		this.durability = durability;
		this.variants = variants;
		this.template = AtomicFileTemplate.builder().files(new DiskFileOps(method.dropped)).build();
	}

	public static void main(String[] args) throws Exception {
		CutWriter writer = new CutWriter(Path.of(args[0]), Ledger.open(Path.of(args[1])), Method.of(args[2]),
				GuaranteeLevel.valueOf(args[3]), Stream.of(args[5].split(",")).map(Variant::of).toList());
		ForkedJvm.reply("ready");
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		while ("go".equals(in.readLine())) {
			writer.run(Integer.parseInt(args[4]), in);
		}
	}

	private void run(int writers, BufferedReader in) throws IOException, InterruptedException {
		this.halted = false;
		this.failures.clear();
		ForkedJvm.reply(this.template.inspect(this.directory).level(Guarantee.CRASH_DURABILITY).name());
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < writers; i++) {
			int writer = i;
			Thread thread = new Thread(() -> write(writer), "writer " + i);
			thread.setDaemon(true);
			thread.start();
			threads.add(thread);
		}
		in.readLine();
		this.halted = true;
		for (Thread thread : threads) {
			thread.join();
		}
		ForkedJvm.reply("halted " + this.failures);
	}

	private void write(int writer) {
		int failedInARow = 0;
		while (!this.halted && failedInARow < FAILURES) {
			for (int i = 0; i < this.variants.size(); i++) {
				failedInARow = writeNext(writer, i) ? 0 : failedInARow + 1;
			}
		}
	}

	private boolean writeNext(int writer, int variant) {
		int slot = writer * this.variants.size() + variant;
		String target = this.variants.get(variant).target(writer);
		long version = this.ledger.attempt(slot);
		try {
			write(this.directory.resolve(target), NumberedContent.of(target, version), this.variants.get(variant));
			this.ledger.acknowledge(slot, version);
			return true;
		}
		catch (AtomicWriteException | IOException ex) {
			if (isNotCommitted(ex)) {
				this.ledger.refuse(slot, version);
			}
			count(ex);
			return false;
		}
	}

	private void write(Path target, byte[] content, Variant variant) throws IOException {
		if (this.method == Method.FILES_WRITE) {
			Files.write(target, content);
			return;
		}
		WriteOptions options = variant.options()
			.toBuilder()
			.require(Guarantee.CRASH_DURABILITY, this.durability)
			.build();
		this.template.write(target, content, options);
	}

	private static boolean isNotCommitted(Exception failure) {
		return failure instanceof AtomicWriteException ex && ex.outcome() == WriteOutcome.NOT_COMMITTED;
	}

	private void count(Exception failure) {
		String what = (failure instanceof AtomicWriteException ex)
				? "%s at %s %s".formatted(ex.getClass().getSimpleName(), ex.phase(), ex.outcome())
				: failure.getClass().getSimpleName();
		synchronized (this.failures) {
			if (this.failures.merge(what, 1, Integer::sum) == 1) {
				System.out.println(failure.getMessage());
			}
		}
	}

	/**
	 * The engine's protocol, and what is less than that.
	 */
	private enum Method {

		PROTOCOL(null), NO_FILE_SYNC(Op.SYNC), NO_DIRECTORY_SYNC(Op.SYNC_DIRECTORY), FILES_WRITE(null);

		private final @Nullable Op dropped;

		Method(@Nullable Op dropped) {
			this.dropped = dropped;
		}

		static Method of(String name) {
			return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
		}

	}

}
