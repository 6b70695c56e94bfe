package io.atomicwrite.test.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.Batch;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.publication.OpenVersion;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishOptions;

/**
 * Bugs of applications that only a power cut shows, each with its mended form.
 */
enum SeededBug {

	/** A protocol of its own renames a file whose bytes may not have reached the disk. */
	FILE_IS_NOT_SYNCED {

		@Override
		CrashSimulation form(boolean mended) {
			return CrashSimulation.of((machine) -> ownProtocol(machine, mended, true))
				.reboot((machine) -> require(text(machine, "settings").map("dark"::equals).orElse(true), "torn"));
		}

	},

	/** A protocol of its own reports success before the new name is durable. */
	DIRECTORY_IS_NOT_SYNCED {

		@Override
		CrashSimulation form(boolean mended) {
			return CrashSimulation.of((machine) -> {
				ownProtocol(machine, true, mended);
				machine.acknowledge("dark");
			})
				.reboot((machine) -> require(
						!machine.isAcknowledged("dark") || text(machine, "settings").equals(Optional.of("dark")),
						"saved and lost"));
		}

	},

	/** The old file makes way before the new one is there. */
	RENAMED_BEFORE_WRITTEN {

		@Override
		CrashSimulation form(boolean mended) {
			return settings((files, file) -> {
				if (mended) {
					files.writeString(file, "new", (options) -> options.backup(BackupPolicy.single()));
				}
				else {
					files.move(file, file.resolveSibling("settings.previous"));
					files.writeString(file, "new");
				}
			});
		}

	},

	/** A file is deleted so that it can be created. */
	DELETED_BEFORE_CREATED {

		@Override
		CrashSimulation form(boolean mended) {
			return settings((files, file) -> {
				if (!mended) {
					files.delete(file);
				}
				files.writeString(file, "new", (options) -> options.overwrite(mended));
			});
		}

	},

	/** Two files belong together and are written one after the other. */
	TWO_FILES_ARE_WRITTEN_APART {

		@Override
		CrashSimulation form(boolean mended) {
			return twoFiles(mended, (files, directory, text) -> {
				files.writeString(directory.resolve("data"), text);
				files.writeString(directory.resolve("index"), "index of " + text);
			});
		}

	},

	/** A batch is taken for atomic. */
	BATCH_IS_TAKEN_FOR_ATOMIC {

		@Override
		CrashSimulation form(boolean mended) {
			return twoFiles(mended,
					(files, directory,
							text) -> files.writeAll(Batch.builder()
								.add(directory.resolve("data"), text.getBytes(StandardCharsets.UTF_8))
								.add(directory.resolve("index"), ("index of " + text).getBytes(StandardCharsets.UTF_8))
								.syncsInFlight(1)
								.build()));
		}

	},

	/** The pointer leads to a version that is written after it. */
	POINTER_BEFORE_VERSION {

		@Override
		CrashSimulation form(boolean mended) {
			return versions((files, directory) -> {
				if (mended) {
					files.writeString(directory.resolve("v2"), "two");
				}
				files.writeString(directory.resolve("current"), "v2");
				if (!mended) {
					files.writeString(directory.resolve("v2"), "two");
				}
			});
		}

	},

	/** The old version is cleared away while the pointer still leads to it. */
	OLD_VERSION_IS_DELETED_TOO_EARLY {

		@Override
		CrashSimulation form(boolean mended) {
			return versions((files, directory) -> {
				files.writeString(directory.resolve("v2"), "two");
				if (!mended) {
					files.delete(directory.resolve("v1"));
				}
				files.writeString(directory.resolve("current"), "v2");
				if (mended) {
					files.delete(directory.resolve("v1"));
				}
			});
		}

	},

	/** A link is deleted and made anew, as {@code ln -sf} does. */
	LINK_IS_REPLACED_IN_TWO_STEPS {

		@Override
		CrashSimulation form(boolean mended) {
			return links((machine, link) -> {
				Path made = mended ? link.resolveSibling("latest.new") : link;
				if (!mended) {
					machine.fileOps().delete(link);
				}
				machine.fileOps().createSymbolicLink(made, Path.of("v2"));
				if (mended) {
					machine.fileOps().rename(made, link);
				}
			});
		}

	},

	/** A link leads to a version whose directory is not synced. */
	LINK_LEADS_TO_WHAT_IS_NOT_SYNCED {

		@Override
		CrashSimulation form(boolean mended) {
			return links((machine, link) -> {
				Path version = link.resolveSibling("v3");
				machine.fileOps().createDirectory(version);
				if (mended) {
					syncDirectory(machine, machine.directory());
				}
				version(machine, "v3", mended);
				machine.fileOps().createSymbolicLink(link.resolveSibling("latest.new"), Path.of("v3"));
				machine.fileOps().rename(link.resolveSibling("latest.new"), link);
			});
		}

	},

	/** Success is reported before the write. */
	ACKNOWLEDGED_TOO_EARLY {

		@Override
		CrashSimulation form(boolean mended) {
			return CrashSimulation.of((machine) -> {
				if (!mended) {
					machine.acknowledge("dark");
				}
				machine.files().writeString(machine.directory().resolve("settings"), "dark");
				machine.acknowledge("dark");
			})
				.reboot((machine) -> require(
						!machine.isAcknowledged("dark") || text(machine, "settings").equals(Optional.of("dark")),
						"saved and lost"));
		}

	},

	/** The start-up code takes it for granted that the first start came to its end. */
	FIRST_START_IS_TAKEN_FOR_GRANTED {

		@Override
		CrashSimulation form(boolean mended) {
			return CrashSimulation
				.of((machine) -> machine.files().writeString(machine.directory().resolve("settings"), "dark"))
				.reboot((machine) -> {
					Path file = machine.directory().resolve("settings");
					String found = mended ? machine.files().findString(file).orElse("light")
							: machine.files().readString(file);
					require(List.of("light", "dark").contains(found), found);
				});
		}

	},

	/** A record is appended in two parts. */
	RECORD_IS_APPENDED_IN_PARTS {

		@Override
		CrashSimulation form(boolean mended) {
			return CrashSimulation.of((machine) -> {
				Path journal = machine.directory().resolve("journal");
				if (mended) {
					machine.files().append(journal, "5:hello\n".getBytes(StandardCharsets.UTF_8));
				}
				else {
					machine.files().append(journal, "5:".getBytes(StandardCharsets.UTF_8));
					machine.files().append(journal, "hello\n".getBytes(StandardCharsets.UTF_8));
				}
			})
				.reboot((machine) -> require(text(machine, "journal").map("5:hello\n"::equals).orElse(true),
						"half a record"));
		}

	},

	/**
	 * The recovery is not repeatable: a second cut, during it, counts a deposit twice.
	 */
	RECOVERY_IS_NOT_REPEATABLE {

		@Override
		CrashSimulation form(boolean mended) {
			return CrashSimulation
				.of((machine) -> machine.files().writeString(machine.directory().resolve("pending"), "5"))
				.reboot((machine) -> {
					deposit(machine, mended);
					String balance = text(machine, "balance").orElse("0");
					require(List.of("0", "5", "5 done").contains(balance), "the balance is " + balance);
				})
				.crashAgain();
		}

		private void deposit(SimulatedMachine machine, boolean mended) {
			if (text(machine, "pending").isEmpty()) {
				return;
			}
			String balance = text(machine, "balance").orElse("0");
			if (!balance.endsWith(" done")) {
				machine.files()
					.writeString(machine.directory().resolve("balance"),
							(Integer.parseInt(balance) + 5) + (mended ? " done" : ""));
			}
			machine.files().delete(machine.directory().resolve("pending"));
		}

	};

	abstract CrashSimulation form(boolean mended);

	CrashSimulation broken() {
		return form(false);
	}

	CrashSimulation mended() {
		return form(true);
	}

	static void require(boolean holds, String otherwise) {
		if (!holds) {
			throw new AssertionError(otherwise);
		}
	}

	static Optional<String> text(SimulatedMachine machine, String name) {
		return machine.files().findString(machine.directory().resolve(name));
	}

	/** A link to one of two versions that are there, moved by a protocol of its own. */
	private static CrashSimulation links(Move move) {
		return CrashSimulation.of((machine) -> move.of(machine, machine.directory().resolve("latest")))
			.given((machine) -> {
				for (String name : List.of("v1", "v2")) {
					machine.fileOps().createDirectory(machine.directory().resolve(name));
					version(machine, name, true);
				}
				machine.fileOps().createSymbolicLink(machine.directory().resolve("latest"), Path.of("v1"));
				syncDirectory(machine, machine.directory());
			})
			.reboot((machine) -> {
				String found = text(machine, "latest/data").orElse("nothing");
				require(found.startsWith("data of v"), found);
			});
	}

	private static void version(SimulatedMachine machine, String name, boolean synced) throws IOException {
		Path directory = machine.directory().resolve(name);
		try (FileHandle file = machine.fileOps().createExclusive(directory.resolve("data"), 0644)) {
			file.write(ByteBuffer.wrap(("data of " + name).getBytes(StandardCharsets.UTF_8)));
			file.sync();
		}
		if (synced) {
			syncDirectory(machine, directory);
		}
	}

	private static void syncDirectory(SimulatedMachine machine, Path directory) throws IOException {
		try (DirectoryHandle handle = machine.fileOps().openDirectory(directory)) {
			handle.sync();
		}
	}

	private static void ownProtocol(SimulatedMachine machine, boolean syncsFile, boolean syncsDirectory)
			throws IOException {
		Path staging = machine.directory().resolve("settings.new");
		try (FileHandle file = machine.fileOps().createExclusive(staging, 0644)) {
			file.write(ByteBuffer.wrap("dark".getBytes(StandardCharsets.UTF_8)));
			if (syncsFile) {
				file.sync();
			}
		}
		machine.fileOps().rename(staging, machine.directory().resolve("settings"));
		if (syncsDirectory) {
			try (DirectoryHandle directory = machine.fileOps().openDirectory(machine.directory())) {
				directory.sync();
			}
		}
	}

	/**
	 * A change of a file that exists; afterwards it holds the old text or the new one.
	 */
	private static CrashSimulation settings(Change change) {
		return CrashSimulation.of((machine) -> {
			change.in(machine.files(), machine.directory().resolve("settings"));
			machine.acknowledge("new");
		})
			.given((machine) -> machine.files().writeString(machine.directory().resolve("settings"), "old"))
			.reboot((machine) -> {
				String found = text(machine, "settings").orElse("nothing");
				require(found.equals("new") || found.equals("old") && !machine.isAcknowledged("new"), found);
			});
	}

	/** Two files that must match; the mended form publishes them together. */
	private static CrashSimulation twoFiles(boolean mended, Pair pair) {
		return CrashSimulation.of((machine) -> write(machine, mended, pair, "two"))
			.given((machine) -> write(machine, mended, pair, "one"))
			.reboot((machine) -> {
				if (mended) {
					try (OpenVersion version = set(machine).open("latest")) {
						requireMatch(machine.files().readString(version.file("data")),
								machine.files().readString(version.file("index")));
					}
				}
				else {
					requireMatch(text(machine, "data").orElseThrow(), text(machine, "index").orElseThrow());
				}
			});
	}

	private static void write(SimulatedMachine machine, boolean mended, Pair pair, String text) {
		if (mended) {
			set(machine).publish((out) -> {
				out.file("data", text.getBytes(StandardCharsets.UTF_8));
				out.file("index", ("index of " + text).getBytes(StandardCharsets.UTF_8));
			}, PublishOptions.defaults().withVersion(text));
		}
		else {
			pair.write(machine.files(), machine.directory(), text);
		}
	}

	private static Publication set(SimulatedMachine machine) {
		return machine.files().publication(machine.directory(), "set");
	}

	private static void requireMatch(String data, String index) {
		require(index.equals("index of " + data), data + " with " + index);
	}

	/** A pointer to one of two versions. */
	private static CrashSimulation versions(Change change) {
		return CrashSimulation.of((machine) -> change.in(machine.files(), machine.directory())).given((machine) -> {
			machine.files().writeString(machine.directory().resolve("v1"), "one");
			machine.files().writeString(machine.directory().resolve("current"), "v1");
		})
			.reboot((machine) -> require(text(machine, text(machine, "current").orElseThrow()).isPresent(),
					"the pointer leads nowhere"));
	}

	private interface Change {

		void in(AtomicFileTemplate files, Path path) throws IOException;

	}

	private interface Move {

		void of(SimulatedMachine machine, Path link) throws IOException;

	}

	private interface Pair {

		void write(AtomicFileTemplate files, Path directory, String text);

	}

}
