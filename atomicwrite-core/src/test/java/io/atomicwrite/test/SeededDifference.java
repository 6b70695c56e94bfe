package io.atomicwrite.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileHandle;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Differences between the model in memory and a real filesystem, each of which the
 * contracts must find.
 */
enum SeededDifference {

	RENAME_IS_DURABLE_AT_ONCE("aRenameMayBeLost", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void rename(Path source, Path target) throws IOException {
			super.rename(source, target);
			syncDirectory(this, target.getParent());
			syncDirectory(this, source.getParent());
		}

	}),

	LINK_IS_DURABLE_AT_ONCE("aLinkMayBeLost", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void linkNew(Path source, Path name) throws IOException {
			super.linkNew(source, name);
			syncDirectory(this, name.getParent());
		}

	}),

	SYMBOLIC_LINK_IS_DURABLE_AT_ONCE("aSymbolicLinkMayBeLost", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void createSymbolicLink(Path link, Path content) throws IOException {
			super.createSymbolicLink(link, content);
			syncDirectory(this, link.getParent());
		}

	}),

	SYMBOLIC_LINK_REPLACES("aLinkIsCreatedAtAFreeName", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void createSymbolicLink(Path link, Path content) throws IOException {
			if (kind(link) == FileStat.Kind.REGULAR) {
				delete(link);
			}
			super.createSymbolicLink(link, content);
		}

	}),

	DELETION_FOLLOWS_A_LINK("aDeletionTakesTheLinkAndNotWhatItLeadsTo", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void delete(Path path) throws IOException {
			super.delete((kind(path) == FileStat.Kind.LINK && exists(path)) ? canonical(path) : path);
		}

	}),

	RENAME_FOLLOWS_A_LINK("aRenameReplacesALinkAndMovesOne", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void rename(Path source, Path target) throws IOException {
			super.rename(source, exists(target) ? canonical(target) : target);
		}

	}),

	CREATION_STOPS_AT_A_LINK("aLinkOnTheWayIsFollowed", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public FileHandle createExclusive(Path file, int mode) throws IOException {
			if (kind(file.getParent()) == FileStat.Kind.LINK) {
				throw new NotDirectoryException(file.toString());
			}
			return super.createExclusive(file, mode);
		}

	}),

	DELETION_IS_DURABLE_AT_ONCE("aDeletionMayBeLost", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void delete(Path path) throws IOException {
			super.delete(path);
			syncDirectory(this, path.getParent());
		}

	}),

	DIRECTORY_IS_DURABLE_AT_ONCE("aDirectoryMayBeLost", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void createDirectory(Path directory) throws IOException {
			super.createDirectory(directory);
			syncDirectory(this, directory.getParent());
		}

	}),

	ATTRIBUTE_IS_DURABLE_AT_ONCE("anAttributeMayBeLost", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void setUserAttribute(Path file, String name, byte[] value) throws IOException {
			super.setUserAttribute(file, name, value);
			syncFile(this, file);
		}

	}),

	CONTENT_IS_DURABLE_AT_ONCE("whatIsWrittenAfterASyncMayBeLost", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public FileHandle createExclusive(Path file, int mode) throws IOException {
			return new ForwardingFileHandle(super.createExclusive(file, mode)) {

				@Override
				public void write(ByteBuffer bytes) throws IOException {
					super.write(bytes);
					super.sync();
				}

			};
		}

	}),

	SYNC_OF_A_FILE_COVERS_ITS_NAME("theSyncOfAFileCoversItsName", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public FileHandle createExclusive(Path file, int mode) throws IOException {
			FileOps files = this;
			return new ForwardingFileHandle(super.createExclusive(file, mode)) {

				@Override
				public void sync() throws IOException {
					super.sync();
					syncDirectory(files, file.getParent());
				}

			};
		}

	}),

	SYNC_OF_A_DIRECTORY_COVERS_ITS_SIBLING("theSyncOfADirectoryCoversAnother", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public DirectoryHandle openDirectory(Path directory) throws IOException {
			DirectoryHandle one = super.openDirectory(directory);
			List<DirectoryHandle> siblings = new ArrayList<>();
			Path above = Objects.requireNonNull(directory.getParent());
			List<Path> names = new ArrayList<>();
			list(above, (name) -> names.add(above.resolve(name)));
			for (Path name : names) {
				if (kind(name) == FileStat.Kind.DIRECTORY) {
					siblings.add(super.openDirectory(name));
				}
			}
			return new DirectoryHandle() {

				@Override
				public void sync() throws IOException {
					one.sync();
					for (DirectoryHandle sibling : siblings) {
						sibling.sync();
					}
				}

				@Override
				public void close() throws IOException {
					one.close();
				}

			};
		}

	}),

	SYNC_OF_A_DIRECTORY_COVERS_CONTENT("contentMayBeTornWhereOnlyItsDirectoryWasSynced",
			(disk) -> new ForwardingFileOps(disk) {

				@Override
				public DirectoryHandle openDirectory(Path directory) throws IOException {
					FileOps files = this;
					DirectoryHandle one = super.openDirectory(directory);
					return new DirectoryHandle() {

						@Override
						public void sync() throws IOException {
							one.sync();
							List<Path> names = new ArrayList<>();
							files.list(directory, (name) -> names.add(directory.resolve(name)));
							for (Path name : names) {
								if (files.kind(name) == FileStat.Kind.REGULAR) {
									syncFile(files, name);
								}
							}
						}

						@Override
						public void close() throws IOException {
							one.close();
						}

					};
				}

			}),

	SYNC_OF_A_FILE_IS_DROPPED("aFileIsThereOnceItAndItsDirectoryWereSynced", Kind.SYNC),

	CONTENT_IS_NOT_WRITTEN_OUT("contentThatWasWrittenOutIsThereOnceItsNameIs", Kind.WRITE_OUT),

	SYNC_OF_A_DIRECTORY_IS_DROPPED("aRenameIsThereOnceTheDirectoryWasSynced", Kind.SYNC_DIRECTORY),

	SYNC_THROUGH_ANOTHER_DESCRIPTOR_IS_DROPPED("aFileOpenedForSyncSyncsWhatOthersWrote",
			(disk) -> new ForwardingFileOps(disk) {

				@Override
				public FileHandle openForSync(Path file) throws IOException {
					return new ForwardingFileHandle(super.openForSync(file)) {

						@Override
						public void sync() {
							// does nothing
						}

					};
				}

			}),

	RENAME_BETWEEN_NAMES_OF_ONE_FILE_TAKES_ONE("aRenameBetweenTwoNamesOfOneFileLeavesBoth",
			(disk) -> new ForwardingFileOps(disk) {

				@Override
				public void rename(Path source, Path target) throws IOException {
					FileStat from = stat(source);
					FileStat to = stat(target);
					if (from != null && to != null && from.inode() == to.inode() && !source.equals(target)) {
						delete(source);
					}
					else {
						super.rename(source, target);
					}
				}

			}),

	RENAME_DOES_NOT_REPLACE("aRenameReplacesAFile", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void rename(Path source, Path target) throws IOException {
			if (kind(target) != null) {
				throw new FileAlreadyExistsException(target.toString());
			}
			super.rename(source, target);
		}

	}),

	RENAME_IS_A_COPY("aRenameMovesTheFileItself", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void rename(Path source, Path target) throws IOException {
			if (kind(target) == null && kind(source) == FileStat.Kind.REGULAR) {
				copy(this, source, target);
				delete(source);
			}
			else {
				super.rename(source, target);
			}
		}

	}),

	LINK_REPLACES("aLinkNeverReplaces", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void linkNew(Path source, Path name) throws IOException {
			if (kind(name) == FileStat.Kind.REGULAR && !source.equals(name)) {
				delete(name);
			}
			super.linkNew(source, name);
		}

	}),

	LINK_IS_A_COPY("aLinkIsASecondNameOfTheFile", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void linkNew(Path source, Path name) throws IOException {
			if (kind(source) == FileStat.Kind.REGULAR) {
				copy(this, source, name);
			}
			else {
				super.linkNew(source, name);
			}
		}

	}),

	LINKS_ARE_NOT_COUNTED("aRenameBetweenTwoNamesOfOneFileLeavesBoth",
			(disk) -> new Stats(disk,
					(stat) -> new FileStat(stat.kind(), stat.size(), stat.mode(), stat.uid(), stat.gid(), stat.device(),
							stat.inode(), 1, stat.modified(), stat.changed()))),

	TIME_OF_CHANGE_STANDS_STILL("everyChangeMovesTheTimeOfChange",
			(disk) -> new Stats(disk,
					(stat) -> new FileStat(stat.kind(), stat.size(), stat.mode(), stat.uid(), stat.gid(), stat.device(),
							stat.inode(), stat.links(), stat.modified(), Instant.EPOCH))),

	GROUP_IS_NOT_KEPT("anOwnerIsSetWithItsGroup", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void setOwner(Path file, int uid, int gid) throws IOException {
			super.setOwner(file, uid, Objects.requireNonNull(stat(file)).gid());
		}

	}),

	OWNER_KEEPS_SETUID("anOwnerIsSetWithItsGroup", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void setOwner(Path file, int uid, int gid) throws IOException {
			int mode = Objects.requireNonNull(stat(file)).mode();
			super.setOwner(file, uid, gid);
			setMode(file, mode);
		}

	}),

	MODE_OF_A_NEW_FILE_IS_IGNORED("aNewFileHasTheModeLessTheUmask", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public FileHandle createExclusive(Path file, int mode) throws IOException {
			return super.createExclusive(file, 0644);
		}

	}),

	EXCLUSIVE_CREATION_TAKES_WHAT_IS_THERE("nothingIsCreatedWhereSomethingIs", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public FileHandle createExclusive(Path file, int mode) throws IOException {
			if (kind(file) == FileStat.Kind.REGULAR) {
				delete(file);
			}
			return super.createExclusive(file, mode);
		}

	}),

	DELETION_OF_NOTHING_SUCCEEDS("aDeletionTakesOneName", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void delete(Path path) throws IOException {
			try {
				super.delete(path);
			}
			catch (NoSuchFileException ex) {
				// as if it had been there
			}
		}

	}),

	DELETION_TAKES_A_FULL_DIRECTORY("aDirectoryThatIsNotEmptyIsNotDeleted", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void delete(Path path) throws IOException {
			if (kind(path) == FileStat.Kind.DIRECTORY) {
				List<Path> names = new ArrayList<>();
				list(path, (name) -> names.add(path.resolve(name)));
				for (Path name : names) {
					delete(name);
				}
			}
			super.delete(path);
		}

	}),

	LIST_OMITS_DIRECTORIES("aListHasEachNameOnce", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public void list(Path directory, NameVisitor visitor) throws IOException {
			super.list(directory, (name) -> {
				if (kind(directory.resolve(name)) != FileStat.Kind.DIRECTORY) {
					visitor.visit(name);
				}
			});
		}

	}),

	SIZE_AT_THE_PATH_LAGS("aLockFileIsCreatedOrOpened", (disk) -> new ForwardingFileOps(disk) {

		private long last;

		@Override
		public long size(Path file) throws IOException {
			long seen = this.last;
			this.last = super.size(file);
			return seen;
		}

	}),

	LOCK_OF_A_STAGING_FILE_IS_SEEN_BY_NOBODY("aStagingFileShowsThatItsWriterLives",
			(disk) -> new ForwardingFileOps(disk) {

				@Override
				public FileHandle createExclusive(Path file, int mode) throws IOException {
					return new ForwardingFileHandle(super.createExclusive(file, mode)) {

						@Override
						public boolean tryLock() {
							return true;
						}

					};
				}

			}),

	LOCK_OUTLIVES_ITS_FILE("aLockLastsUntilItsFileIsClosed", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
			LockFile opened = super.openLockFile(file, mode, create);
			return new LockFile() {

				@Override
				public boolean tryLock() throws IOException {
					return opened.tryLock();
				}

				@Override
				public long size() throws IOException {
					return opened.size();
				}

				@Override
				public byte[] read(int limit) throws IOException {
					return opened.read(limit);
				}

				@Override
				public void resize(long length) throws IOException {
					opened.resize(length);
				}

				@Override
				public void close() {
					// keeps the lock
				}

			};
		}

	}),

	SYNC_CREATES_WHAT_IS_MISSING("nothingIsAtAFreeName", (disk) -> new ForwardingFileOps(disk) {

		@Override
		public FileHandle openForSync(Path file) throws IOException {
			return (kind(file) != null) ? super.openForSync(file) : super.createExclusive(file, 0600);
		}

	});

	private final String findingTest;

	private final UnaryOperator<CrashFileOps> disk;

	private final UnaryOperator<FileOps> files;

	SeededDifference(String findingTest, Kind dropped) {
		this.findingTest = findingTest;
		this.disk = (model) -> model.dropping(dropped);
		this.files = UnaryOperator.identity();
	}

	SeededDifference(String findingTest, UnaryOperator<FileOps> files) {
		this.findingTest = findingTest;
		this.disk = UnaryOperator.identity();
		this.files = files;
	}

	/** Returns the test of a contract that must fail; others may as well. */
	String findingTest() {
		return this.findingTest;
	}

	UnaryOperator<CrashFileOps> disk() {
		return this.disk;
	}

	UnaryOperator<FileOps> files() {
		return this.files;
	}

	private static void syncDirectory(FileOps files, @Nullable Path directory) throws IOException {
		try (DirectoryHandle handle = files.openDirectory(Objects.requireNonNull(directory))) {
			handle.sync();
		}
	}

	private static void syncFile(FileOps files, Path file) throws IOException {
		try (FileHandle handle = files.openForSync(file)) {
			handle.sync();
		}
	}

	private static void copy(FileOps files, Path source, Path target) throws IOException {
		try (var in = files.openRead(source); FileHandle copy = files.createExclusive(target, 0600)) {
			copy.write(ByteBuffer.wrap(in.readAllBytes()));
		}
	}

	private static final class Stats extends ForwardingFileOps {

		private final UnaryOperator<FileStat> change;

		Stats(FileOps delegate, UnaryOperator<FileStat> change) {
			super(delegate);
			this.change = change;
		}

		@Override
		public @Nullable FileStat stat(Path path) throws IOException {
			FileStat stat = super.stat(path);
			return (stat != null) ? this.change.apply(stat) : null;
		}

	}

}
