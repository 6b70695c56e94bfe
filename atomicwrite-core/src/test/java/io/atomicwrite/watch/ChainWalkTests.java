package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChainWalkTests {

	@TempDir
	private Path temp;

	private Path directory = Path.of("");

	@BeforeEach
	void resolve() throws IOException {
		this.directory = this.temp.toRealPath();
	}

	@Test
	void aFileConcernsItsDirectory() throws IOException {
		Files.writeString(path("file"), "x");
		Chain chain = follow("file");
		assertThat(chain.end()).isEqualTo(path("file"));
		assertThat(chain.stat()).isEqualTo(FileOps.system().stat(path("file")));
		assertThat(names(chain)).isEqualTo(Map.of("", Set.of("file")));
		assertThat(chain.directories().get(this.directory).identity()).isEqualTo(FileOps.system().stat(this.directory));
	}

	@Test
	void eachLinkConcernsTheDirectoryThatItIsIn() throws IOException {
		Files.createDirectories(path("data/v1"));
		Files.createDirectories(path("etc"));
		Files.writeString(path("data/v1/file"), "x");
		Files.createSymbolicLink(path("data/..data"), Path.of("v1"));
		Files.createSymbolicLink(path("data/file"), Path.of("..data/file"));
		Files.createSymbolicLink(path("etc/file"), path("data/file"));
		Chain chain = follow("etc/file");
		assertThat(chain.end()).isEqualTo(path("data/v1/file"));
		assertThat(names(chain))
			.isEqualTo(Map.of("etc", Set.of("file"), "data", Set.of("file", "..data"), "data/v1", Set.of("file")));
	}

	@Test
	void aLinkToADirectoryConcernsTheOneAboveIt() throws IOException {
		Files.createDirectories(path("a/b"));
		Files.writeString(path("a/b/file"), "x");
		Files.createSymbolicLink(path("link"), Path.of("a/b/../b"));
		assertThat(names(follow("link/file"))).isEqualTo(Map.of("", Set.of("link"), "a/b", Set.of("file")));
	}

	@Test
	void aMissingFileConcernsTheNearestDirectory() throws IOException {
		Files.createDirectories(path("a"));
		Chain chain = follow("a/b/c/file");
		assertThat(chain.stat()).isNull();
		assertThat(names(chain)).isEqualTo(Map.of("a", Set.of("b")));
		assertThat(names(follow("a/file"))).isEqualTo(Map.of("a", Set.of("file")));
	}

	@Test
	void aLinkThatLeadsNowhereConcernsBothPlaces() throws IOException {
		Files.createSymbolicLink(path("link"), Path.of("a/file"));
		Chain chain = follow("link");
		assertThat(chain.stat()).isNull();
		assertThat(names(chain)).isEqualTo(Map.of("", Set.of("link", "a")));
	}

	@Test
	void whatIsBelowAFileIsMissing() throws IOException {
		Files.writeString(path("file"), "x");
		assertThat(follow("file/name").stat()).isNull();
	}

	@Test
	void aDirectoryIsFound() throws IOException {
		Files.createDirectories(path("a/b"));
		assertThat(follow("a/b").stat()).isEqualTo(FileOps.system().stat(path("a/b")));
		assertThat(follow("a/b/..").stat()).isEqualTo(FileOps.system().stat(path("a")));
	}

	@Test
	void linksThatLeadInACircleFail() throws IOException {
		Files.createSymbolicLink(path("a"), Path.of("b"));
		Files.createSymbolicLink(path("b"), Path.of("a"));
		assertThatExceptionOfType(FileSystemLoopException.class).isThrownBy(() -> follow("a"));
	}

	@Test
	void aLinkThatIsReplacedBetweenTwoCallsIsLookedAtAgain() throws IOException {
		Files.createSymbolicLink(path("file"), Path.of("other"));
		HookedFileOps files = new HookedFileOps(FileOps.system());
		files.before((call) -> call.op() == Op.READ_LINK, 1, () -> {
			Files.delete(path("file"));
			Files.writeString(path("file"), "x");
		});
		assertThat(ChainWalk.follow(files, path("file")).end()).isEqualTo(path("file"));
		assertThat(files.ran()).isTrue();
	}

	private Chain follow(String file) throws IOException {
		return ChainWalk.follow(FileOps.system(), path(file));
	}

	private Path path(String name) {
		return this.directory.resolve(name);
	}

	private Map<String, Set<String>> names(Chain chain) {
		Map<String, Set<String>> names = new TreeMap<>();
		chain.directories()
			.forEach((path, place) -> names.put(this.directory.relativize(path).toString(), place.names()));
		return names;
	}

}
