package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.atomicwrite.test.Fuzzing;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mount tables: random mounts, one over the other, are found as they were made; any other
 * text gives some mount or none.
 */
class MountTableProperties {

	private static final Fuzzing FUZZING = new Fuzzing("fuzz-mounts",
			"tables of mounts made one over the other, each path looked up; lines changed, cut off or made up",
			MountTableProperties.class);

	private static final List<String> PATHS = List.of("/", "/a", "/a/b", "/a/b c", "/a/b/d\\e", "/tab\there",
			"/new\nline", "/a/b/d\\e/f");

	/**
	 * A mount hides whatever was at its place and below: that is the whole model.
	 */
	@Property(seed = Fuzzing.SEED)
	void eachPathIsOnTheLastMountOverIt(@ForAll @Size(max = 8) List<@From("paths") String> points) throws Exception {
		FUZZING.check(() -> {
			Map<String, Integer> visible = new TreeMap<>();
			PATHS.forEach((path) -> visible.put(path, 1));
			List<String> lines = new ArrayList<>(List.of(line(1, 0, "/")));
			for (String point : points) {
				int id = lines.size() + 1;
				lines.add(line(id, Objects.requireNonNull(visible.get(point)), point));
				visible.replaceAll((path, now) -> Path.of(path).startsWith(point) ? id : now);
			}
			MountTree tree = MountTree.parse(String.join("\n", lines));
			visible.forEach((path, id) -> {
				Mount mount = Objects.requireNonNull(tree.find(Path.of(path)));
				assertThat(mount.source()).as(path).isEqualTo("source" + id);
				assertThat(tree.isPoint(Path.of(path))).as(path).isEqualTo(mount.point().equals(Path.of(path)));
			});
		});
	}

	@Property(seed = Fuzzing.SEED)
	void anyTableIsReadAsFarAsItCanBe(@ForAll("tables") String table, @ForAll("paths") String path) throws Exception {
		FUZZING.check(() -> {
			MountTree tree = MountTree.parse(table);
			Mount mount = tree.find(Path.of(path));
			if (mount != null) {
				// the root may be missing from the table
				assertThat(table + " unknown").contains(mount.type());
				assertThat(Path.of(path).startsWith(mount.point())).isTrue();
			}
			tree.isPoint(Path.of(path));
		});
	}

	private static String line(int id, int parent, String point) {
		String escaped = point.replace("\\", "\\134")
			.replace(" ", "\\040")
			.replace("\t", "\\011")
			.replace("\n", "\\012");
		return id + " " + parent + " 0:" + id + " / " + escaped + " rw,noatime" + ((id % 2 == 0) ? " shared:1" : "")
				+ ((id % 3 == 0) ? " master:2 propagate_from:3" : "") + " - ext4 source" + id + " rw,data=ordered";
	}

	@AfterContainer
	static void record() throws IOException {
		FUZZING.write();
	}

	@Provide
	Arbitrary<String> paths() {
		return Arbitraries.of(PATHS);
	}

	/** A table that is read while it changes may have any parents. */
	@Provide
	Arbitrary<String> tables() {
		Arbitrary<String> fields = Arbitraries.oneOf(
				Arbitraries.of(" ", " - ", "-", " / ", "/", "ext4", "rw", "ro", ",", "=", "0:1", "\\040", "\\777",
						"\\9zz", "\\-77", "\\000", "\\", "/a", "/a/b", "\0", "99999999999", "-1"),
				Arbitraries.strings().ofMaxLength(6));
		Arbitrary<String> garbage = fields.list().ofMaxSize(14).map((list) -> String.join("", list));
		Arbitrary<String> shaped = Arbitraries.integers()
			.between(2, 9)
			.flatMap((id) -> fields.list()
				.ofSize(3)
				.map((odd) -> id + " " + (id % 4 == 0 ? id + 1 : id - 1) + " 0:" + id + " / /a" + odd.get(0) + " rw"
						+ odd.get(1) + " - ext4 s" + odd.get(2) + " rw"));
		return Arbitraries.oneOf(garbage, shaped, Arbitraries.just(line(1, 0, "/")))
			.list()
			.ofMaxSize(8)
			.map((list) -> String.join("\n", list));
	}

}
