/** Brings {@code lstm}, {@code tensor} and {@code kernels} with {@code formats}. */
module example.sine {
  requires dev.lanewise.formats;
}
