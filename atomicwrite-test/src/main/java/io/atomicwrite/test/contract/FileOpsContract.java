package io.atomicwrite.test.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the engine may rely on in every implementation of the file operations: the result
 * and the type of error of each call for each kind of thing at the name. Each theme is an
 * interface of its own. What a sync makes durable is in the contract of durability.
 */
public abstract class FileOpsContract implements StatusContract, ContentContract, RenameContract, SymbolicLinkContract,
		MetadataContract, FileLockContract, InterruptContract {

	FileOpsSubject subject = new FileOpsSubject(FileOps.system(), Path.of("/"), Set.of(), (file) -> true);

	Directory at = none();

	/**
	 * Returns what is held against the contract.
	 * @return the subject, with an empty directory
	 * @throws IOException if it can't be made
	 */
	protected abstract FileOpsSubject subject() throws IOException;

	@Override
	public Directory at() {
		return this.at;
	}

	@Override
	public FileOpsSubject tested() {
		return this.subject;
	}

	@BeforeEach
	void openDirectory() throws IOException {
		this.subject = subject();
		this.at = this.subject.files().open(this.subject.directory());
	}

	@AfterEach
	void closeDirectory() throws IOException {
		Thread.interrupted();
		this.at.close();
	}

	/** Returns a directory that is closed: what stands there before a test begins. */
	static Directory none() {
		try (Directory root = FileOps.system().open(Path.of("/"))) {
			return root;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
