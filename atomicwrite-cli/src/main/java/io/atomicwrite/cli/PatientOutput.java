package io.atomicwrite.cli;

import java.io.IOException;
import java.io.OutputStream;

import io.atomicwrite.fs.IdleWait;
import io.atomicwrite.fs.IoErrors;

/**
 * A descriptor that may be in non-blocking mode, as one that a terminal or another
 * program shares: what it does not take yet is not lost. Writes no more at a time than a
 * pipe takes whole or not at all ({@code PIPE_BUF} of {@code pipe(7)}), so that nothing
 * is written twice.
 */
final class PatientOutput extends OutputStream {

	private static final int WHOLE_OR_NOT = 4096;

	private static final String NOT_YET = "Resource temporarily unavailable";

	private final OutputStream out;

	PatientOutput(OutputStream out) {
		this.out = out;
	}

	@Override
	public void write(int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		int end = offset + length;
		for (int at = offset; at < end; at += WHOLE_OR_NOT) {
			put(bytes, at, Math.min(WHOLE_OR_NOT, end - at));
		}
	}

	private void put(byte[] bytes, int offset, int length) throws IOException {
		IdleWait idle = new IdleWait();
		while (true) {
			try {
				this.out.write(bytes, offset, length);
				return;
			}
			catch (IOException ex) {
				if (!IoErrors.text(ex).contains(NOT_YET)) {
					throw ex;
				}
				idle.after(0);
			}
		}
	}

}
