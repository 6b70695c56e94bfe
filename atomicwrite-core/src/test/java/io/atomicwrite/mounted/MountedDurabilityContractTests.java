package io.atomicwrite.mounted;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.DurabilityContract;
import io.atomicwrite.test.ImageCut;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract on the disks of real filesystems: what the model in memory takes for legal
 * is shown here to be what they do.
 */
@Mounts
@RequiresRoot
@RequiresCommand({ "losetup", "e2fsck" })
@ParameterizedClass
@EnumSource(names = { "EXT4", "XFS", "BTRFS" })
class MountedDurabilityContractTests extends DurabilityContract {

	private final RealFilesystem filesystem;

	@TempDir
	private Path temp;

	@SuppressWarnings("NullAway.Init")
	private Mounted memory;

	private int cuts;

	MountedDurabilityContractTests(RealFilesystem filesystem) {
		this.filesystem = filesystem;
	}

	@BeforeEach
	void mountMemory() {
		this.memory = Mounted.tmpfs(this.temp, "size=2g");
	}

	@AfterEach
	void unmountMemory() {
		this.memory.close();
	}

	@Override
	protected Collection<FoundDisk> crash(Changes before, Changes changes) throws IOException {
		Path directory = Files.createDirectory(this.temp.resolve("cut" + this.cuts++));
		ImageCut cut;
		Path onDisk;
		try (MountedFilesystem mounted = this.filesystem.mount(directory)) {
			Path work = Files.createDirectory(mounted.point().resolve("work"));
			try (Directory at = FileOps.system().open(work)) {
				before.in(at);
				Shell.run("sync", "-f", work.toString());
				changes.in(at);
			}
			cut = ImageCut.of(Objects.requireNonNull(mounted.disk()), directory.resolve("image"));
			onDisk = mounted.onDisk(work);
		}
		try (Mounted after = cut.open(Files.createDirectory(directory.resolve("after")))) {
			return List.of(Found.of(after.point().resolve(onDisk.toString())));
		}
	}

	@Override
	protected Set<Trait> traits() {
		Set<Trait> traits = EnumSet.of(Trait.FILE_SYNC_COVERS_NEW_NAME);
		if (this.filesystem != RealFilesystem.BTRFS) {
			// btrfs has a log for each file and directory
			traits.add(Trait.ANY_SYNC_COVERS_ALL_BEFORE);
			traits.add(Trait.MOVES_ARE_ATOMIC);
		}
		return traits;
	}

	@Override
	protected int attempts() {
		// writeback may come at the right moment
		return 5;
	}

	private record Found(Map<String, String> texts, Map<String, String> links, Map<String, String> attributes,
			Set<String> directories) implements FoundDisk {

		static Found of(Path root) throws IOException {
			Found found = new Found(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashSet<>());
			try (var paths = Files.walk(root)) {
				for (Path path : (Iterable<Path>) paths::iterator) {
					found.add(path, root.relativize(path).toString());
				}
			}
			return found;
		}

		private void add(Path path, String name) throws IOException {
			if (Files.isSymbolicLink(path)) {
				this.links.put(name, Files.readSymbolicLink(path).toString());
				return;
			}
			if (Files.isDirectory(path)) {
				this.directories.add(name);
				return;
			}
			this.texts.put(name, Files.readString(path, StandardCharsets.ISO_8859_1));
			var view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
			for (String attribute : view.list()) {
				ByteBuffer value = ByteBuffer.allocate(view.size(attribute));
				view.read(attribute, value);
				this.attributes.put(name + " " + attribute, new String(value.array(), StandardCharsets.ISO_8859_1));
			}
		}

		@Override
		public @Nullable String text(String file) {
			return this.texts.get(file);
		}

		@Override
		public @Nullable String link(String link) {
			return this.links.get(link);
		}

		@Override
		public @Nullable String attribute(String file, String name) {
			return this.attributes.get(file + " " + name);
		}

		@Override
		public boolean isDirectory(String directory) {
			return this.directories.contains(directory);
		}

	}

}
