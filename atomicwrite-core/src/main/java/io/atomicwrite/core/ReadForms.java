package io.atomicwrite.core;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.file.Path;

import io.atomicwrite.checksum.Version;

/**
 * The forms in which content is read: bytes, text, a stream, a value. Each verifies if
 * every read is to verify.
 */
final class ReadForms {

	private final TargetResolver resolver;

	private final FileReader reader;

	private final IntegrityReader integrity;

	private final TypedValues values;

	private final boolean verify;

	ReadForms(TargetResolver resolver, FileReader reader, IntegrityReader integrity, TypedValues values,
			boolean verify) {
		this.resolver = resolver;
		this.reader = reader;
		this.integrity = integrity;
		this.values = values;
		this.verify = verify;
	}

	byte[] read(Path file) {
		return this.verify ? this.integrity.readVerified(file) : this.reader.read(file);
	}

	/** What is handed out can't be taken back: it is verified whole before. */
	OpenFile open(Path file) {
		if (!this.verify) {
			return this.reader.open(file);
		}
		byte[] content = this.integrity.readVerified(file);
		return OpenFile.of(this.resolver.absolute(file), new ByteArrayInputStream(content), content.length);
	}

	String string(Path file, Charset charset) {
		return TextEncoder.decode(this.resolver.absolute(file), read(file), charset);
	}

	<T> Versioned<T> versioned(Path file, Type type) {
		byte[] content = read(file);
		return new Versioned<>(this.values.decode(this.resolver.absolute(file), content, type), Version.of(content));
	}

	<T> LastKnownGood<T> valueOrBackup(Path file, Type type) {
		return this.integrity.lastKnownGood(file, (source, content) -> this.values.<T>decode(source, content, type));
	}

}
