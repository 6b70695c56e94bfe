package io.atomicwrite.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.Batch;
import io.atomicwrite.core.BatchFailedException;
import io.atomicwrite.core.BatchListener;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.fault.FileCall.Op;
import org.jspecify.annotations.Nullable;

/**
 * Writes version after version of its targets while the power is cut, and enters each in
 * the ledger before and after. Arguments: directory, ledger, method, the level of
 * durability to require, number of writers, variants, whether they are written one by one
 * ({@code write}), together ({@code batch}) or as versions of a set
 * ({@code publication}), and whether the engine must know that the filesystem keeps the
 * order of changes. After {@code go}, it answers with the level of durability that the
 * engine claims, and writes until {@code halt} comes; then it answers with the failures
 * that it met.
 */
final class CutWriter {

	/** A disk that is gone stays gone. */
	private static final int FAILURES = 4;

	private final Path directory;

	private final Ledger ledger;

	private final Method method;

	private final List<String> variants;

	private final Form form;

	private final AtomicFileTemplate template;

	private final Map<String, Integer> failures = new TreeMap<>();

	private volatile boolean halted;

	private CutWriter(Path directory, Ledger ledger, Method method, GuaranteeLevel durability, List<String> variants,
			Form form) {
		this.directory = directory;
		this.ledger = ledger;
		this.method = method;
		this.variants = variants;
		this.form = form;
		this.template = AtomicFileTemplate.builder()
			.files(new DiskFileOps(method.dropped, method != Method.NO_WAIT_FOR_CONTENT))
			.defaults(WriteOptions.engineDefaults().toBuilder().require(Guarantee.CRASH_DURABILITY, durability).build())
			.build();
	}

	public static void main(String[] args) throws Exception {
		CutWriter writer = new CutWriter(Path.of(args[0]), Ledger.open(Path.of(args[1])), Method.of(args[2]),
				GuaranteeLevel.valueOf(args[3]), List.of(args[5].split(",")),
				Form.valueOf(args[6].toUpperCase(Locale.ROOT)));
		ForkedJvm.reply("ready");
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		while ("go".equals(in.readLine())) {
			writer.requireOrder(Boolean.parseBoolean(args[7]));
			writer.run(Integer.parseInt(args[4]), in);
		}
	}

	/** Or cuts would show less than they are taken for. */
	private void requireOrder(boolean kept) throws IOException {
		Filesystem filesystem = this.template.inspect(this.directory).filesystem();
		if (filesystem.keepsOrder() != kept) {
			throw new IllegalStateException("expected to keep the order: " + kept + ", but found " + filesystem);
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
			if (this.form == Form.BATCH) {
				failedInARow = writeTogether(writer) ? 0 : failedInARow + 1;
				continue;
			}
			for (int i = 0; i < this.variants.size(); i++) {
				failedInARow = writeNext(writer, i) ? 0 : failedInARow + 1;
			}
		}
	}

	private int slot(int writer, int variant) {
		return writer * this.variants.size() + variant;
	}

	private String target(int writer, int variant) {
		return "w%02d-%s".formatted(writer, this.variants.get(variant));
	}

	private boolean writeNext(int writer, int variant) {
		int slot = slot(writer, variant);
		String target = target(writer, variant);
		long version = this.ledger.attempt(slot);
		try {
			if (this.form == Form.PUBLICATION) {
				CutPublication.publish(this.template, this.directory, target, version);
			}
			else {
				write(this.directory.resolve(target), NumberedContent.of(target, version));
			}
			this.ledger.acknowledge(slot, version);
			return true;
		}
		catch (AtomicWriteException | IOException ex) {
			failed(slot, version, ex);
			return false;
		}
	}

	/** Each file is acknowledged when the batch reports it, which may have more to do. */
	private boolean writeTogether(int writer) {
		Batch.Builder batch = Batch.builder();
		Map<Path, Integer> slots = new HashMap<>();
		Map<Path, Long> versions = new HashMap<>();
		for (int i = 0; i < this.variants.size(); i++) {
			Path target = this.directory.resolve(target(writer, i));
			slots.put(target, slot(writer, i));
			versions.put(target, this.ledger.attempt(slot(writer, i)));
			byte[] content = NumberedContent.of(target(writer, i), versions.get(target));
			Variant variant = Variant.of(this.variants.get(i));
			batch.add(target, (out) -> out.write(content), variant::apply);
		}
		batch.listener(new BatchListener() {

			@Override
			public void written(Path target, WriteResult result) {
				CutWriter.this.ledger.acknowledge(slots.get(target), versions.get(target));
			}

			@Override
			public void failed(Path target, RuntimeException failure) {
				CutWriter.this.failed(slots.get(target), versions.get(target), failure);
			}

		});
		try {
			return this.template.writeAll(batch.build()).complete();
		}
		catch (BatchFailedException ex) {
			return false;
		}
	}

	private void failed(int slot, long version, Exception failure) {
		if (isNotCommitted(failure)) {
			this.ledger.refuse(slot, version);
		}
		count(failure);
	}

	private void write(Path target, byte[] content) throws IOException {
		if (this.method == Method.FILES_WRITE) {
			Files.write(target, content);
			return;
		}
		Variant variant = Variant.ofTarget(target.getFileName().toString());
		this.template.write(target, content, this.template.defaults().with(variant::apply));
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

	/** How the targets of a writer are written. */
	private enum Form {

		WRITE, BATCH, PUBLICATION

	}

	/**
	 * The engine's protocol, and what is less than that.
	 */
	private enum Method {

		PROTOCOL(null), NO_FILE_SYNC(Op.SYNC), NO_DIRECTORY_SYNC(Op.SYNC_DIRECTORY), FILES_WRITE(null),

		/** The disk may begin with the content, where it is to have it. */
		NO_WAIT_FOR_CONTENT(null);

		private final @Nullable Op dropped;

		Method(@Nullable Op dropped) {
			this.dropped = dropped;
		}

		static Method of(String name) {
			return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
		}

	}

}
