package io.atomicwrite.document;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.artifact.Tools;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.document.Snapshot.Source;
import io.atomicwrite.format.Formats;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.watch.Look;
import io.atomicwrite.watch.Signature;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a document takes over from its file, and what it does not.
 */
class HolderTests {

	private static final Path FILE = Path.of("/no/such/directory/config.yaml");

	private final List<Snapshot<? extends Settings>> published = new ArrayList<>();

	private final PretendedFile file = new PretendedFile();

	private final Holder<Settings> holder = holder();

	private Holder<Settings> holder() {
		DocumentOptions<Settings> options = DocumentOptions.of(Settings.class).build();
		DocumentEvents events = new DocumentEvents(List.of());
		Lane<Settings> lane = new Lane<>(Runnable::run, Runnable::run, (failure) -> {
		});
		lane.add(
				(Snapshot<? extends Settings> before, Snapshot<? extends Settings> after) -> this.published.add(after));
		GoodKeeper good = new GoodKeeper(
				new LastGood(new Tools(FileOps.system(), () -> 1, InstantSource.system()), this.file, options),
				new DaemonThreads(), this.file, events);
		Held<Settings> first = new Held<>(
				new Snapshot<>(new Settings(1, "a"), version(content(1)), 1, Source.INITIAL, Optional.empty()),
				new DocumentState(DocumentStatus.VALID, Instant.EPOCH, Optional.empty()),
				Optional.of(content(1).bytes()), Optional.of(content(1).signature()), version(content(1)).toString());
		return new Holder<>(this.file,
				DocumentCodec.of(FILE, new Formats(Formats.detected()).of(FILE), options, InstantSource.system()),
				options, InstantSource.system(), lane, events, good, first);
	}

	private static Look.Content content(int count) {
		byte[] bytes = ("count: " + count + "\nname: a\n").getBytes(StandardCharsets.UTF_8);
		return new Look.Content(bytes,
				new Signature(FILE, 1, count, bytes.length, Instant.EPOCH, Instant.EPOCH.plusSeconds(count)));
	}

	private static Version version(Look.Content content) {
		return Version.of(content.bytes());
	}

	private static Draft<Settings> draft(int count) {
		return new Draft<>(new Settings(count, "a"), content(count).bytes(), version(content(count)), Optional.empty(),
				List.of());
	}

	@Test
	void lookThatIsOvertakenByAnOwnWriteIsDropped() {
		this.holder.own(draft(3), content(3).bytes());
		this.file.look = content(3);
		this.holder.settled(content(2));
		assertThat(this.holder.held().snapshot().value().count()).isEqualTo(3);
		this.file.look = content(2);
		this.holder.settled(content(2));
		assertThat(this.holder.held().snapshot().value().count()).isEqualTo(2);
		assertThat(this.published).extracting(Snapshot::source).containsExactly(Source.OWN, Source.FOREIGN);
	}

	@Test
	void gapThatIsOverIsDropped() {
		this.file.look = content(1);
		this.holder.settled(new Look.Missing());
		assertThat(this.holder.held().status()).isEqualTo(DocumentStatus.VALID);
	}

	@Test
	void whatIsBeingCommittedIsNotForeign() {
		this.holder.committing(version(content(2)).toString());
		this.file.look = content(2);
		this.holder.settled(content(2));
		assertThat(this.published).isEmpty();
		this.holder.own(draft(2), content(2).bytes());
		this.holder.committing("");
		this.holder.settled(content(2));
		assertThat(this.published).extracting(Snapshot::source).containsExactly(Source.OWN);
	}

	@Test
	void olderContentThatComesBackIsForeign() {
		this.holder.own(draft(2), content(2).bytes());
		this.holder.own(draft(3), content(3).bytes());
		this.file.look = content(2);
		this.holder.settled(content(2));
		assertThat(this.holder.held().snapshot().value().count()).isEqualTo(2);
		assertThat(this.holder.held().snapshot().source()).isEqualTo(Source.FOREIGN);
	}

	@Test
	void nothingIsTakenOverAfterTheClose() {
		this.holder.close();
		this.file.look = content(2);
		this.holder.settled(content(2));
		assertThat(this.holder.held().status()).isEqualTo(DocumentStatus.CLOSED);
		assertThat(this.holder.held().snapshot().value().count()).isEqualTo(1);
	}

	/** A file that holds what a test says. */
	private static final class PretendedFile implements DocumentFile {

		private Look look = content(1);

		@Override
		public Path path() {
			return FILE;
		}

		@Override
		public Path canonical() {
			return FILE;
		}

		@Override
		public Look read(int maxSize) {
			return this.look;
		}

		@Override
		public boolean isUnchanged(Signature known) {
			return this.look instanceof Look.Content content && content.signature().equals(known);
		}

		@Override
		public byte[] read(Backup backup) {
			throw new UnsupportedOperationException();
		}

		@Override
		public LockRequest lock() {
			return LockRequest.failFast();
		}

		@Override
		public Location open() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Write begin(LockRequest request) {
			throw new UnsupportedOperationException();
		}

	}

}
