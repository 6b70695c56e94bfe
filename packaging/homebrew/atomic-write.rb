# Linted only (ruby -c): no Homebrew was at hand. The release sets url and sha256 to those of its archive.
class AtomicWrite < Formula
  desc "Atomic, durable, locked writes for shell scripts"
  homepage "https://github.com/atomicwrite/atomicwrite"
  url "https://github.com/atomicwrite/atomicwrite/releases/download/v0.1.0/atomic-write-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "Apache-2.0"

  # the guarantees are those of Linux filesystems
  depends_on :linux
  depends_on "openjdk"

  def install
    libexec.install "bin", "lib"
    (bin/"atomic-write").write_env_script libexec/"bin/atomic-write", JAVA_HOME: Formula["openjdk"].opt_prefix
    man1.install Dir["share/man/man1/*"]
    bash_completion.install "share/completions/atomic-write.bash" => "atomic-write"
    zsh_completion.install "share/completions/_atomic-write"
    fish_completion.install "share/completions/atomic-write.fish"
  end

  test do
    pipe_output("#{bin}/atomic-write --checksum sidecar #{testpath}/f", "written\n", 0)
    assert_equal "written\n", (testpath/"f").read
    system bin/"atomic-write", "verify", testpath/"f"
  end
end
