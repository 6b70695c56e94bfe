package io.atomicwrite.sample;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.function.Consumer;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumInfo;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.OpenFile;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;

import org.springframework.stereotype.Component;

/**
 * Streams exports to files and back in constant memory. An export becomes visible only
 * when it is complete.
 */
@Component
class ExportStore {

	private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

	/** An export can be made again, so the backups of the settings would be a waste. */
	private static final Consumer<WriteOptions.Builder> WITHOUT_BACKUP = (options) -> options
		.backup(BackupPolicy.none());

	private final AtomicFileOperations files;

	private final Path directory;

	ExportStore(AtomicFileOperations files, SampleProperties properties) {
		this.files = files;
		this.directory = properties.exports();
	}

	Export write(String name, int rows) {
		WriteResult written = this.files.write(file(name), (out) -> writeRows(out, rows), WITHOUT_BACKUP);
		return new Export(name, rows, written.size());
	}

	/** Writes an export with a sidecar, which {@code sha256sum -c} accepts too. */
	Export writeVerified(String name, int rows) {
		WriteResult written = this.files.write(file(name), (out) -> writeRows(out, rows), WITHOUT_BACKUP
			.andThen((options) -> options.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))));
		return new Export(name, rows, written.size());
	}

	ChecksumInfo verify(String name) {
		return this.files.verify(file(name));
	}

	private static void writeRows(OutputStream out, int rows) throws IOException {
		Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
		csv.write("id,day,amount\n");
		for (int id = 1; id <= rows; id++) {
			csv.write(id + "," + FIRST_DAY.plusDays(id % 365) + "," + (id * 31L % 10_000) + "\n");
		}
		csv.flush();
	}

	/**
	 * Opens an export. The reader gets one complete export, even if the file is replaced
	 * meanwhile.
	 */
	OpenFile open(String name) {
		return this.files.openRead(file(name));
	}

	Path file(String name) {
		return this.directory.resolve(name + ".csv");
	}

}
