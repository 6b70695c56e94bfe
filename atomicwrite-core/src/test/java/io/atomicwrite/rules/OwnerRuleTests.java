package io.atomicwrite.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.atomicwrite.WriteFailedException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.MetadataPolicy;
import io.atomicwrite.core.MetadataReport.Kind;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Owner, group and the bits that are meant for them: each may differ from those of the
 * writer alone, and none is like another.
 */
@Enumerates
@RequiresRoot
class OwnerRuleTests {

	private static final FileOps FILES = new UnsyncedFileOps();

	private static final int UID = 4711;

	private static final int GID = 4712;

	private static final int SET_UID = 04000;

	private static final int SET_GID = 02000;

	@TempDir
	private Path temporary;

	private Path directory;

	private Path target;

	@BeforeEach
	void paths() throws Exception {
		this.directory = this.temporary.toRealPath();
		this.target = this.directory.resolve(Change.TARGET);
	}

	static Stream<Arguments> changesPoliciesAndOwners() {
		List<Arguments> cases = new ArrayList<>();
		for (Change change : List.of(Change.WRITE, Change.APPEND)) {
			for (MetadataPolicy policy : MetadataPolicy.values()) {
				for (int[] owner : new int[][] { { 0, 0 }, { UID, 0 }, { 0, GID }, { UID, GID }, { UID, UID } }) {
					for (int mode : new int[] { 0604, 0660, 0640, 0472, 04755, 02755 }) {
						cases.add(Arguments.of(change, policy, owner[0], owner[1], mode));
					}
				}
			}
		}
		return cases.stream();
	}

	@ParameterizedTest
	@MethodSource("changesPoliciesAndOwners")
	void ownerGroupAndTheirBitsAreKeptOrDropped(Change change, MetadataPolicy policy, int uid, int gid, int mode)
			throws Exception {
		create(uid, gid, mode);
		WriteResult result = run(change, FILES, policy);
		boolean kept = policy != MetadataPolicy.IGNORE;
		assertThat(owner()).containsExactly(kept ? uid : 0, kept ? gid : 0);
		int expected = kept ? mode : permitted(mode, uid != 0, gid != 0);
		assertThat(mode()).isEqualTo(expected);
		assertThat(result.metadata().notCarried().keySet())
			.isEqualTo((expected != mode) ? Set.of(Kind.MODE) : Set.of());
	}

	/** Nobody gets a bit who did not have it, in whichever class he was. */
	private static int permitted(int mode, boolean ownerLost, boolean groupLost) {
		int owner = mode >> 6 & 7;
		int group = mode >> 3 & 7;
		int others = mode & 7;
		if (groupLost) {
			group = group & others;
			others = group;
		}
		if (ownerLost) {
			group = group & owner;
			others = others & owner;
		}
		int setIds = (ownerLost ? 0 : mode & SET_UID) | (groupLost ? 0 : mode & SET_GID);
		return setIds | owner << 6 | group << 3 | others;
	}

	@ParameterizedTest
	@MethodSource("changesPoliciesAndOwners")
	void whereOwnersCanNotBeGivenThatIsReportedOrRefused(Change change, MetadataPolicy policy, int uid, int gid,
			int mode) throws Exception {
		create(uid, gid, mode);
		FaultyFileOps files = new FaultyFileOps(FILES).persistently();
		files.fail((call) -> call.op() == Op.SET_OWNER, 1, "Operation not permitted");
		boolean another = uid != 0 || gid != 0;
		if (policy == MetadataPolicy.REQUIRE && another) {
			assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> run(change, files, policy));
			assertThat(this.target).hasContent(Change.OLD);
			assertThat(owner()).containsExactly(uid, gid);
			assertThat(mode()).isEqualTo(mode);
			return;
		}
		WriteResult result = run(change, files, policy);
		assertThat(owner()).containsExactly(0, 0);
		int expected = permitted(mode, uid != 0, gid != 0);
		assertThat(mode()).isEqualTo(expected);
		assertThat(result.metadata().notCarried().containsKey(Kind.MODE)).isEqualTo(expected != mode);
		assertThat(result.metadata().notCarried().containsKey(Kind.OWNER))
			.isEqualTo(uid != 0 && policy == MetadataPolicy.TRY);
		assertThat(result.metadata().notCarried().containsKey(Kind.GROUP))
			.isEqualTo(gid != 0 && policy == MetadataPolicy.TRY);
	}

	static Stream<Arguments> changesAndPolicies() {
		return Arrays.stream(Change.values())
			.filter((change) -> change.writes() && !change.needsFreeName() && change != Change.RESTORE)
			.flatMap((change) -> Stream.of(MetadataPolicy.TRY, MetadataPolicy.REQUIRE)
				.map((policy) -> Arguments.of(change, policy)));
	}

	/** What the new owner's group may read, the group of the writer must not. */
	@ParameterizedTest
	@MethodSource("changesAndPolicies")
	void nobodyElseReadsTheFileBeforeItsOwnerIsSet(Change change, MetadataPolicy policy) throws Exception {
		create(0, GID, 0664);
		HookedFileOps files = new HookedFileOps(FILES);
		files.before((call) -> call.op() == Op.SET_OWNER, 1, () -> {
			try (Stream<Path> names = Files.list(this.directory)) {
				Path staging = names.filter((path) -> path.toString().endsWith(".tmp")).findFirst().orElseThrow();
				assertThat((Integer) Files.getAttribute(staging, "unix:mode") & 0077).isZero();
			}
		});
		run(change, files, policy);
		assertThat(files.ran()).isTrue();
		assertThat(owner()).containsExactly(0, GID);
		assertThat(mode()).isEqualTo(0664);
	}

	private void create(int uid, int gid, int mode) throws IOException {
		Files.writeString(this.target, Change.OLD);
		Files.setAttribute(this.target, "unix:uid", uid);
		Files.setAttribute(this.target, "unix:gid", gid);
		Files.setAttribute(this.target, "unix:mode", mode);
	}

	private WriteResult run(Change change, FileOps files, MetadataPolicy policy) {
		try (LockRegistry locks = LockRegistry.file();
				AtomicFileTemplate template = AtomicFileTemplate.builder()
					.files(files)
					.locks(locks)
					.defaults(WriteOptions.engineDefaults().toBuilder().owner(policy).build())
					.build()) {
			return change.run(template, this.target, this.directory);
		}
	}

	private List<Integer> owner() throws IOException {
		return List.of((Integer) Files.getAttribute(this.target, "unix:uid"),
				(Integer) Files.getAttribute(this.target, "unix:gid"));
	}

	private int mode() throws IOException {
		return (Integer) Files.getAttribute(this.target, "unix:mode") & 07777;
	}

}
